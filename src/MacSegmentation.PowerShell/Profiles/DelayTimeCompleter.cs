using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Completion;

namespace MacSegmentation.Profiles;

/// <summary>Completes a time that a frame takes with the units that there are.</summary>
internal sealed class DelayTimeCompleter : IArgumentCompleter
{
    private static readonly CompletionCandidate[] Known =
    [
        new("500us", "500 microseconds"),
        new("5ms", "5 milliseconds"),
        new("25ms", "25 milliseconds"),
        new("100ms", "100 milliseconds"),
        new("1s", "1 second"),
        new("0", "None"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => CompletionText.Match(Known, wordToComplete);
}

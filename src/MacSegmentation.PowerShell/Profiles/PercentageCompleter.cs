using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Completion;

namespace MacSegmentation.Profiles;

/// <summary>Completes a share in per cent.</summary>
internal sealed class PercentageCompleter : IArgumentCompleter
{
    private static readonly CompletionCandidate[] Known =
    [
        new("0.1%", "1 of 1000"),
        new("1%", "1 of 100"),
        new("10%", "1 of 10"),
        new("0%", "None"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => CompletionText.Match(Known, wordToComplete);
}

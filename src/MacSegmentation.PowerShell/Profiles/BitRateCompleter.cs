using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Completion;

namespace MacSegmentation.Profiles;

/// <summary>Completes a bandwidth with the units that there are.</summary>
internal sealed class BitRateCompleter : IArgumentCompleter
{
    private static readonly CompletionCandidate[] Known =
    [
        new("64kbit", "64,000 bits a second"),
        new("1mbit", "1,000,000 bits a second"),
        new("10mbit", "10,000,000 bits a second"),
        new("100mbit", "100,000,000 bits a second"),
        new("1gbit", "1,000,000,000 bits a second"),
        new("0", "No limit"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => CompletionText.Match(Known, wordToComplete);
}

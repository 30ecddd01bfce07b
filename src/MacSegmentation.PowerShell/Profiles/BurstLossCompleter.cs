using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Completion;

namespace MacSegmentation.Profiles;

/// <summary>Completes loss in bursts.</summary>
internal sealed class BurstLossCompleter : IArgumentCompleter
{
    private static readonly CompletionCandidate[] Known =
    [
        new("1%,10%", "p, r: all is lost in the bad state"),
        new("1%,10%,50%", "p, r, 1-h"),
        new("1%,10%,50%,0.1%", "p, r, 1-h, 1-k"),
        new("0", "None"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => CompletionText.Match(Known, wordToComplete);
}

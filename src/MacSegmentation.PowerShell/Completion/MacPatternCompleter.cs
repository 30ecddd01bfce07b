using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacSegmentation.Completion;

/// <summary>Completes what addresses are matched by: what has a name, and addresses that are given out. As a source, what matches groups only is left out: no frame comes from one.</summary>
internal sealed class MacPatternCompleter : IArgumentCompleter
{
    private static readonly CompletionCandidate[] Any = [new("*", "Every address"), new("Unicast", "The addresses of single stations")];
    private static readonly CompletionCandidate[] Groups = [new("Broadcast", "The address of all stations"), new("Multicast", "The addresses of groups, that of all stations among them")];

    private readonly AllocatedAddressCompleter addresses = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        [
            .. CompletionText.Match(parameterName.StartsWith("Source", StringComparison.OrdinalIgnoreCase) ? Any : [.. Any, .. Groups], wordToComplete),
            .. addresses.CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters),
        ];
}

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacSegmentation.Completion;

/// <summary>Completes a setting that is on or off, for which PowerShell itself would offer files.</summary>
internal sealed class OnOffCompleter : IArgumentCompleter
{
    private static readonly CompletionResult[] Values = [new("$true", "$true", CompletionResultType.ParameterValue, "On"), new("$false", "$false", CompletionResultType.ParameterValue, "Off")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Values.Where(value => value.CompletionText.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase));
}

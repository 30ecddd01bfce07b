using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacSegmentation.Completion;

/// <summary>Offers nothing, for an argument that somebody makes up: without it, PowerShell would offer files.</summary>
internal sealed class FreeTextCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => [];
}

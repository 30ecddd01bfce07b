using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MacSegmentation.Completion;

/// <summary>Completes the values of an enumeration that need not be given: PowerShell itself offers files there.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class ChoiceCompleter<T> : IArgumentCompleter
    where T : struct, Enum
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionText.Match(Enum.GetNames<T>().Select(name => new CompletionCandidate(name, name)), wordToComplete);
}

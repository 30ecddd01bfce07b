using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MacSegmentation.Enforcers;

namespace MacSegmentation.Completion;

/// <summary>Completes the names of enforcers that run.</summary>
internal sealed class EnforcerNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionText.Match(SessionEnforcers.List().Select(job => new CompletionCandidate(job.Name, job.Location)), wordToComplete);
}

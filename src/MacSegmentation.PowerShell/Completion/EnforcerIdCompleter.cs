using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MacSegmentation.Enforcers;
using MacSegmentation.Jobs;

namespace MacSegmentation.Completion;

/// <summary>Completes the numbers of the session's enforcers.</summary>
internal sealed class EnforcerIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionText.Match(SessionJobs.List<MacPolicyEnforcerJob>(Runspace.DefaultRunspace).Select(job => new CompletionCandidate($"{job.Id}", $"{job.Name}: {job.Location}")), wordToComplete);
}

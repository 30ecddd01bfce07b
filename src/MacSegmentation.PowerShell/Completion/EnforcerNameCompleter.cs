using System.Collections;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Management.Automation;
using MacSegmentation.Enforcers;
using MacSegmentation.Jobs;

namespace MacSegmentation.Completion;

/// <summary>Completes the names of the session's enforcers; where one is to be stopped, of those that run.</summary>
internal sealed class EnforcerNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        bool isStopping = commandName.StartsWith(VerbsLifecycle.Stop, StringComparison.OrdinalIgnoreCase);
        var jobs = SessionJobs.List<MacPolicyEnforcerJob>(Runspace.DefaultRunspace).Where(job => !isStopping || job.JobStateInfo.State == JobState.Running);
        return CompletionText.Match(jobs.Select(job => new CompletionCandidate(job.Name, job.Location)), wordToComplete);
    }
}

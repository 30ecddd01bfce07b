using System.Collections;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Management.Automation;
using MacSegmentation.Jobs;
using MacSegmentation.Providers;

namespace MacSegmentation.Completion;

/// <summary>Completes the names of the session's providers that run.</summary>
internal sealed class ProviderJobCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionText.Match(
            SessionJobs.List<MacProviderJob>(Runspace.DefaultRunspace)
                .Where(job => job.JobStateInfo.State == JobState.Running)
                .Select(job => new CompletionCandidate(job.Provider, job.Location)),
            wordToComplete);
}

using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MacSegmentation.Enforcers;
using MacSegmentation.Jobs;
using MacSegmentation.Switch;

namespace MacSegmentation.Completion;

/// <summary>Completes an argument from what the session's running switches know.</summary>
internal abstract class SwitchCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var running = SessionJobs.List<MacPolicyEnforcerJob>(Runspace.DefaultRunspace).Where(job => job.RunningSwitch is not null);
        return CompletionText.Match(running.SelectMany(job => List(job, job.RunningSwitch!)).DistinctBy(candidate => candidate.Text, StringComparer.Ordinal), wordToComplete);
    }

    /// <summary>All values of a switch that the argument may have.</summary>
    /// <param name="job">The job of its enforcer.</param>
    /// <param name="bridge">The switch.</param>
    protected abstract IEnumerable<CompletionCandidate> List(MacPolicyEnforcerJob job, MacSwitch bridge);
}

using MacSegmentation.Enforcers;
using MacSegmentation.Switch;

namespace MacSegmentation.Completion;

/// <summary>Completes the names of enforcers that run a switch.</summary>
internal sealed class SwitchNameCompleter : SwitchCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(MacPolicyEnforcerJob job, MacSwitch bridge) => [new CompletionCandidate(job.Name, job.Location)];
}

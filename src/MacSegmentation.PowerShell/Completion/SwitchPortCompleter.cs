using MacSegmentation.Enforcers;
using MacSegmentation.Switch;

namespace MacSegmentation.Completion;

/// <summary>Completes the network adapters of running switches.</summary>
internal sealed class SwitchPortCompleter : SwitchCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(MacPolicyEnforcerJob job, MacSwitch bridge) =>
        job.Describe(detailed: false).Ports.Select(port => new CompletionCandidate(port.Port, $"{job.Name}: {port.Interface ?? (port.IsUplink ? "uplink" : $"VLAN {port.Vlans}")}"));
}

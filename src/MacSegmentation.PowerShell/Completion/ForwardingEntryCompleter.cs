using MacSegmentation.Enforcers;
using MacSegmentation.Switch;

namespace MacSegmentation.Completion;

/// <summary>Completes the MAC addresses that running switches know.</summary>
internal sealed class ForwardingEntryCompleter : SwitchCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(MacPolicyEnforcerJob job, MacSwitch bridge) =>
        bridge.ListForwardingEntries().Select(entry => new CompletionCandidate($"{entry.MacAddress}", $"{entry.Interface ?? entry.Port} in VLAN {entry.VlanId}"));
}

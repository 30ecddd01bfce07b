using MacSegmentation.Enforcers;
using MacSegmentation.Switch;

namespace MacSegmentation.Completion;

/// <summary>Completes the addresses that may go from one port of a running switch to another.</summary>
internal sealed class AddressOwnerCompleter : SwitchCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<CompletionCandidate> List(MacPolicyEnforcerJob job, MacSwitch bridge) => bridge.ListAddressOwners()
        .Select(owner => new CompletionCandidate($"{(object?)owner.IPAddress ?? owner.MacAddress}", $"{string.Join(", ", owner.Candidate)} in VLAN {owner.VlanId}"));
}

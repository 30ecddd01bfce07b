using MacSegmentation.Addressing;
using MacSegmentation.Reports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>How many frames a policy decided over.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Frames">Frames in all directions since the enforcer's start, or since the policy was added.</param>
public sealed record PolicyHits(MacPolicy Policy, long Frames)
{
    /// <summary>What is told of it.</summary>
    public static Report<PolicyHits> Report { get; } = new Report<PolicyHits>()
        .Number("vlanId", hits => hits.Policy.VlanId, $"{nameof(Policy)}.{nameof(MacPolicy.VlanId)}")
        .Number("order", hits => hits.Policy.Order, $"{nameof(Policy)}.{nameof(MacPolicy.Order)}")
        .Value<MacPattern>("source", hits => hits.Policy.SourceAddress, $"{nameof(Policy)}.{nameof(MacPolicy.SourceAddress)}")
        .Value<MacPattern>("destination", hits => hits.Policy.DestinationAddress, $"{nameof(Policy)}.{nameof(MacPolicy.DestinationAddress)}")
        .Choice<PolicyAction>("action", hits => hits.Policy.Action, property: $"{nameof(Policy)}.{nameof(MacPolicy.Action)}")
        .Number("frames", hits => hits.Frames);

    /// <summary>The policy and its frames as one line.</summary>
    public override string ToString() => $"VLAN {Policy.VlanId}, {Policy}: {Frames}";
}

using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>What an enforcer would do with a frame, and why.</summary>
public sealed record MacPolicyTest
{
    /// <summary>The frame's VLAN.</summary>
    public required int VlanId { get; init; }

    /// <summary>The frame's source address.</summary>
    public required MacAddress SourceAddress { get; init; }

    /// <summary>The frame's destination address.</summary>
    public required MacAddress DestinationAddress { get; init; }

    /// <summary>What happens to the frame.</summary>
    public required PolicyAction Action { get; init; }

    /// <summary>Why: Policy, DefaultAction or UnknownVlan.</summary>
    public required string Reason { get; init; }

    /// <summary>The policy that decides, or null.</summary>
    public required MacPolicy? Policy { get; init; }

    /// <summary>Why, as a sentence.</summary>
    public required string Explanation { get; init; }

    /// <summary>True if the frame is forwarded.</summary>
    public bool IsForwarded => Action == PolicyAction.Allow;

    /// <summary>Asks a table about a frame: the same table, the same code and so the same answer as a running enforcer's.</summary>
    /// <param name="table">The table.</param>
    /// <param name="vlanId">The frame's VLAN, 1 to 4094.</param>
    /// <param name="source">The frame's source address.</param>
    /// <param name="destination">The frame's destination address.</param>
    /// <exception cref="Errors.MacSegmentationException">InvalidVlanId.</exception>
    public static MacPolicyTest Run(DecisionTable table, int vlanId, MacAddress source, MacAddress destination)
    {
        ArgumentNullException.ThrowIfNull(table);
        Addressing.VlanId.Validate(vlanId);
        var verdict = table.Decide(vlanId, source.Value, destination.Value);
        var policy = verdict.PolicyIndex < 0 ? null : table.Policies[verdict.PolicyIndex];
        return new MacPolicyTest
        {
            VlanId = vlanId,
            SourceAddress = source,
            DestinationAddress = destination,
            Action = verdict.Action,
            Reason = verdict.Reason.Name,
            Policy = policy,
            Explanation = Explain(table, verdict, vlanId, source, destination),
        };
    }

    /// <summary>Why a table decided as it did, as a sentence; and one about the first policy that would have decided if it were not disabled or had not expired.</summary>
    /// <param name="table">The table.</param>
    /// <param name="verdict">What it decided.</param>
    /// <param name="vlanId">The frame's VLAN.</param>
    /// <param name="source">The frame's source address.</param>
    /// <param name="destination">The frame's destination address.</param>
    public static string Explain(DecisionTable table, Verdict verdict, int vlanId, MacAddress source, MacAddress destination)
    {
        ArgumentNullException.ThrowIfNull(table);
        var policy = verdict.PolicyIndex < 0 ? null : table.Policies[verdict.PolicyIndex];
        string because = policy is not null ? $"The policy with order {policy.Order} of VLAN {vlanId}, {policy.SourceAddress} -> {policy.DestinationAddress}, is the first that matches: {policy.Action}."
            : verdict.Reason == VerdictReason.UnknownVlan ? $"VLAN {vlanId} is not in the store: {verdict.Action}, as set for unknown VLANs."
            : $"No policy of VLAN {vlanId} matches: its default action is {verdict.Action}.";
        return FindPassedOver(table, vlanId, policy?.Order ?? int.MaxValue, source, destination) is { } passed
            ? $"{because} {(passed.Disabled ? "A disabled policy" : $"A policy that expired {passed.ExpiresAt:u}")} would have decided: {passed.Order}, {passed.SourceAddress} -> {passed.DestinationAddress} {passed.Action}."
            : because;
    }

    private static MacPolicy? FindPassedOver(DecisionTable table, int vlanId, int before, MacAddress source, MacAddress destination)
    {
        foreach (var list in table.Vlans.Where(list => list.VlanId == vlanId))
        {
            foreach (var policy in list.Policies)
            {
                if (policy.Order > before)
                {
                    break;
                }

                if (!policy.IsInForceAt(table.Time) && policy.Matches(source, destination))
                {
                    return policy;
                }
            }
        }

        return null;
    }
}

using System.Runtime.InteropServices;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>One VLAN's compiled policies: a hash table for each pair of masks, by ascending lowest order.</summary>
internal sealed class VlanDecisionTable
{
    private VlanDecisionTable(VlanPolicies source, MaskPairTable[] tables, TimeSlot validity)
    {
        Source = source;
        Tables = tables;
        Validity = validity;
    }

    /// <summary>What the table was compiled from.</summary>
    public VlanPolicies Source { get; }

    /// <summary>The hash tables, at least one.</summary>
    public MaskPairTable[] Tables { get; }

    /// <summary>The time in which no policy of the VLAN expires: the table is right from its beginning until just before its end.</summary>
    public TimeSlot Validity { get; }

    /// <summary>Compiles a VLAN's policies. What is disabled or has expired keeps its rank, by which verdicts and hits name policies, and matches nothing.</summary>
    /// <param name="source">The policies.</param>
    /// <param name="time">When frames are judged by the table.</param>
    public static VlanDecisionTable Compile(VlanPolicies source, DateTimeOffset time)
    {
        var policies = source.Policies;
        uint otherwise = Verdict.Encode(VerdictReason.DefaultAction, source.DefaultAction);

        // Where a group's members are counted first, each hash table is made once and in its final size.
        var members = new Dictionary<(ulong Source, ulong Destination), int>();
        var validity = TimeSlot.Always;
        foreach (var policy in policies)
        {
            if (policy is { Disabled: false, ExpiresAt: { } expiry })
            {
                validity = validity.Narrowed(expiry, time);
            }

            if (policy.IsInForceAt(time))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(members, MaskPairOf(policy), out _)++;
            }
        }

        if (members.Count == 0)
        {
            return new VlanDecisionTable(source, [MaskPairTable.Always(otherwise)], validity);
        }

        // The first member met has the group's lowest rank, so the groups come out sorted by it.
        var places = new Dictionary<(ulong Source, ulong Destination), int>(members.Count);
        var tables = new MaskPairTable[members.Count];
        for (int rank = 0; rank < policies.Length; rank++)
        {
            if (!policies[rank].IsInForceAt(time))
            {
                continue;
            }

            var pair = MaskPairOf(policies[rank]);
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, pair, out bool exists);
            if (!exists)
            {
                place = places.Count - 1;
                tables[place] = new MaskPairTable(policies[rank], members[pair], rank, otherwise);
            }

            tables[place].Add(policies[rank], rank);
        }

        return new VlanDecisionTable(source, tables, validity);
    }

    private static (ulong Source, ulong Destination) MaskPairOf(MacPolicy policy) => (policy.SourceAddress.Mask, policy.DestinationAddress.Mask);
}

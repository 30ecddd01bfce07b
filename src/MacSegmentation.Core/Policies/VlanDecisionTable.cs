using System.Runtime.InteropServices;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>One VLAN's compiled policies: a hash table for each pair of masks, by ascending lowest order.</summary>
internal sealed class VlanDecisionTable
{
    private VlanDecisionTable(VlanPolicies source, MaskPairTable[] tables)
    {
        Source = source;
        Tables = tables;
    }

    /// <summary>What the table was compiled from.</summary>
    public VlanPolicies Source { get; }

    /// <summary>The hash tables, at least one.</summary>
    public MaskPairTable[] Tables { get; }

    /// <summary>Compiles a VLAN's policies.</summary>

    public static VlanDecisionTable Compile(VlanPolicies source)
    {
        var policies = source.Policies;
        uint otherwise = Verdict.Encode(VerdictReason.DefaultAction, source.DefaultAction);
        if (policies.Length == 0)
        {
            return new VlanDecisionTable(source, [MaskPairTable.Always(otherwise)]);
        }

        // Where a group's members are counted first, each hash table is made once and in its final size.
        var members = new Dictionary<(ulong Source, ulong Destination), int>();
        foreach (var policy in policies)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(members, MaskPairOf(policy), out _)++;
        }

        // The first member met has the group's lowest rank, so the groups come out sorted by it.
        var places = new Dictionary<(ulong Source, ulong Destination), int>(members.Count);
        var tables = new MaskPairTable[members.Count];
        for (int rank = 0; rank < policies.Length; rank++)
        {
            var pair = MaskPairOf(policies[rank]);
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, pair, out bool exists);
            if (!exists)
            {
                place = places.Count - 1;
                tables[place] = new MaskPairTable(policies[rank], members[pair], rank, otherwise);
            }

            tables[place].Add(policies[rank], rank);
        }

        return new VlanDecisionTable(source, tables);
    }

    private static (ulong Source, ulong Destination) MaskPairOf(MacPolicy policy) => (policy.SourceAddress.Mask, policy.DestinationAddress.Mask);
}

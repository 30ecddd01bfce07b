using System.Runtime.InteropServices;

namespace MacSegmentation.Policies;

/// <summary>One VLAN's compiled policies: a hash table for each pair of masks, by ascending lowest order.</summary>
internal sealed class VlanDecisionTable
{
    private readonly MaskPairTable[] tables;

    private VlanDecisionTable(VlanPolicies source, MaskPairTable[] tables)
    {
        Source = source;
        this.tables = tables;
    }

    /// <summary>What the table was compiled from.</summary>
    public VlanPolicies Source { get; }

    public static VlanDecisionTable Compile(VlanPolicies source)
    {
        var policies = source.Policies;

        // Where a group's members are counted first, each hash table is made once and in its final size.
        var members = new Dictionary<int, int>();
        foreach (var policy in policies)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(members, MaskPairOf(policy), out _)++;
        }

        // The first member met has the group's lowest order, so the groups come out sorted by it.
        var groups = new Dictionary<int, MaskPairTable>(members.Count);
        var tables = new List<MaskPairTable>(members.Count);
        for (int rank = 0; rank < policies.Length; rank++)
        {
            var policy = policies[rank];
            int pair = MaskPairOf(policy);
            ref var table = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, pair, out bool exists);
            if (!exists)
            {
                table = new MaskPairTable(policy.SourceAddress.Mask, policy.DestinationAddress.Mask, members[pair], rank);
                tables.Add(table);
            }

            table!.Add(policy.SourceAddress.Value, policy.DestinationAddress.Value, rank, policy.Action);
        }

        return new VlanDecisionTable(source, [.. tables]);
    }

    /// <summary>The index of the policy that decides and its action, or −1.</summary>
    public int Find(ulong source, ulong destination, out PolicyAction action)
    {
        uint best = MaskPairTable.None;
        foreach (var table in tables)
        {
            if (table.LowestRank >= best >> MaskPairTable.ActionBits)
            {
                break;
            }

            uint found = table.Find(source, destination);
            best = Math.Min(best, found);
        }

        action = (PolicyAction)(best & MaskPairTable.ActionMask);
        return best == MaskPairTable.None ? -1 : (int)(best >> MaskPairTable.ActionBits);
    }

    private static int MaskPairOf(MacPolicy policy) => (policy.SourceAddress.PrefixLength << 8) | policy.DestinationAddress.PrefixLength;
}

using System.Runtime.CompilerServices;
using MacSegmentation.Addressing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>
/// The compiled form of a snapshot: what decides over frames. Immutable; a running enforcer swaps one table for the next as one reference.
/// </summary>
/// <remarks>
/// A policy matches on two prefixes, so a VLAN's policies fall into few groups that share a pair of masks. Each group is one hash table over
/// the masked pair of addresses (tuple space search: Srinivasan, Suri and Varghese, "Packet Classification Using Tuple Space Search",
/// SIGCOMM 1999), and the lowest order among the hits wins. A lookup costs a probe a group, however many policies there are; groups are
/// asked by their lowest order, so the walk ends as soon as no group that is left could win.
/// </remarks>
public sealed class DecisionTable
{
    private readonly Entry[] entries;
    private readonly VlanDecisionTable?[] vlans;
    private readonly MacPolicy[] policies;
    private readonly VlanPolicies[] sources;

    private DecisionTable(long revision, PolicyAction unknownVlanAction, VlanPolicies[] sources, VlanDecisionTable?[] vlans, Entry[] entries, MacPolicy[] policies)
    {
        this.sources = sources;
        Revision = revision;
        UnknownVlanAction = unknownVlanAction;
        this.vlans = vlans;
        this.entries = entries;
        this.policies = policies;
    }

    /// <summary>The store's revision that the table was compiled from.</summary>
    public long Revision { get; }

    /// <summary>What happens to frames of VLANs that are not in the store.</summary>
    public PolicyAction UnknownVlanAction { get; }

    /// <summary>All policies, by VLAN and order; a verdict's index points here.</summary>
    public ReadOnlySpan<MacPolicy> Policies => policies;

    /// <summary>The lists that it was compiled from, by ascending VLAN.</summary>
    public IReadOnlyList<VlanPolicies> Vlans => sources;

    /// <summary>Compiles a snapshot.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="unknownVlanAction">What happens to frames of VLANs that are not in it.</param>
    /// <param name="previous">The table in force: the part of a VLAN that has not changed is taken over from it.</param>
    public static DecisionTable Compile(
        IPolicyConfiguration snapshot, PolicyAction unknownVlanAction = PolicyAction.Allow, DecisionTable? previous = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (previous is not null && previous.UnknownVlanAction == unknownVlanAction && snapshot.Vlans.AsSpan().SequenceEqual(previous.sources, ReferenceEqualityComparer.Instance))
        {
            // Something else has changed: a million policies are not looked at for it.
            return new DecisionTable(snapshot.Revision, unknownVlanAction, previous.sources, previous.vlans, previous.entries, previous.policies);
        }

        var vlans = new VlanDecisionTable?[VlanId.FieldValues];
        var entries = new Entry[VlanId.FieldValues];
        Array.Fill(entries, new Entry([MaskPairTable.Always(Verdict.Encode(VerdictReason.UnknownVlan, unknownVlanAction))], firstPolicy: 0));
        var policies = new List<MacPolicy>();
        foreach (var vlan in snapshot.Vlans)
        {
            var compiled = previous?.vlans[vlan.VlanId];
            if (compiled is null || !ReferenceEquals(compiled.Source, vlan))
            {
                compiled = VlanDecisionTable.Compile(vlan);
            }

            vlans[vlan.VlanId] = compiled;
            entries[vlan.VlanId] = new Entry(compiled.Tables, policies.Count);
            policies.AddRange(vlan.Policies);
        }

        return new DecisionTable(snapshot.Revision, unknownVlanAction, [.. snapshot.Vlans], vlans, entries, [.. policies]);
    }

    /// <summary>Decides over one frame.</summary>
    /// <param name="vlanId">The frame's VLAN, 0 to 4095.</param>
    /// <param name="source">The frame's source address as a number.</param>
    /// <param name="destination">The frame's destination address as a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Verdict Decide(int vlanId, ulong source, ulong destination)
    {
        ref readonly var entry = ref entries[vlanId];
        uint best = entry.FirstTable.Find(source, destination);
        if (entry.FurtherTables is { } tables)
        {
            best = FindEarlier(best, tables, source, destination);
        }

        return new Verdict(best, entry.FirstPolicy);
    }

    /// <summary>True if the VLAN is in the configuration.</summary>
    /// <param name="vlanId">0 to 4095.</param>
    public bool Knows(int vlanId) => vlans[vlanId] is not null;

    private static uint FindEarlier(uint best, MaskPairTable[] tables, ulong source, ulong destination)
    {
        foreach (ref readonly var table in tables.AsSpan())
        {
            if (table.LowestResult > best)
            {
                break;
            }

            best = Verdict.Earlier(best, table.Find(source, destination));
        }

        return best;
    }

    /// <summary>One VLAN. Its first table stands here and not behind a reference: most lists have one pair of masks, or win by the first.</summary>
    private readonly struct Entry(MaskPairTable[] tables, int firstPolicy)
    {
        public readonly MaskPairTable FirstTable = tables[0];
        public readonly MaskPairTable[]? FurtherTables = tables.Length > 1 ? tables[1..] : null;
        public readonly int FirstPolicy = firstPolicy;
    }
}

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
    private readonly TimeSlot validity;

    private DecisionTable(
        long revision, DateTimeOffset time, PolicyAction unknownVlanAction, VlanPolicies[] sources, VlanDecisionTable?[] vlans, Entry[] entries, MacPolicy[] policies, TimeSlot validity)
    {
        this.sources = sources;
        this.validity = validity;
        Time = time;
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

    /// <summary>The time that it was compiled for. It judges as well at any other between two times at which a policy expires: <see cref="HoldsAt"/>.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>When the next policy expires, and the table is no longer right; null if none does.</summary>
    public DateTimeOffset? NextExpiry => validity.Until == DateTimeOffset.MaxValue ? null : validity.Until;

    /// <summary>When the last policy expired that had by <see cref="Time"/>: before that, the table is not right; null if none had.</summary>
    public DateTimeOffset? LastExpiry => validity.From == DateTimeOffset.MinValue ? null : validity.From;

    /// <summary>All policies, by VLAN and order, also those that are disabled or have expired and match nothing; a verdict's index points here.</summary>
    public ReadOnlySpan<MacPolicy> Policies => policies;

    /// <summary>The lists that it was compiled from, by ascending VLAN.</summary>
    public IReadOnlyList<VlanPolicies> Vlans => sources;

    /// <summary>Compiles a snapshot.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="unknownVlanAction">What happens to frames of VLANs that are not in it.</param>
    /// <param name="previous">The table in force: the part of a VLAN that has not changed is taken over from it.</param>
    /// <param name="time">When frames are judged by it: what has expired by then matches nothing. Null for now, by the system's clock.</param>
    public static DecisionTable Compile(
        IPolicyConfiguration snapshot, PolicyAction unknownVlanAction = PolicyAction.Allow, DecisionTable? previous = null, DateTimeOffset? time = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Compile(snapshot.Revision, snapshot.Vlans.AsSpan(), unknownVlanAction, previous, time ?? TimeProvider.System.GetUtcNow());
    }

    /// <summary>True if the table is right for frames of a time: no policy expires between that and the time that it was compiled for.</summary>
    /// <param name="time">The time.</param>
    public bool HoldsAt(DateTimeOffset time) => validity.Contains(time);

    /// <summary>The same policies for another time: this table if it is right then. Verdicts of both point to the same policies by the same index.</summary>
    /// <param name="time">When frames are judged by it.</param>
    public DecisionTable At(DateTimeOffset time) => HoldsAt(time) ? this : Compile(Revision, sources, UnknownVlanAction, this, time);

    private static DecisionTable Compile(long revision, ReadOnlySpan<VlanPolicies> lists, PolicyAction unknownVlanAction, DecisionTable? previous, DateTimeOffset time)
    {
        if (previous is not null
            && previous.UnknownVlanAction == unknownVlanAction
            && previous.HoldsAt(time)
            && lists.SequenceEqual(previous.sources, ReferenceEqualityComparer.Instance))
        {
            // Something else has changed: a million policies are not looked at for it.
            return new DecisionTable(revision, time, unknownVlanAction, previous.sources, previous.vlans, previous.entries, previous.policies, previous.validity);
        }

        var vlans = new VlanDecisionTable?[VlanId.FieldValues];
        var entries = new Entry[VlanId.FieldValues];
        Array.Fill(entries, new Entry([MaskPairTable.Always(Verdict.Encode(VerdictReason.UnknownVlan, unknownVlanAction))], firstPolicy: 0));
        var policies = new List<MacPolicy>();
        var validity = TimeSlot.Always;
        foreach (var vlan in lists)
        {
            var compiled = previous?.vlans[vlan.VlanId];
            if (compiled is null || !ReferenceEquals(compiled.Source, vlan) || !compiled.Validity.Contains(time))
            {
                compiled = VlanDecisionTable.Compile(vlan, time);
            }

            validity = validity.And(compiled.Validity);

            vlans[vlan.VlanId] = compiled;
            entries[vlan.VlanId] = new Entry(compiled.Tables, policies.Count);
            policies.AddRange(vlan.Policies);
        }

        return new DecisionTable(revision, time, unknownVlanAction, [.. lists], vlans, entries, [.. policies], validity);
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

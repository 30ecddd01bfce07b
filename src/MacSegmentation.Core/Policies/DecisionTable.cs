using MacSegmentation.Addressing;

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
    private readonly MacPolicy[] policies;
    private readonly Verdict unknownVlan;

    private DecisionTable(long revision, PolicyAction unknownVlanAction, Entry[] entries, MacPolicy[] policies)
    {
        Revision = revision;
        UnknownVlanAction = unknownVlanAction;
        unknownVlan = new Verdict(unknownVlanAction, VerdictReason.UnknownVlan, -1);
        this.entries = entries;
        this.policies = policies;
    }

    /// <summary>The store's revision that the table was compiled from.</summary>
    public long Revision { get; }

    /// <summary>What happens to frames of VLANs that are not in the store.</summary>
    public PolicyAction UnknownVlanAction { get; }

    /// <summary>All policies, by VLAN and order; a verdict's index points here.</summary>
    public ReadOnlySpan<MacPolicy> Policies => policies;

    /// <summary>Compiles a snapshot.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="unknownVlanAction">What happens to frames of VLANs that are not in it.</param>
    /// <param name="previous">The table in force: the part of a VLAN that has not changed is taken over from it.</param>
    public static DecisionTable Compile(
        ConfigurationSnapshot snapshot, PolicyAction unknownVlanAction = PolicyAction.Allow, DecisionTable? previous = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var entries = new Entry[VlanId.FieldValues];
        int count = 0;
        foreach (var vlan in snapshot.Vlans)
        {
            count += vlan.Policies.Length;
        }

        var policies = new MacPolicy[count];
        int first = 0;
        foreach (var vlan in snapshot.Vlans)
        {
            var reusable = previous?.entries[vlan.VlanId].Table;
            var table = reusable is not null && ReferenceEquals(reusable.Source, vlan) ? reusable : VlanDecisionTable.Compile(vlan);
            entries[vlan.VlanId] = new Entry(table, first, new Verdict(vlan.DefaultAction, VerdictReason.DefaultAction, -1));
            vlan.Policies.CopyTo(policies.AsSpan(first));
            first += vlan.Policies.Length;
        }

        return new DecisionTable(snapshot.Revision, unknownVlanAction, entries, policies);
    }

    /// <summary>Decides over one frame.</summary>
    /// <param name="vlanId">The frame's VLAN, 0 to 4095.</param>
    /// <param name="source">The frame's source address as a number.</param>
    /// <param name="destination">The frame's destination address as a number.</param>
    public Verdict Decide(int vlanId, ulong source, ulong destination)
    {
        ref readonly var entry = ref entries[vlanId];
        if (entry.Table is not { } table)
        {
            return unknownVlan;
        }

        int found = table.Find(source, destination, out var action);
        return found < 0 ? entry.Default : new Verdict(action, VerdictReason.Policy, entry.FirstPolicy + found);
    }

    /// <summary>True if the VLAN is in the configuration.</summary>
    /// <param name="vlanId">0 to 4095.</param>
    public bool Knows(int vlanId) => entries[vlanId].Table is not null;

    private readonly record struct Entry(VlanDecisionTable? Table, int FirstPolicy, Verdict Default);
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Stores.Sql;

/// <summary>
/// Reads the configuration, from a snapshot on: policies and interface records that were written since then replace or join those that it
/// holds, and removed ones leave. Without a snapshot, or with one too old to know what was removed since, everything is new.
/// </summary>
internal static class SnapshotReader
{
    /// <summary>
    /// So many revisions back it is known what was removed. A reader that polls is a few behind; one that fell this far behind reads all.
    /// </summary>
    private const long FollowedRevisions = 10_000;

    /// <summary>The oldest revision from which the changes up to the given one are known.</summary>
    public static long OldestFollowed(long revision) => revision - FollowedRevisions;

    public static ConfigurationSnapshot Read(SqlConnection connection, ConfigurationSnapshot? previous)
    {
        long revision = SqlStoreReader.ReadRevision(connection);
        if (previous?.Revision == revision)
        {
            return previous;
        }

        var followed = previous?.Revision < revision && previous.Revision >= OldestFollowed(revision) ? previous : null;
        return new ConfigurationSnapshot(revision, ReadVlans(connection, followed))
        {
            Interfaces = InterfaceSnapshot.Read(connection, followed),
            SecurityGroups = InterfaceSnapshot.ReadGroups(connection, followed),
        };
    }

    private static ImmutableArray<VlanPolicies> ReadVlans(SqlConnection connection, ConfigurationSnapshot? followed)
    {
        var changes = new Dictionary<int, VlanPolicyChanges>();
        var before = new Dictionary<int, VlanPolicies>();
        if (followed is not null)
        {
            before = followed.Vlans.ToDictionary(vlan => vlan.VlanId);
            connection.Prepare("SELECT vlan_id, policy_id FROM removed_policy WHERE revision > ?")
                .Bind(1, followed.Revision)
                .ForEach(row => ChangesOf(changes, (int)row.Number(0)).Remove(row.Number(1)));
            connection.Prepare(PolicyRow.SelectSince)
                .Bind(1, followed.Revision)
                .ForEach(row => Add(changes, PolicyRow.Read(row)));
        }
        else
        {
            connection.Prepare(PolicyRow.SelectUnsorted).ForEach(row => Add(changes, PolicyRow.Read(row)));
        }

        var vlans = ImmutableArray.CreateBuilder<VlanPolicies>();
        connection.Prepare("SELECT vlan_id, default_action, created, arp_responder FROM vlan ORDER BY vlan_id").ForEach(row =>
        {
            int vlanId = (int)row.Number(0);

            // A VLAN that was removed and created again shares its number with the old one, and nothing else.
            var known = row.Number(2) <= followed?.Revision ? before.GetValueOrDefault(vlanId) : null;
            var policies = changes.GetValueOrDefault(vlanId)?.ApplyTo(known is null ? [] : known.Policies);
            vlans.Add(Merge(vlanId, StoredNumbers.Actions.To(row.Number(1)), row.Flag(3), known, policies));
        });
        return vlans.DrainToImmutable();
    }

    private static VlanPolicies Merge(int vlanId, PolicyAction defaultAction, bool arpResponder, VlanPolicies? known, MacPolicy[]? policies) =>
        policies is null && known?.DefaultAction == defaultAction && known.ArpResponder == arpResponder
            ? known
            : new VlanPolicies(vlanId, defaultAction, policies ?? known?.Policies.ToArray() ?? []) { ArpResponder = arpResponder };

    private static void Add(Dictionary<int, VlanPolicyChanges> changes, MacPolicy policy) => ChangesOf(changes, policy.VlanId).Write(policy);

    private static VlanPolicyChanges ChangesOf(Dictionary<int, VlanPolicyChanges> changes, int vlanId) =>
        CollectionsMarshal.GetValueRefOrAddDefault(changes, vlanId, out _) ??= new VlanPolicyChanges();
}

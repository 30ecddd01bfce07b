using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MacSegmentation.Policies;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Policies;
using MacSegmentation.Stores.SecurityGroups;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Vlans;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Sessions;

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
            SecurityGroups = SecurityGroupSnapshot.Read(connection, followed),
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
            connection.Prepare(PolicyTable.SelectSince)
                .Bind(1, followed.Revision)
                .ForEach(row => Add(changes, PolicyTable.Rows.Read(row)));
        }
        else
        {
            connection.Prepare(PolicyTable.SelectUnsorted).ForEach(row => Add(changes, PolicyTable.Rows.Read(row)));
        }

        var vlans = ImmutableArray.CreateBuilder<VlanPolicies>();
        connection.Prepare(VlanTable.SelectWithCreation).ForEach(row =>
        {
            var vlan = VlanTable.Rows.Read(row);
            long created = row.Number(VlanTable.Rows.Width);
            var known = created <= followed?.Revision ? before.GetValueOrDefault(vlan.VlanId) : null;
            vlans.Add(Merge(vlan, known, changes.GetValueOrDefault(vlan.VlanId)?.ApplyTo(known is null ? [] : known.Policies)));
        });
        return vlans.DrainToImmutable();
    }

    private static VlanPolicies Merge(MacVlan vlan, VlanPolicies? known, MacPolicy[]? policies) =>
        policies is null && known?.DefaultAction == vlan.DefaultAction && known.ArpResponder == vlan.ArpResponder
            ? known
            : new VlanPolicies(vlan.VlanId, vlan.DefaultAction, policies ?? known?.Policies.ToArray() ?? []) { ArpResponder = vlan.ArpResponder };

    private static void Add(Dictionary<int, VlanPolicyChanges> changes, MacPolicy policy) => ChangesOf(changes, policy.VlanId).Write(policy);

    private static VlanPolicyChanges ChangesOf(Dictionary<int, VlanPolicyChanges> changes, int vlanId) =>
        CollectionsMarshal.GetValueRefOrAddDefault(changes, vlanId, out _) ??= new VlanPolicyChanges();
}

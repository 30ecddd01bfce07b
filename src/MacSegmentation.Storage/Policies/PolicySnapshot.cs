using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MacSegmentation.Policies;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Vlans;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Policies;

/// <summary>The part of a snapshot that tells of VLANs and their policies: those that were written since the snapshot before replace or join those that it holds, and removed ones leave.</summary>
internal static class PolicySnapshot
{
    /// <summary>The VLANs by id; an unchanged one keeps its instance.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<VlanPolicies> Read(SqlConnection connection, ConfigurationSnapshot? followed)
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

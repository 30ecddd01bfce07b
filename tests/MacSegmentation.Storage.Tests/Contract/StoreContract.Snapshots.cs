using MacSegmentation.NetworkSessions;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.SecurityGroups;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void An_unchanged_store_gives_the_same_snapshot_and_an_unchanged_VLAN_the_same_list()
    {
        var store = Open();
        CreateVlan(store);
        CreateVlan(store, 20, "02:00:5e:10:00:00/32");
        AddPolicy(store, 10, 1);
        AddPolicy(store, 20, 1);
        var before = store.ReadSnapshot();
        Assert.Same(before, store.ReadSnapshot(before));

        Open().Write(writer => PolicyList.Add(writer, 20, default, default, PolicyAction.Drop));
        var after = store.ReadSnapshot(before);
        Assert.Same(before.Vlans[0], after.Vlans[0]);
        Assert.NotSame(before.Vlans[1], after.Vlans[1]);
        Assert.Equal(2, after.Vlans[1].Policies.Length);

        store.Write(writer => AddressPool.Allocate(writer, 20, "vm-1"));
        var allocated = store.ReadSnapshot(after);
        Assert.Equal(after.Revision + 1, allocated.Revision);
        Assert.Same(after.Vlans[0], allocated.Vlans[0]);
        Assert.Same(after.Vlans[1], allocated.Vlans[1]);
    }

    [Fact]
    public void A_default_action_changes_the_list_and_keeps_the_policies()
    {
        var store = Open();
        CreateVlan(store);
        AddPolicy(store, 10, 1);
        var before = store.ReadSnapshot();
        store.Write(writer => VlanCatalog.Change(writer, 10, new VlanChange { DefaultAction = PolicyAction.Drop }));
        var after = store.ReadSnapshot(before);
        Assert.Equal(PolicyAction.Drop, after.Vlans[0].DefaultAction);
        Assert.Same(before.Vlans[0].Policies[0], after.Vlans[0].Policies[0]);
    }

    [Fact]
    public void A_VLAN_that_was_removed_and_created_again_has_nothing_of_the_old_one()
    {
        var store = Open();
        CreateVlan(store);
        AddPolicy(store, 10, 1);
        var before = store.ReadSnapshot();
        store.Write(writer => VlanCatalog.Remove(writer, 10, force: false));
        Assert.Empty(store.ReadSnapshot(before).Vlans);
        CreateVlan(store);
        Assert.Equal(0, store.ReadSnapshot(before).Vlans[0].Policies.Length);
        AddPolicy(store, 10, 2);
        AssertSame(store.ReadSnapshot(), store.ReadSnapshot(before));
    }

    [Fact]
    public void Policies_that_change_places_are_in_their_new_ones()
    {
        var store = Open();
        CreateVlan(store);
        var policies = Enumerable.Range(1, 5).Select(i => AddPolicy(store, 10, (ulong)i)).ToList();
        var before = store.ReadSnapshot();
        store.Write(writer => PolicyList.Change(writer, policies[0].PolicyId, new PolicyChange { Order = 35 }));
        store.Write(writer => PolicyList.Change(writer, policies[4].PolicyId, new PolicyChange { Order = 10 }));
        store.Write(writer => PolicyList.Remove(writer, policies[1].PolicyId));
        AddPolicy(store, 10, 9, order: 20);
        var after = store.ReadSnapshot(before);
        Assert.Equal([10, 20, 30, 35, 40], after.Vlans[0].Policies.ToArray().Select(policy => policy.Order));
        AssertSame(store.ReadSnapshot(), after);
    }

    [Fact]
    public void A_snapshot_from_far_back_leads_to_the_newest_all_the_same()
    {
        var store = Open();
        CreateVlan(store);
        var removed = AddPolicy(store, 10, 1);
        AddPolicy(store, 10, 2);
        var before = store.ReadSnapshot();
        store.Write(writer => PolicyList.Remove(writer, removed.PolicyId));
        AdvanceRevision(10_050);
        var other = AddPolicy(store, 10, 3);
        store.Write(writer => PolicyList.Remove(writer, other.PolicyId));
        AssertSame(store.ReadSnapshot(), store.ReadSnapshot(before));
        Assert.Equal(1, store.ReadSnapshot(before).Vlans[0].Policies.Length);
    }

    [Fact]
    public void A_snapshot_from_the_future_is_not_built_upon()
    {
        // A store that was restored from a copy is behind what a reader knows.
        var store = Open();
        CreateVlan(store);
        AddPolicy(store, 10, 1);
        var stray = new ConfigurationSnapshot(1000, [new VlanPolicies(10, PolicyAction.Drop, [])]);
        AssertSame(store.ReadSnapshot(), store.ReadSnapshot(stray));
    }

    /// <summary>Raises the revision by so much without as many transactions.</summary>
    protected abstract void AdvanceRevision(long by);

    /// <summary>Has the newest revision be another change's, as in a store that was restored and went on from there.</summary>
    protected abstract void ExchangeNewest();

    [Fact]
    public void A_store_that_came_to_the_same_revision_by_another_change_starts_over()
    {
        var store = Open();
        CreateVlan(store);
        var before = store.ReadSnapshot();
        Assert.False(before.StartsOver);
        Assert.True(store.IsNewest(before));
        store.Write(writer => AddressPool.Allocate(writer, 10, "vm-1"));
        var grown = store.ReadSnapshot(before);
        Assert.False(grown.StartsOver);
        Assert.Same(before.Vlans[0], grown.Vlans[0]);

        ExchangeNewest();
        Assert.Equal(grown.Revision, store.ReadRevision());
        Assert.False(store.IsNewest(grown));
        var after = store.ReadSnapshot(grown);
        Assert.True(after.StartsOver);
        Assert.NotSame(grown.Vlans[0], after.Vlans[0]);
        Assert.True(store.IsNewest(after));
        Assert.Same(after, store.ReadSnapshot(after));
    }

    private static void AssertSame(ConfigurationSnapshot expected, ConfigurationSnapshot actual)
    {
        Assert.Equal(expected.Revision, actual.Revision);
        Assert.Equal(
            expected.Vlans.Select(vlan => (vlan.VlanId, vlan.DefaultAction, vlan.ArpResponder)),
            actual.Vlans.Select(vlan => (vlan.VlanId, vlan.DefaultAction, vlan.ArpResponder)));
        foreach (var (left, right) in expected.Vlans.Zip(actual.Vlans))
        {
            Assert.Equal(left.Policies.ToArray(), right.Policies.ToArray());
        }

        Assert.Equal(expected.Interfaces.Select(StoreDescription.Of), actual.Interfaces.Select(StoreDescription.Of));
        Assert.Equal(expected.Of<MacSecurityGroup>().Select(StoreDescription.Of), actual.Of<MacSecurityGroup>().Select(StoreDescription.Of));
        Assert.Equal(expected.Of<MacSecurityTrigger>().Select(trigger => (trigger with { InForce = 0 }).ToString()), actual.Of<MacSecurityTrigger>().Select(trigger => (trigger with { InForce = 0 }).ToString()));
        Assert.Equal(expected.Of<MacPartition>().Select(StoreDescription.Of), actual.Of<MacPartition>().Select(StoreDescription.Of));
        Assert.Equal(expected.Of<MacProfile>().ToArray(), actual.Of<MacProfile>().ToArray());
        Assert.Equal(expected.Of<MacSession>().ToArray(), actual.Of<MacSession>().ToArray());
        Assert.Equal(expected.Of<MacProfileRule>().Select(rule => rule.ToString()), actual.Of<MacProfileRule>().Select(rule => rule.ToString()));
        Assert.Equal(expected.Of<PartitionSettings>(), actual.Of<PartitionSettings>());
    }
}

using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pools;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void A_change_of_one_interface_leaves_the_others_and_the_groups_as_they_are()
    {
        var store = Open();
        store.Write(FillWithInterfaces);
        var before = store.ReadSnapshot();
        Func<IStoreWriter, object>[] changes =
        [
            writer => InterfaceCatalog.Change(writer, "web-1", new InterfaceChange { PortSecurity = false }),
            writer => InterfaceCatalog.Change(writer, "web-1", new InterfaceChange { IPAddress = ["10.0.0.12/24", "fd00::11/64"] }),
            writer => InterfaceCatalog.AddPair(writer, "web-1", "10.0.0.101", macAddress: null),
            writer => InterfaceCatalog.RemovePair(writer, "web-1", "10.0.0.101", macAddress: null),
            writer => SecurityGroupCatalog.RemoveMember(writer, "web", "web-1"),
            writer => SecurityGroupCatalog.AddMember(writer, "web", "web-1"),
        ];
        foreach (var change in changes)
        {
            store.Write(change);
            var after = store.ReadSnapshot(before);
            Assert.NotEqual(StoreDescription.Of(before.Interfaces[0]), StoreDescription.Of(after.Interfaces[0]));
            Assert.Same(before.Interfaces[1], after.Interfaces[1]);
            Assert.Equal(before.Of<MacSecurityGroup>(), after.Of<MacSecurityGroup>());
            AssertSame(store.ReadSnapshot(), after);
            before = after;
        }
    }

    [Fact]
    public void A_change_of_groups_leaves_the_interfaces_as_they_are_but_for_members_that_left()
    {
        var store = Open();
        store.Write(FillWithInterfaces);
        var before = store.ReadSnapshot();
        store.Write(writer => SecurityGroupCatalog.AddRule(writer, new RuleRequest { GroupName = "clients", Direction = TrafficDirection.Inbound }));
        var ruled = store.ReadSnapshot(before);
        Assert.Equal(before.Interfaces, ruled.Interfaces);
        AssertSame(store.ReadSnapshot(), ruled);

        store.Write(writer => SecurityGroupCatalog.Remove(writer, "web", force: true));
        var removed = store.ReadSnapshot(ruled);
        Assert.Equal(["Clients"], removed.Interfaces[0].SecurityGroup);
        Assert.Same(before.Interfaces[1], removed.Interfaces[1]);
        AssertSame(store.ReadSnapshot(), removed);
    }

    [Fact]
    public void A_change_of_something_else_leaves_the_arrays_of_interfaces_and_groups_themselves()
    {
        var store = Open();
        store.Write(FillWithInterfaces);
        var before = store.ReadSnapshot();
        store.Write(writer => AddressPool.Allocate(writer, 1, "vm-9"));
        AddPolicy(store, 1, 1);
        var after = store.ReadSnapshot(before);

        // The equality of immutable arrays is that of the arrays within them.
        Assert.True(before.Interfaces == after.Interfaces);
        Assert.True(before.Of<MacSecurityGroup>() == after.Of<MacSecurityGroup>());
    }

    [Fact]
    public void Interfaces_that_come_and_go_are_in_the_snapshot_in_the_order_of_their_numbers()
    {
        var store = Open();
        store.Write(FillWithInterfaces);
        CreateVlan(store, 2);
        string[] names = [.. Enumerable.Range(1, 9).Select(i => $"db-{i}")];
        store.WriteEach(names, (writer, name) => InterfaceCatalog.Create(writer, new InterfaceRequest { Name = name, VlanId = 2 }));
        var before = store.ReadSnapshot();
        Assert.Equal(["web-1", "web-2", .. names], before.Interfaces.Select(record => record.Name));

        store.WriteEach((string[])["web-1", "db-4", "db-5", "db-9"], (writer, name) => InterfaceCatalog.Remove(writer, name, force: false));
        store.Write(writer => InterfaceCatalog.Change(writer, "db-6", new InterfaceChange { InstanceId = "vm-1" }));
        store.Write(writer => InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "db-5", VlanId = 2 }));
        var after = store.ReadSnapshot(before);
        Assert.Equal(["web-2", "db-1", "db-2", "db-3", "db-6", "db-7", "db-8", "db-5"], after.Interfaces.Select(record => record.Name));
        AssertSame(store.ReadSnapshot(), after);

        store.Write(writer => VlanCatalog.Remove(writer, 2, force: true));
        Assert.Equal(["web-2"], store.ReadSnapshot(before).Interfaces.Select(record => record.Name));
        Assert.Equal(["web-2"], store.ReadSnapshot(after).Interfaces.Select(record => record.Name));
    }

    [Fact]
    public void A_snapshot_from_far_back_leads_to_the_newest_interfaces_all_the_same()
    {
        var store = Open();
        store.Write(FillWithInterfaces);
        var before = store.ReadSnapshot();
        store.Write(writer => InterfaceCatalog.Remove(writer, "web-1", force: true));
        AdvanceRevision(10_050);
        store.Write(writer => InterfaceCatalog.Remove(writer, "web-2", force: true));
        Assert.Empty(store.ReadSnapshot(before).Interfaces);
    }

    [Fact]
    public void The_ARP_responder_is_a_part_of_the_VLANs_list()
    {
        var store = Open();
        CreateVlan(store);
        var before = store.ReadSnapshot();
        Assert.False(before.Vlans[0].ArpResponder);
        store.Write(writer => VlanCatalog.Change(writer, 10, new VlanChange { ArpResponder = true }));
        Assert.True(store.ReadSnapshot(before).Vlans[0].ArpResponder);
        Assert.True(store.ReadSnapshot().Vlans[0].ArpResponder);
    }

    [Fact]
    public void A_sign_of_life_is_no_change()
    {
        var store = Open();
        store.Write(FillWithInterfaces);
        var before = store.ReadSnapshot();
        long interfaceId = before.Interfaces[0].InterfaceId;
        Use(interfaceId, "e1");
        Use(interfaceId, "e2");
        Use(interfaceId + 100, "e1");
        Assert.Same(before, store.ReadSnapshot(before));
        Assert.Equal(["e1", "e2"], Open().Read(reader => reader.ListInterfaceUses(interfaceId)).Select(use => use.EnforcerId));

        store.Observe(observer =>
        {
            observer.DeleteInterfaceUses("e1");
            return 0;
        });
        Assert.Equal(["e2"], store.Read(reader => reader.ListInterfaceUses(interfaceId)).Select(use => use.EnforcerId));
        Assert.Empty(store.Read(reader => reader.ListInterfaceUses(interfaceId + 100)));

        void Use(long id, string enforcerId) => store.Observe(observer =>
        {
            observer.UpsertInterfaceUse(new InterfaceUse { InterfaceId = id, EnforcerId = enforcerId, HostName = "host-1", Process = "macseg/7", SeenAt = observer.Now });
            return 0;
        });
    }
}

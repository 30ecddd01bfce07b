using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Pools;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Renaming;

public sealed class RecordRenamingTests
{
    private readonly InMemoryStore store = new(new ManualTime());

    public RecordRenamingTests()
    {
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:10:00/40")] }));
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 20, Ranges = [MacRange.Parse("02:00:00:00:20:00/40")] }));
        store.Write(w => SecurityGroupCatalog.Create(w, "web"));
    }

    [Fact]
    public void An_instance_is_renamed_wherever_it_is_named()
    {
        var own = store.Write(w => AddressPool.Allocate(w, 10, "vm-1")).MacAddress;
        var handle = DeviceHandle.Parse("urn:uuid:00000000-0000-4000-8000-000000000001");
        store.Write(w => HandleRegistry.Request(w, new HandleRequest { Handle = handle, VlanId = 10, InstanceId = "VM-1" }));
        store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "nic-a", VlanId = 10, InstanceId = "vm-1" }));
        store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "vm-1", VlanId = 20 }));
        var renamed = store.Write(w => RecordRenaming.RenameInstance(w, "vm-1", "web-01"));
        Assert.Equal((4, 2, 1), (renamed.Allocations, renamed.Interfaces, renamed.Handles));
        Assert.Equal("web-01", store.Read(r => AddressPool.Get(r, own)).InstanceId);
        Assert.Equal("web-01", store.Read(r => r.FindHandle(handle.Text))!.InstanceId);
        Assert.Equal("web-01", store.Read(r => InterfaceCatalog.Get(r, "nic-a")).InstanceId);
        Assert.Equal(20, store.Read(r => InstanceCatalog.Get(r, "web-01")).VlanId);
        Assert.Equal("web-01", store.Read(r => InterfaceCatalog.Get(r, "web-01")).InstanceId);
        Fails("InstanceNotFound", w => RecordRenaming.RenameInstance(w, "vm-1", "vm-2"));
        store.Write(w => AddressPool.Allocate(w, 10, "db"));
        Assert.Contains("has 02:00:00:00:10", Fails("InstanceExists", w => RecordRenaming.RenameInstance(w, "web-01", "DB")).Message, StringComparison.Ordinal);
        store.Write(w => RecordRenaming.RenameInstance(w, "web-01", "WEB-01"));
        Assert.Equal(4, store.Read(r => r.ListAllocations()).Count(allocation => string.Equals(allocation.InstanceId, "WEB-01", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_interface_keeps_all_but_its_name()
    {
        var before = Create("nic-a", "10.0.0.1/24");
        store.Write(w => SecurityGroupCatalog.AddMember(w, "web", "nic-a"));
        store.Write(w => InterfaceCatalog.AddPair(w, "nic-a", "10.0.0.9", macAddress: null));
        var after = store.Write(w => RecordRenaming.RenameInterface(w, "NIC-A", "nic-b"));
        Assert.Equal((before.InterfaceId, before.MacAddress, "nic-a"), (after.InterfaceId, after.MacAddress, after.InstanceId));
        var stored = store.Read(r => InterfaceCatalog.Get(r, "nic-b"));
        Assert.Equal(["web"], stored.SecurityGroup);
        Assert.Equal("nic-b", Assert.Single(stored.AddressPair).InterfaceName);
        Assert.Equal(["nic-b"], store.Read(r => SecurityGroupCatalog.Get(r, "web")).Member);
        Create("nic-a");
        Fails("InterfaceExists", w => RecordRenaming.RenameInterface(w, "nic-a", "NIC-B"));
        Fails("InterfaceNameReserved", w => RecordRenaming.RenameInterface(w, "nic-a", "Uplink"));
        Fails("InterfaceNotFound", w => RecordRenaming.RenameInterface(w, "nic-c", "nic-d"));
        Assert.Equal("NIC-a", store.Write(w => RecordRenaming.RenameInterface(w, "nic-a", "NIC-a")).Name);
    }

    [Fact]
    public void A_moved_interface_gets_an_address_there_and_gives_its_own_back()
    {
        var before = Create("nic-a", "10.0.0.1/24");
        store.Write(w => SecurityGroupCatalog.AddMember(w, "web", "nic-a"));
        store.Write(w => InterfaceCatalog.AddPair(w, "nic-a", "10.0.0.9", macAddress: null));
        var after = store.Write(w => InterfaceCatalog.Move(w, "nic-a", 20));
        Assert.Equal((20, "02:00:00:00:20:00", true), (after.VlanId, $"{after.MacAddress}", after.HoldsAllocation));
        var stored = store.Read(r => InterfaceCatalog.Get(r, "nic-a"));
        Assert.Equal((20, after.MacAddress), (Assert.Single(stored.AddressPair).VlanId, stored.AddressPair[0].MacAddress));
        Assert.Equal(["web"], stored.SecurityGroup);
        Assert.Null(store.Read(r => r.FindAllocation(before.MacAddress)));
        Assert.Equal(after.MacAddress, Assert.Single(store.Read(r => r.ListAllocations())).MacAddress);
        long revision = store.ReadRevision();
        Assert.Equal(20, store.Write(w => InterfaceCatalog.Move(w, "nic-a", 20)).VlanId);
        Assert.Equal(revision, store.ReadRevision());
    }

    [Fact]
    public void What_cannot_go_along_is_said_and_nothing_moved()
    {
        Create("nic-a", "10.0.0.1/24");
        store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "other", VlanId = 20, IPAddress = ["10.0.0.1/24"] }));
        Fails("IPAddressTaken", w => InterfaceCatalog.Move(w, "nic-a", 20));
        Fails("VlanNotFound", w => InterfaceCatalog.Move(w, "nic-a", 30));
        store.Write(w => InterfaceCatalog.Remove(w, "other", force: false));
        Assert.Contains("of the pool of VLAN 10", Fails("AddressNotInPool", w => InterfaceCatalog.Move(w, "nic-a", 20, keepsAddress: true)).Message, StringComparison.Ordinal);
        store.Write(w => SessionCatalog.Create(w, new SessionRequest { Name = "lab", VlanId = 10 }));
        store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "vm", Session = "lab" }));
        Assert.Contains("session 'lab'", Fails("InstanceOutsideSession", w => InterfaceCatalog.Move(w, "vm", 20)).Message, StringComparison.Ordinal);
        store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "free", VlanId = 10, MacAddress = MacAddress.Parse("06:00:00:00:00:01") }));
        Assert.Equal("06:00:00:00:00:01", $"{store.Write(w => InterfaceCatalog.Move(w, "free", 20, keepsAddress: true)).MacAddress}");
    }

    [Fact]
    public void A_group_is_renamed_with_all_that_names_it()
    {
        Create("nic-a");
        store.Write(w => SecurityGroupCatalog.AddMember(w, "web", "nic-a"));
        store.Write(w => SecurityGroupCatalog.Create(w, "db"));
        store.Write(w => SecurityGroupCatalog.AddRule(w, new RuleRequest { GroupName = "db", Direction = TrafficDirection.Inbound, RemoteGroup = "web" }));
        var changed = store.Write(w => SecurityGroupCatalog.Change(w, "WEB", "front", "the front"));
        Assert.Equal(("front", "the front"), (changed.Name, changed.Description));
        Assert.Equal(["nic-a"], changed.Member);
        Assert.Equal("front", Assert.Single(store.Read(r => SecurityGroupCatalog.Get(r, "db")).Rule).RemoteGroup);
        Assert.Equal(["front"], store.Read(r => InterfaceCatalog.Get(r, "nic-a")).SecurityGroup);
        Fails("SecurityGroupExists", w => SecurityGroupCatalog.Change(w, "front", "DB", description: null));
        Fails("SecurityGroupNotFound", w => SecurityGroupCatalog.Change(w, "web", "x", description: null));
    }

    private MacInterface Create(string name, params string[] addresses) => store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = name, VlanId = 10, IPAddress = addresses }));

    private MacSegmentationException Fails<T>(string errorId, Func<IStoreWriter, T> change)
    {
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(() => store.Write(change));
        Assert.Equal((errorId, before), (error.ErrorId, store.ReadRevision()));
        return error;
    }
}

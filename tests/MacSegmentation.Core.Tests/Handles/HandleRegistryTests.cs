using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Handles;

public sealed class HandleRegistryTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public HandleRegistryTests()
    {
        store = new InMemoryStore(time);
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00-02:00:00:00:00:03")] }));
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 20, AdmitsOutOfPoolAddresses = true }));
    }

    [Fact]
    public void A_handle_gets_the_same_address_every_time()
    {
        var first = Request("urn:wwn:50:06:01:60:3b:a0:11:22");
        Assert.Equal((AssignmentOutcome.New, "02:00:00:00:00:00"), (first.Outcome, first.MacAddress.ToString()));
        long revision = store.ReadRevision();
        var again = Request("URN:wwn:500601603BA01122");
        Assert.Equal(first with { Outcome = AssignmentOutcome.Existing }, again);
        Assert.Equal(again, store.Read(reader => HandleRegistry.Find(reader, For("urn:wwn:50:06:01:60:3b:a0:11:22"))));
        Assert.Equal(revision, store.ReadRevision());
        Assert.Equal("02:00:00:00:00:01", Request("other").MacAddress.ToString());
    }

    [Fact]
    public void A_released_address_comes_back_to_its_handle_although_it_rests()
    {
        store.Write(writer => VlanCatalog.Change(writer, 10, new VlanChange { ReuseDelay = Day }));
        var first = Request("a");
        var released = store.Write(writer => HandleRegistry.Release(writer, DeviceHandle.Parse("a")));
        Assert.Equal((HandleState.Released, first.MacAddress), (released.State, released.MacAddress));
        Assert.Empty(store.Read(reader => reader.ListAllocations()));
        Assert.Equal("HandleNotHeld", Fails(writer => HandleRegistry.Release(writer, DeviceHandle.Parse("a"))));
        Assert.Null(store.Read(reader => HandleRegistry.Find(reader, For("a"))));
        Assert.Equal(
            (AssignmentOutcome.Restored, first.MacAddress, string.Empty),
            (Request("a") is var again ? again.Outcome : default, again.MacAddress, again.Notice));
    }

    [Fact]
    public void An_out_of_pool_address_that_the_VLAN_admits_no_more_is_said_to_be_lost_for_that()
    {
        var outOfPool = MacAddress.Parse("0a:00:00:00:00:01");
        store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("a"), VlanId = 20, RequestedAddress = outOfPool }));
        store.Write(writer => HandleRegistry.Release(writer, DeviceHandle.Parse("a")));
        store.Write(writer => VlanCatalog.Change(writer, 20, new VlanChange { AdmitsOutOfPoolAddresses = false, AddRanges = [MacRange.Parse("02:00:00:00:01:00/44")] }));
        var renewed = store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("a"), VlanId = 20 }));
        Assert.Equal(AssignmentOutcome.Renewed, renewed.Outcome);
        Assert.Equal(
            "0a:00:00:00:00:01 cannot be had again, because it went to another owner or is not given out here in VLAN 20; 02:00:00:00:01:00 is new.", renewed.Notice);
    }

    [Fact]
    public void A_revoked_address_is_held_down_and_its_handle_is_told()
    {
        var first = Request("a");
        store.Write(writer => HandleRegistry.Revoke(writer, DeviceHandle.Parse("a"), "retired", HandleRegistry.UsualHoldDown));
        Assert.Contains(store.Read(reader => reader.ListAuditEvents(new AuditQuery())), entry => entry is { Action: AuditAction.RevokeHandle, Subject: "a", Detail: "02:00:00:00:00:00: retired" });

        // Three others are free; the fourth is held down for a day, whoever asks for it.
        foreach (string other in (string[])["b", "c", "d"])
        {
            Assert.NotEqual(first.MacAddress, Request(other).MacAddress);
        }

        Assert.Equal("PoolExhausted", Fails(writer => HandleRegistry.Request(writer, For("e"))));
        Assert.Equal("AddressResting", Fails(writer => HandleRegistry.Request(writer, For("e") with { RequestedAddress = first.MacAddress })));
        Assert.Equal("PoolExhausted", Fails(writer => AddressPool.Allocate(writer, 10, "vm-1")));

        var again = Request("a");
        Assert.Equal((AssignmentOutcome.Restored, first.MacAddress), (again.Outcome, again.MacAddress));
        Assert.Contains("revoked by an administrator", again.Notice, StringComparison.Ordinal);
        Assert.Contains("retired", again.Notice, StringComparison.Ordinal);

        store.Write(writer => HandleRegistry.Revoke(writer, DeviceHandle.Parse("a"), "again", HandleRegistry.UsualHoldDown));
        time.Advance(Day);
        Assert.Equal(first.MacAddress, Request("e").MacAddress);
        Assert.Equal("PoolExhausted", Fails(writer => HandleRegistry.Request(writer, For("a"))));
        store.Write(writer => HandleRegistry.Release(writer, DeviceHandle.Parse("b")));
        var renewed = Request("a");
        Assert.Equal(AssignmentOutcome.Renewed, renewed.Outcome);
        Assert.Contains("another owner", renewed.Notice, StringComparison.Ordinal);
        Assert.Equal(renewed with { Outcome = AssignmentOutcome.Existing }, Request("a"));
    }

    [Fact]
    public void A_new_handle_gets_what_it_asks_for_if_that_is_free_in_the_pool()
    {
        var wanted = MacAddress.Parse("02:00:00:00:00:02");
        Assert.Equal(wanted, Request(For("a") with { RequestedAddress = wanted }).MacAddress);
        Assert.Equal("AddressTaken", Fails(writer => HandleRegistry.Request(writer, For("b") with { RequestedAddress = wanted })));
        Assert.Equal("AddressOutside", Fails(writer => HandleRegistry.Request(writer, For("b") with { RequestedAddress = MacAddress.Parse("02:00:00:00:00:04") })));
        Assert.Equal("InvalidRequestedAddress", Fails(writer => HandleRegistry.Request(writer, For("b") with { RequestedAddress = MacAddress.Parse("01:00:00:00:00:00") })));
        Assert.Equal("InvalidRequestedAddress", Fails(writer => HandleRegistry.Request(writer, For("b") with { RequestedAddress = default(MacAddress) })));
        Assert.Equal("02:00:00:00:00:00", Request(For("b") with { RequestedAddress = wanted, AllowSubstitute = true }).MacAddress.ToString());

        // Whoever is known gets what it has.
        Assert.Equal(wanted, Request(For("a") with { RequestedAddress = MacAddress.Parse("02:00:00:00:00:03") }).MacAddress);
    }

    [Fact]
    public void An_out_of_pool_address_is_had_only_where_the_VLAN_admits_it_and_nobody_else_has_a_claim()
    {
        var outOfPool = MacAddress.Parse("0a:00:00:00:00:01");
        Assert.Equal(outOfPool, Request(new HandleRequest { Handle = DeviceHandle.Parse("a"), VlanId = 20, RequestedAddress = outOfPool }).MacAddress);
        Assert.Equal("AddressOutside", Fails(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("b"), VlanId = 20, RequestedAddress = MacAddress.Parse("02:00:00:00:00:01") })));
        Assert.Equal("AddressTaken", Fails(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("b"), VlanId = 20, RequestedAddress = outOfPool })));
        Assert.Equal("RangeHoldsAllocation", Fails(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 30, Ranges = [MacRange.Parse("0a:00:00:00:00:00/40")] })));
        Assert.Equal(0, store.Read(reader => PoolMeter.Measure(reader, reader.FindVlan(20)!)).Used);

        store.Write(writer => HandleRegistry.Release(writer, DeviceHandle.Parse("a")));
        Assert.Empty(store.Read(reader => reader.ListHeldDown(20)));
        Assert.Equal(
            AssignmentOutcome.Restored,
            Request(new HandleRequest { Handle = DeviceHandle.Parse("a"), VlanId = 20 }).Outcome);
    }

    [Fact]
    public void Another_instance_is_refused_unless_it_says_what_it_means()
    {
        var first = Request(For("a") with { InstanceId = "vm-1" });
        Assert.Equal("HandleLive", Fails(writer => HandleRegistry.Request(writer, For("a") with { InstanceId = "vm-2" })));
        Assert.Equal(first.MacAddress, Request(For("a") with { InstanceId = "VM-1" }).MacAddress);
        Assert.Equal("InstanceRequired", Fails(writer => HandleRegistry.Request(writer, For("a") with { Intent = HandleIntent.Copy })));

        var copy = Request(For("a") with { InstanceId = "vm-2", Intent = HandleIntent.Copy });
        Assert.Equal(AssignmentOutcome.Copied, copy.Outcome);
        Assert.NotEqual(first.MacAddress, copy.MacAddress);
        Assert.Equal(copy.MacAddress, Request(For("a") with { InstanceId = "vm-2" }).MacAddress);
        Assert.Equal(copy.MacAddress, Request(For("a") with { InstanceId = "VM-2", Intent = HandleIntent.Copy }).MacAddress);

        var replaced = Request(For("a") with { InstanceId = "vm-3", Intent = HandleIntent.Replace });
        Assert.Equal((AssignmentOutcome.Replaced, first.MacAddress), (replaced.Outcome, replaced.MacAddress));
        Assert.Equal("HandleLive", Fails(writer => HandleRegistry.Request(writer, For("a") with { InstanceId = "vm-1" })));
        Assert.Equal("vm-3", store.Read(reader => reader.FindAllocation(first.MacAddress))!.InstanceId);

        // Once its address is given up it is not live: the next instance needs to say nothing.
        store.Write(writer => HandleRegistry.Release(writer, DeviceHandle.Parse("a"), "vm-3"));
        Assert.Equal((AssignmentOutcome.Restored, "vm-1"), (Request(For("a") with { InstanceId = "vm-1" }) is var back ? back.Outcome : default, back.InstanceId));
    }

    [Fact]
    public void A_handle_has_one_address_whatever_the_VLAN()
    {
        Request("a");
        var elsewhere = new HandleRequest { Handle = DeviceHandle.Parse("a"), VlanId = 20, RequestedAddress = MacAddress.Parse("0a:00:00:00:00:01") };
        Assert.Equal("HandleInOtherVlan", Fails(writer => HandleRegistry.Request(writer, elsewhere)));
        store.Write(writer => HandleRegistry.Release(writer, DeviceHandle.Parse("a")));
        var moved = Request(elsewhere);
        Assert.Equal((AssignmentOutcome.Renewed, 20, "0a:00:00:00:00:01"), (moved.Outcome, moved.VlanId, moved.MacAddress.ToString()));
        Assert.Single(store.Read(reader => reader.ListHandles()));
    }

    [Fact]
    public void What_a_handle_owns_is_not_released_past_it()
    {
        var held = Request(For("a") with { InstanceId = "vm-1" });
        Assert.Equal("AllocationOfHandle", Fails(writer => AddressPool.Release(writer, held.MacAddress)));
        Assert.Equal("AllocationOfHandle", Fails(writer => AddressPool.ReleaseAll(writer, "vm-1")));
    }

    private static HandleRequest For(string handle) => new() { Handle = DeviceHandle.Parse(handle), VlanId = 10 };

    private MacAssignment Request(string handle) => Request(For(handle));

    private MacAssignment Request(HandleRequest request) => store.Write(writer => HandleRegistry.Request(writer, request));

    private string Fails<T>(Func<IStoreWriter, T> change)
    {
        long revision = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(() => store.Write(change));
        Assert.Equal(revision, store.ReadRevision());
        return error.ErrorId;
    }
}

using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.InterfaceRecords;

public sealed class InterfaceCatalogTests
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public InterfaceCatalogTests()
    {
        store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10-02:00:00:00:00:13")] }));
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 20, Ranges = [MacRange.Parse("02:00:00:00:00:20-02:00:00:00:00:2f")] }));
    }

    [Fact]
    public void A_record_takes_the_next_address_of_the_pool_and_gives_it_back()
    {
        var record = Create("web-1", "10.0.0.11/24", "fd00::11/64");
        Assert.Equal(("02:00:00:00:00:10", true, "web-1", "02000000" + "0010"), (record.MacAddress.ToString(), record.HoldsAllocation, record.InstanceId, record.StaticMacAddress));
        Assert.Equal(["10.0.0.11/24", "fd00::11/64"], record.IPAddress.Select(address => address.ToString()));
        Assert.Equal((true, true, true, 15), (record.PortSecurity, record.DhcpGuard, record.RouterGuard, record.ArpRateLimit));
        Assert.Equal("web-1", store.Read(r => AddressPool.Get(r, record.MacAddress)).InstanceId);
        Assert.Equal(record.InterfaceId, store.Read(r => InterfaceCatalog.Get(r, "WEB-1")).InterfaceId);

        store.Write(w => InterfaceCatalog.Remove(w, "web-1", force: false));
        Assert.Empty(store.Read(r => r.ListAllocations()));
        Assert.Single(store.Read(r => r.ListHeldDown(10)));
        Fails("InterfaceNotFound", w => InterfaceCatalog.Remove(w, "web-1", force: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("web-*")]
    [InlineData("web[1]")]
    [InlineData("web?")]
    [InlineData("web\t1")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234+")]
    public void Names_that_are_none_are_refused(string name)
    {
        Fails("InvalidInterfaceName", w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = name, VlanId = 10 }));
        Fails("InvalidInterfaceName", w => InterfaceCatalog.Get(w, name));
    }

    [Fact]
    public void A_name_is_used_once_whatever_its_case()
    {
        Create("web-1");
        Assert.Contains("in VLAN 10", Fails("InterfaceExists", w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "Web-1", VlanId = 20 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.11")]
    [InlineData("10.0.0.11/0")]
    [InlineData("10.0.0.11/33")]
    [InlineData("10.0.0.11/+8")]
    [InlineData("10.0.0.11/024x")]
    [InlineData("10.1/8")]
    [InlineData("0x0a.0.0.1/8")]
    [InlineData("010.0.0.1/8")]
    [InlineData("10.0.0.256/8")]
    [InlineData("10.0.0.11/24/24")]
    [InlineData("fe80::1%eth0/64")]
    [InlineData("[fd00::1]/64")]
    [InlineData("::ffff:10.0.0.1/96")]
    [InlineData("fd00::1/129")]
    [InlineData("web/24")]
    [InlineData("0.0.0.0/24")]
    [InlineData("::/64")]
    [InlineData("127.0.0.1/8")]
    [InlineData("::1/128")]
    [InlineData("224.0.0.18/24")]
    [InlineData("ff02::1/64")]
    [InlineData("255.255.255.255/32")]
    [InlineData("10.0.0.0/24")]
    [InlineData("10.0.0.255/24")]
    [InlineData("10.0.0.3/30")]
    public void Addresses_that_no_host_can_have_are_refused(string address)
    {
        Assert.Contains("such as 10.0.0.11/24", Fails("InvalidInterfaceAddress", w => New(w, "web-1", address)).Message, StringComparison.Ordinal);
        Create("web-2");
        Fails("InvalidInterfaceAddress", w => InterfaceCatalog.Change(w, "web-2", new InterfaceChange { IPAddress = [address] }));
    }

    [Theory]
    [InlineData("10.0.0.2/31")]
    [InlineData("10.0.0.3/31")]
    [InlineData("10.0.0.255/32")]
    [InlineData("10.0.0.255/16")]
    [InlineData("fd00::/64")]
    [InlineData("fd00::ffff:ffff:ffff:ffff/64")]
    public void Addresses_that_a_host_can_have_are_taken(string address) => Assert.Equal(address, Create("web-1", address).IPAddress[0].ToString());

    [Fact]
    public void A_fixed_address_is_one_records_in_its_VLAN()
    {
        Create("web-1", "10.0.0.11/24");
        Fails("DuplicateIPAddress", w => New(w, "web-2", "10.0.0.12/24", "10.0.0.12/16"));
        Assert.Contains("'web-1'", Fails("IPAddressTaken", w => New(w, "web-2", "10.0.0.11/16")).Message, StringComparison.Ordinal);
        Create("web-2", "10.0.0.12/24");
        Fails("IPAddressTaken", w => InterfaceCatalog.Change(w, "web-2", new InterfaceChange { IPAddress = ["10.0.0.11/24"] }));
        Change("web-1", new InterfaceChange { IPAddress = ["10.0.0.11/16"] });
        store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "other", VlanId = 20, IPAddress = ["10.0.0.11/24"] }));
    }

    [Fact]
    public void A_MAC_address_is_taken_out_of_its_pool_or_must_be_in_none()
    {
        store.Write(w => AddressPool.Allocate(w, 10, "vm-1", Mac("11")));
        Fails("GroupAddressNotAllowed", w => New(w, "web", MacAddress.Parse("01:00:5e:00:00:01")));
        Assert.Contains("broadcast", Fails("GroupAddressNotAllowed", w => New(w, "web", MacAddress.Broadcast)).Message, StringComparison.Ordinal);
        Fails("ZeroAddressNotAllowed", w => New(w, "web", default(MacAddress)));
        Assert.Contains("VLAN 20", Fails("AddressNotInPool", w => New(w, "web", Mac("20"))).Message, StringComparison.Ordinal);
        Fails("AddressAllocated", w => New(w, "web", Mac("11")));

        Assert.False(store.Write(w => New(w, "a", Mac("11"), "VM-1")).HoldsAllocation);
        Assert.True(store.Write(w => New(w, "b", Mac("13"))).HoldsAllocation);
        Assert.False(store.Write(w => New(w, "c", MacAddress.Parse("00:1a:2b:00:00:01"))).HoldsAllocation);
        Assert.Contains("'a'", Fails("InterfaceAddressTaken", w => New(w, "d", Mac("11"), "vm-1")).Message, StringComparison.Ordinal);
        Assert.Equal(["02:00:00:00:00:11", "02:00:00:00:00:13"], store.Read(r => r.ListAllocations()).Select(a => a.MacAddress.ToString()));

        store.Write(w => InterfaceCatalog.Remove(w, "a", force: false));
        store.Write(w => InterfaceCatalog.Remove(w, "b", force: false));
        Assert.Equal(["02:00:00:00:00:11"], store.Read(r => r.ListAllocations()).Select(a => a.MacAddress.ToString()));
    }

    [Fact]
    public void The_pool_s_own_errors_come_through()
    {
        Fails("VlanNotFound", w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "a", VlanId = 30 }));
        Fails("InvalidVlanId", w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "a", VlanId = 0 }));
        Fails("InvalidInstanceId", w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "a", VlanId = 10, InstanceId = " " }));
        foreach (string name in (string[])["a", "b", "c", "d"])
        {
            Create(name);
        }

        Fails("PoolExhausted", w => New(w, "e"));
    }

    [Fact]
    public void An_address_that_a_record_has_cannot_be_released_or_given_to_a_pool()
    {
        var record = Create("web-1");
        store.Write(w => New(w, "burnt", MacAddress.Parse("00:1a:2b:00:00:01")));
        store.Write(w => AddressPool.Allocate(w, 10, "web-1"));
        Assert.Contains("'web-1'", Fails("AllocationInUse", w => AddressPool.Release(w, record.MacAddress)).Message, StringComparison.Ordinal);
        Fails("AllocationInUse", w => AddressPool.ReleaseAll(w, "web-1"));
        Assert.Equal(2, store.Read(r => r.CountAllocations(10)));
        Fails("RangeInUse", w => VlanCatalog.Change(w, 10, new VlanChange { RemoveRanges = [MacRange.Parse("02:00:00:00:00:10")] }));
        Assert.Contains("'burnt' of VLAN 10", Fails("RangeHoldsInterface", w => VlanCatalog.Change(w, 20, new VlanChange { AddRanges = [MacRange.Parse("00:1a:2b:00:00:00/40")] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_MAC_address_is_swapped_for_the_old_one()
    {
        Create("web-1", "10.0.0.11/24");
        store.Write(w => InterfaceCatalog.AddPair(w, "web-1", "10.0.0.100", macAddress: null));
        store.Write(w => InterfaceCatalog.AddPair(w, "web-1", "10.0.0.100", Mac("99")));
        Fails("GroupAddressNotAllowed", w => InterfaceCatalog.Change(w, "web-1", new InterfaceChange { MacAddress = MacAddress.Broadcast }));
        Fails("AddressPairExists", w => InterfaceCatalog.Change(w, "web-1", new InterfaceChange { MacAddress = Mac("99") }));
        var changed = Change("web-1", new InterfaceChange { MacAddress = Mac("12") });
        Assert.True(changed.HoldsAllocation);
        Assert.Equal([("02:00:00:00:00:12", false), ("02:00:00:00:00:99", true)], changed.AddressPair.Select(pair => (pair.MacAddress.ToString(), pair.HasOwnMacAddress)));
        Assert.Equal(["02:00:00:00:00:12"], store.Read(r => r.ListAllocations()).Select(a => a.MacAddress.ToString()));

        Assert.False(Change("web-1", new InterfaceChange { MacAddress = MacAddress.Parse("00:1a:2b:00:00:01") }).HoldsAllocation);
        Assert.Empty(store.Read(r => r.ListAllocations()));
    }

    [Fact]
    public void A_new_machine_takes_the_allocation_along_if_the_record_holds_it()
    {
        store.Write(w => AddressPool.Allocate(w, 10, "vm-1", Mac("11")));
        store.Write(w => New(w, "a", Mac("11"), "vm-1"));
        Fails("AddressAllocated", w => InterfaceCatalog.Change(w, "a", new InterfaceChange { InstanceId = "vm-2" }));
        Fails("InvalidInstanceId", w => InterfaceCatalog.Change(w, "a", new InterfaceChange { InstanceId = string.Empty }));
        Create("b");
        Change("b", new InterfaceChange { InstanceId = "vm-2" });
        Assert.Equal(["vm-2", "vm-1"], store.Read(r => r.ListAllocations()).Select(a => a.InstanceId));
    }

    [Fact]
    public void A_change_keeps_what_it_does_not_name_and_a_change_of_nothing_is_none()
    {
        Create("web-1", "10.0.0.11/24");
        var changed = Change("WEB-1", new InterfaceChange { PortSecurity = false, ArpRateLimit = 0 });
        Assert.Equal((false, true, 0, 1), (changed.PortSecurity, changed.DhcpGuard, changed.ArpRateLimit, changed.IPAddress.Count));
        Assert.Equal("port security off, no ARP limit", LastEvent().Detail);
        Fails("InvalidArpRateLimit", w => InterfaceCatalog.Change(w, "web-1", new InterfaceChange { ArpRateLimit = 1_000_001 }));
        Fails("InvalidArpRateLimit", w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "a", VlanId = 10, ArpRateLimit = -1 }));
        changed = Change("web-1", new InterfaceChange { DhcpRateLimit = 0, RsRateLimit = 3, PermittedEtherType = ["88cc", "LLC", "0x88CC"] });
        Assert.Equal((0, 3, "Llc 0x88cc"), (changed.DhcpRateLimit, changed.RsRateLimit, string.Join(' ', changed.PermittedEtherType)));
        Assert.Equal("no DHCP limit, router solicitation limit 3/s, permitted EtherTypes Llc and 0x88cc", LastEvent().Detail);
        Fails("InvalidDhcpRateLimit", w => InterfaceCatalog.Change(w, "web-1", new InterfaceChange { DhcpRateLimit = 1_000_001 }));
        Fails("InvalidRsRateLimit", w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "a", VlanId = 10, RsRateLimit = -1 }));
        Fails("InvalidEtherType", w => InterfaceCatalog.Change(w, "web-1", new InterfaceChange { PermittedEtherType = ["0x0800"] }));
        long revision = store.ReadRevision();
        Change("web-1", new InterfaceChange { PermittedEtherType = ["0x88cc", "llc"] });
        Change("web-1", new InterfaceChange { PortSecurity = false, IPAddress = ["10.0.0.11/24"], MacAddress = changed.MacAddress, InstanceId = "web-1" });
        Assert.Equal(revision, store.ReadRevision());
        Assert.Empty(Change("web-1", new InterfaceChange { IPAddress = [] }).IPAddress);
    }

    [Fact]
    public void A_VLAN_with_interfaces_needs_force_and_takes_them_along()
    {
        Create("web-1");
        Assert.Contains("has 1 interface and 1 allocation.", Fails("VlanInUse", w => VlanCatalog.Remove(w, 10, force: false)).Message, StringComparison.Ordinal);
        store.Write(w => VlanCatalog.Remove(w, 10, force: true));
        Assert.Empty(store.Read(r => r.ListInterfaces()));
    }

    [Fact]
    public void A_record_that_a_running_enforcer_uses_keeps_its_address_and_goes_by_force_only()
    {
        var record = Create("web-1");
        store.Observe(observer =>
        {
            observer.UpsertInterfaceUse(new InterfaceUse { InterfaceId = record.InterfaceId, EnforcerId = "e", HostName = "host-1", Process = "macseg/7", SeenAt = observer.Now });
            return 0;
        });
        Assert.Contains("host-1 (macseg/7)", Fails("InterfaceInUse", w => InterfaceCatalog.Remove(w, "web-1", force: false)).Message, StringComparison.Ordinal);
        Fails("InterfaceInUse", w => InterfaceCatalog.Change(w, "web-1", new InterfaceChange { MacAddress = Mac("12") }));
        Change("web-1", new InterfaceChange { IPAddress = ["10.0.0.1/24"] });
        time.Advance(InterfaceUse.Lifetime);
        Change("web-1", new InterfaceChange { MacAddress = Mac("12") });
        store.Observe(observer =>
        {
            observer.UpsertInterfaceUse(new InterfaceUse { InterfaceId = record.InterfaceId, EnforcerId = "e", HostName = "host-1", Process = "macseg/7", SeenAt = observer.Now });
            return 0;
        });
        store.Write(w => InterfaceCatalog.Remove(w, "web-1", force: true));
    }

    [Fact]
    public void Whatever_is_done_an_address_of_a_pool_that_a_record_has_is_allocated_to_its_machine() => Property.Holds(
        Gen.Zip(Gen.Choose(0, 9), Gen.Zip(Gen.Choose(0, 11), Gen.Choose(0, 3))).ArrayOf(80),
        steps =>
        {
            var subject = new InMemoryStore(new ManualTime());
            subject.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [new MacRange(Numbered(0), Numbered(5))] }));
            foreach (var (step, (number, name)) in steps)
            {
                var before = subject.Read(r => r.ListAllocations());
                try
                {
                    subject.Write(w => Apply(w, step, number, $"vm-{name}"));
                }
                catch (MacSegmentationException)
                {
                    Assert.Equal(before, subject.Read(r => r.ListAllocations()));
                }

                AssertAllocated(subject);
            }
        });

    private static object Apply(IStoreWriter writer, int step, int number, string name) => step switch
    {
        0 => New(writer, name),
        1 => New(writer, name, Numbered(number), $"VM-{number % 4}"),
        2 => InterfaceCatalog.Remove(writer, name, force: false),
        3 => InterfaceCatalog.Change(writer, name, new InterfaceChange { MacAddress = Numbered(number) }),
        4 => InterfaceCatalog.Change(writer, name, new InterfaceChange { InstanceId = $"vm-{number % 4}" }),
        5 => InterfaceCatalog.Change(writer, name, new InterfaceChange { InstanceId = $"vm-{number % 3}", MacAddress = Numbered(number) }),
        6 => AddressPool.Allocate(writer, 10, name),
        7 => number % 2 == 0 ? AddressPool.Release(writer, Numbered(number)) : AddressPool.ReleaseAll(writer, name),
        8 => VlanCatalog.Change(writer, 10, new VlanChange { AddRanges = [new MacRange(Numbered(number), Numbered(number + 1))] }),
        _ => VlanCatalog.Change(writer, 10, new VlanChange { RemoveRanges = [new MacRange(Numbered(number), Numbered(number))] }),
    };

    private static void AssertAllocated(InMemoryStore store)
    {
        var ranges = store.Read(r => VlanCatalog.Get(r, 10)).Ranges;
        var records = store.Read(r => r.ListInterfaces());
        Assert.Equal(records.Count, records.DistinctBy(record => record.MacAddress).Count());
        foreach (var record in records)
        {
            var allocation = store.Read(r => r.FindAllocation(record.MacAddress));
            Assert.Equal(ranges.Any(range => range.Contains(record.MacAddress)), allocation is not null);
            Assert.Equal(allocation?.InstanceId ?? record.InstanceId, record.InstanceId, StringComparer.OrdinalIgnoreCase);
            Assert.True(allocation is not null || !record.HoldsAllocation);
        }
    }

    private static MacAddress Numbered(int number) => new(0x0200_0000_0010 + (ulong)number);

    private static MacAddress Mac(string lastOctet) => MacAddress.Parse($"02:00:00:00:00:{lastOctet}");

    private static MacInterface New(IStoreWriter writer, string name, params string[] addresses) =>
        InterfaceCatalog.Create(writer, new InterfaceRequest { Name = name, VlanId = 10, IPAddress = addresses });

    private static MacInterface New(IStoreWriter writer, string name, MacAddress address, string? instanceId = null) =>
        InterfaceCatalog.Create(writer, new InterfaceRequest { Name = name, VlanId = 10, MacAddress = address, InstanceId = instanceId });

    private MacInterface Create(string name, params string[] addresses) => store.Write(w => New(w, name, addresses));

    private MacInterface Change(string name, InterfaceChange change) => store.Write(w => InterfaceCatalog.Change(w, name, change));

    private MacAuditEvent LastEvent() => store.Read(r => r.ListAuditEvents(new AuditQuery()))[^1];

    private MacSegmentationException Fails(string errorId, Func<IStoreWriter, object> change)
    {
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(() => store.Write(change));
        Assert.Equal((errorId, before), (error.ErrorId, store.ReadRevision()));
        return error;
    }
}

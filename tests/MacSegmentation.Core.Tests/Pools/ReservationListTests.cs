using MacSegmentation.Addressing;
using MacSegmentation.Configuration;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

public sealed class ReservationListTests
{
    private static readonly MacRange Switches = MacRange.Parse("02:00:00:00:00:10-02:00:00:00:00:13");
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public ReservationListTests()
    {
        store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10-02:00:00:00:00:17")] }));
    }

    [Fact]
    public void Reserved_addresses_are_neither_given_out_nor_free()
    {
        store.Write(w => ReservationList.Add(w, 10, Switches, "switches"));
        Assert.Equal(new long[] { 8, 0, 4, 0, 4 }, Measure());
        Assert.Equal("02:00:00:00:00:14", $"{Allocate("a").MacAddress}");
        var refusal = Fails("AddressReserved", w => AddressPool.Allocate(w, 10, "b", Switches.First));
        Assert.Contains("02:00:00:00:00:10-02:00:00:00:00:13 ('switches') of VLAN 10", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Switches.First, store.Write(w => AddressPool.Allocate(w, 10, "b", Switches.First, evenIfReserved: true)).MacAddress);
        Assert.Equal(new long[] { 8, 2, 3, 0, 3 }, Measure());
        Allocate("c");
        Allocate("d");
        Allocate("e");
        Assert.Contains("3 are reserved", Fails("PoolExhausted", w => AddressPool.Allocate(w, 10, "f")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_an_address_keeps_it_and_what_comes_back_stays_reserved()
    {
        var held = Allocate("a");
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { ReuseDelay = TimeSpan.FromHours(1) }));
        var released = Allocate("b").MacAddress;
        store.Write(w => AddressPool.Release(w, released));
        store.Write(w => ReservationList.Add(w, 10, Switches));
        Assert.Equal(new long[] { 8, 1, 4, 0, 3 }, Measure());
        store.Write(w => AddressPool.Release(w, held.MacAddress));
        Assert.Equal(new long[] { 8, 0, 4, 0, 4 }, Measure());
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(4, Measure()[2]);
        time.SetUtcNow(time.GetUtcNow().AddDays(-1));
        store.Write(w => ReservationList.Remove(w, 10, Switches));

        // Never used stays never used, and what was used is held down as it was.
        Assert.Equal(new long[] { 8, 0, 6, 2, 0 }, Measure());
        Assert.Equal([MacRange.Parse("02:00:00:00:00:12-02:00:00:00:00:17")], store.Read(r => r.ListFree(10)));
        Assert.Equal([held.MacAddress, released], store.Read(r => r.ListHeldDown(10)).Select(one => one.Address));
    }

    [Fact]
    public void A_device_does_not_get_back_what_is_reserved_now()
    {
        var request = new HandleRequest { Handle = DeviceHandle.Parse("urn:uuid:00000000-0000-4000-8000-000000000001"), VlanId = 10 };
        var first = store.Write(w => HandleRegistry.Request(w, request)).MacAddress;
        store.Write(w => HandleRegistry.Release(w, request.Handle));
        store.Write(w => ReservationList.Add(w, 10, Switches));
        Assert.True(Switches.Contains(first));
        Assert.False(Switches.Contains(store.Write(w => HandleRegistry.Request(w, request)).MacAddress));
    }

    [Fact]
    public void Wrong_reservations_are_refused()
    {
        store.Write(w => ReservationList.Add(w, 10, Switches, "switches"));
        Assert.Contains("meets the reservation", Fails("ReservationExists", w => ReservationList.Add(w, 10, MacRange.Parse("02:00:00:00:00:13-02:00:00:00:00:14"))).Message, StringComparison.Ordinal);
        Fails("RangeNotInVlan", w => ReservationList.Add(w, 10, MacRange.Parse("02:00:00:00:00:17-02:00:00:00:00:18")));
        Fails("VlanNotFound", w => ReservationList.Add(w, 11, Switches));
        Fails("ReservationNotFound", w => ReservationList.Remove(w, 10, MacRange.Parse("02:00:00:00:00:10")));
        Fails("InvalidReservationDescription", w => ReservationList.Change(w, 10, Switches, "a\tb"));
        Assert.Contains("Remove-MacReservation 10 -Range", Fails("RangeReserved", w => VlanCatalog.Change(w, 10, new VlanChange { RemoveRanges = [MacRange.Parse("02:00:00:00:00:12-02:00:00:00:00:17")] })).Message, StringComparison.Ordinal);
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { RemoveRanges = [MacRange.Parse("02:00:00:00:00:14-02:00:00:00:00:17")] }));
        store.Write(w => VlanCatalog.Remove(w, 10, force: true));
        Assert.Empty(store.Read(r => r.ListReservations()));
    }

    [Fact]
    public void A_document_brings_reservations_back_with_who_has_addresses_of_them()
    {
        Allocate("a");
        store.Write(w => ReservationList.Add(w, 10, Switches, "switches"));
        var document = store.Read(StoreConfiguration.Read);
        var copy = new InMemoryStore(time);
        ConfigurationPlan.Apply(copy, document);
        Assert.Equal(store.Read(r => r.ListReservations()), copy.Read(r => r.ListReservations()));
        Assert.Equal(Measure(), Measure(copy));
        Assert.Empty(ConfigurationPlan.Preview(copy, document));
        ConfigurationPlan.Apply(copy, document with { Vlans = [.. document.Vlans.Select(vlan => vlan with { Reservations = [], Ranges = [MacRange.Parse("02:00:00:00:00:10-02:00:00:00:00:11")] })] });
        Assert.Equal(new long[] { 2, 1, 1, 0, 0 }, Measure(copy));
    }

    private MacAllocation Allocate(string instance) => store.Write(w => AddressPool.Allocate(w, 10, instance));

    private long[] Measure(InMemoryStore? other = null) => (other ?? store).Read(r => PoolMeter.Measure(r, VlanCatalog.Get(r, 10))) is var pool
        ? [pool.Size, pool.Used, pool.Free, pool.HeldDown, pool.Reserved]
        : [];

    private MacSegmentationException Fails<T>(string errorId, Func<IStoreWriter, T> change)
    {
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(() => store.Write(change));
        Assert.Equal((errorId, before), (error.ErrorId, store.ReadRevision()));
        return error;
    }
}

using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

public sealed class AddressPoolTests
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public AddressPoolTests()
    {
        store = new InMemoryStore(time);
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10-02:00:00:00:00:12")] }));
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 20, Ranges = [MacRange.Parse("02:00:00:00:00:20-02:00:00:00:00:2f")] }));
    }

    [Fact]
    public void Addresses_come_lowest_first_then_longest_rested()
    {
        Assert.Equal(["10", "11"], [Allocate("a"), Allocate("b")]);
        Release("11");
        time.Advance(TimeSpan.FromSeconds(1));
        Release("10");
        Assert.Equal(["12", "11", "10"], [Allocate("c"), Allocate("d"), Allocate("e")]);
    }

    [Fact]
    public void A_reuse_delay_keeps_an_address_at_rest()
    {
        store.Write(w => VlanCatalog.Change(w, 10, new VlanChange { ReuseDelay = TimeSpan.FromMinutes(5) }));
        Allocate("a");
        Allocate("b");
        Allocate("c");
        Release("11");
        var error = Fails("PoolExhausted", w => AddressPool.Allocate(w, 10, "d"));
        Assert.Equal("VLAN 10 has no free address: 2 of 3 are allocated and 1 held down after their release. Extend it with Set-MacVlan -AddRange, or release allocations.", error.Message);
        Fails("AddressResting", w => AddressPool.Allocate(w, 10, "d", Address("11")));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("11", Allocate("d"));
    }

    [Fact]
    public void A_certain_address_is_given_once()
    {
        store.Write(w => AddressPool.Allocate(w, 10, "a", Address("11")));
        var error = Fails("AddressAllocated", w => AddressPool.Allocate(w, 10, "b", Address("11")));
        Assert.Contains("'a' in VLAN 10", error.Message, StringComparison.Ordinal);
        Assert.Contains("VLAN 20", Fails("AddressNotInPool", w => AddressPool.Allocate(w, 10, "b", Address("21"))).Message, StringComparison.Ordinal);
        Assert.Equal(["10", "12"], [Allocate("b"), Allocate("c")]);
    }

    [Fact]
    public void Wrong_requests_are_refused()
    {
        Fails("VlanNotFound", w => AddressPool.Allocate(w, 30, "a"));
        Fails("InvalidVlanId", w => AddressPool.Allocate(w, 0, "a"));
        Fails("InvalidInstanceId", w => AddressPool.Allocate(w, 10, " "));
        Fails("InvalidInstanceId", w => AddressPool.Allocate(w, 10, new string('x', 257)));
        Fails("AllocationNotFound", w => AddressPool.Release(w, Address("10")));
        Fails("AllocationNotFound", w => AddressPool.ReleaseAll(w, "nobody"));
        Fails("VlanNotFound", w => AddressPool.ReleaseAll(w, "a", 30));
    }

    [Fact]
    public void A_terminated_instance_gives_back_all_it_has()
    {
        Allocate("a");
        Allocate("A");
        store.Write(w => AddressPool.Allocate(w, 20, "a"));
        Allocate("b");
        Assert.Single(store.Write(w => AddressPool.ReleaseAll(w, "a", 20)));
        Assert.Equal(2, store.Write(w => AddressPool.ReleaseAll(w, "a")).Count);
        Assert.Equal(["b"], store.Read(r => r.ListAllocations()).Select(a => a.InstanceId));
    }

    [Fact]
    public void A_pool_of_two_to_the_forty_is_one_interval_like_any_other()
    {
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 30, Ranges = [MacRange.Parse("06-00-00-00-00-00/8")] }));
        Assert.Equal("06:00:00:00:00:00", store.Write(w => AddressPool.Allocate(w, 30, "a")).MacAddress.ToString());
        Assert.Single(store.Read(r => r.ListFree(30)));
        var pool = Measure(30);
        Assert.Equal((1L << 40, 1L, (1L << 40) - 1, 0L, (1L << 40) - 1), (pool.Size, pool.Used, pool.Free, pool.HeldDown, pool.LargestFreeRun));
    }

    [Fact]
    public void Whatever_is_done_to_a_pool_every_address_is_in_one_place() => Property.Holds(
        Gen.Zip(Gen.Choose(0, 9), Gen.Choose(0, 40)).ArrayOf(80),
        steps =>
        {
            var clock = new ManualTime();
            var subject = new InMemoryStore(clock);
            subject.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [Range(0, 15)], ReuseDelay = TimeSpan.FromSeconds(3) }));
            foreach (var (step, number) in steps)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                var before = subject.Read(r => r.ListAllocations());
                try
                {
                    subject.Write(w => Change(w, step, number));
                }
                catch (MacSegmentationException)
                {
                    Assert.Equal(before, subject.Read(r => r.ListAllocations()));
                }

                AssertEveryAddressIsInOnePlace(subject);
            }
        });

    private static object Change(IStoreWriter store, int step, int number) => step switch
    {
        < 4 => AddressPool.Allocate(store, 10, $"vm-{number}"),
        4 => AddressPool.Allocate(store, 10, $"vm-{number}", Pooled(number)),
        < 7 => AddressPool.Release(store, Pooled(number)),
        7 => AddressPool.ReleaseAll(store, $"vm-{number}"),
        8 => VlanCatalog.Change(store, 10, new VlanChange { AddRanges = [Range(number, number + (number % 5))] }),
        _ => VlanCatalog.Change(store, 10, new VlanChange { RemoveRanges = [Range(number, number + (number % 3))] }),
    };

    private static void AssertEveryAddressIsInOnePlace(InMemoryStore store)
    {
        var vlan = store.Read(r => VlanCatalog.Get(r, 10));
        var places = store.Read(r => r.ListAllocations().Select(a => a.MacAddress.Value)
            .Concat(r.ListHeldDown(10).Select(heldDown => heldDown.Address.Value))
            .Concat(r.ListFree(10).SelectMany(Each)).ToList());
        Assert.Equal(vlan.Ranges.SelectMany(Each), places.Order());

        var pool = store.Read(r => PoolMeter.Measure(r, vlan));
        Assert.Equal(pool.Size, pool.Used + pool.Free + pool.HeldDown);
        Assert.True(pool.LargestFreeRun <= pool.Free);

        var free = store.Read(r => r.ListFree(10));
        Assert.Equal(MacRangeSet.Join(free), free);
    }

    private static IEnumerable<ulong> Each(MacRange range) => Enumerable.Range(0, (int)range.Count).Select(i => range.First.Value + (ulong)i);

    private static MacAddress Pooled(int number) => new(0x0200_0000_0100 + (ulong)number);

    private static MacRange Range(int first, int last) => new(Pooled(first), Pooled(last));

    private static MacAddress Address(string lastOctet) => MacAddress.Parse($"02:00:00:00:00:{lastOctet}");

    private string Allocate(string instanceId) => store.Write(w => AddressPool.Allocate(w, 10, instanceId)).MacAddress.ToString()[^2..];

    private void Release(string lastOctet) => store.Write(w => AddressPool.Release(w, Address(lastOctet)));

    private MacPool Measure(int vlanId) => store.Read(r => PoolMeter.Measure(r, VlanCatalog.Get(r, vlanId)));

    private MacSegmentationException Fails(string errorId, Func<IStoreWriter, object> change)
    {
        var before = store.Read(r => (r.Revision, r.ListAllocations().Count));
        var error = Assert.Throws<MacSegmentationException>(() => store.Write(change));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(before, store.Read(r => (r.Revision, r.ListAllocations().Count)));
        return error;
    }
}

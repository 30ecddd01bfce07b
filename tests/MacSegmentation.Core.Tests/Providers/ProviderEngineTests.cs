using MacSegmentation.Addressing;
using MacSegmentation.BlockProtocol;
using MacSegmentation.Blocks;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Providers;

public sealed class ProviderEngineTests : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(20);
    private static readonly MacSegmentationException Gone = new("StoreUnavailable", MacErrorKind.Unavailable, "The shared store is off.") { EndsTransaction = true };
    private readonly ManualTime time = new();
    private readonly InMemoryStore root;
    private readonly List<Site> sites = [];

    public ProviderEngineTests()
    {
        root = new InMemoryStore(time, "root");
        root.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Name = "cameras", Ranges = [MacRange.Parse("02:00:00:00:00:00/40")] }));
        root.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-a", BlockSize = 16 }));
        root.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-b", BlockSize = 16 }));
    }

    public void Dispose() => sites.ForEach(site => site.Dispose());

    [Fact]
    public void An_address_comes_from_a_block_and_the_shared_store_knows_it_before_the_device()
    {
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16));
        var a = Start("site-a");
        var given = a.Request("h1");
        Assert.Equal(("02:00:00:00:00:00", "site-a", AssignmentOutcome.New), (given.MacAddress.ToString(), given.Provider, given.Outcome));
        Assert.Equal(given.MacAddress, AddressInCentralStore("h1"));
        Assert.Equal("h1", root.Read(reader => reader.FindAllocation(given.MacAddress))!.Handle);
        var pool = root.Read(reader => PoolMeter.Measure(reader, reader.FindVlan(10)!));
        Assert.Equal((256, 1, 240, 15), (pool.Size, pool.Used, pool.Free, pool.Delegated));
        Assert.Equal(AssignmentOutcome.Existing, a.Request("h1").Outcome);
    }

    [Fact]
    public void A_sign_of_life_is_no_change_and_wakes_nobody()
    {
        var a = Start("site-a");
        var b = Start("site-b");
        int changes = root.Changes;
        long revision = root.ReadRevision();
        for (int i = 1; i <= 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            a.Synchronize();
            b.Synchronize();
            Assert.All(root.Read(reader => reader.ListProviders()), provider => Assert.Equal(time.GetUtcNow(), provider.SeenAt));
        }

        Assert.Equal((changes, revision), (root.Changes, root.ReadRevision()));
    }

    [Fact]
    public async Task An_engine_whose_store_keeps_a_thread_ends_all_the_same_and_closes_the_store_when_the_thread_is_let_go()
    {
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16));
        using var stalled = new StalledStore(root);
        var engine = new ProviderEngine(new ProviderEngineOptions
        {
            Name = "site-a",
            Home = new InMemoryStore(time, "home of site-a"),
            OpenCentralStore = () => stalled,
            Interval = Timeout.InfiniteTimeSpan,
            TimeProvider = time,
            StopTimeout = TimeSpan.FromMilliseconds(1),
        });
        engine.Start();
        stalled.Stall();
        var answer = engine.RequestAsync(new HandleRequest { Handle = DeviceHandle.Parse("h1"), VlanId = 10 }, TestContext.Current.CancellationToken);
        await stalled.Reached.WaitAsync(AnswerTimeout, TestContext.Current.CancellationToken);
        engine.Dispose();
        Assert.False(stalled.Disposed.IsCompleted);

        // A thread that went on with what was closed under it would end the process here.
        stalled.Release();
        await stalled.Disposed.WaitAsync(AnswerTimeout, TestContext.Current.CancellationToken);
        Assert.Equal("02:00:00:00:00:00", (await answer.WaitAsync(AnswerTimeout, TestContext.Current.CancellationToken)).MacAddress.ToString());
    }

    [Fact]
    public async Task A_store_that_keeps_its_callers_keeps_neither_devices_nor_threads()
    {
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16));
        using var stalled = new StalledStore(root);
        using var engine = new ProviderEngine(new ProviderEngineOptions
        {
            Name = "site-a",
            Home = new InMemoryStore(time, "home of site-a"),
            OpenCentralStore = () => stalled,
            Interval = Timeout.InfiniteTimeSpan,
            CentralStoreDeadline = TimeSpan.FromMilliseconds(50),
            TimeProvider = time,
        });
        engine.Start();
        for (int i = 0; i < 8; i++)
        {
            await engine.RequestAsync(new HandleRequest { Handle = DeviceHandle.Parse($"h{i}"), VlanId = 10 }, TestContext.Current.CancellationToken);
        }

        stalled.Stall();
        var releases = Enumerable.Range(0, 8).Select(i => engine.ReleaseAsync(DeviceHandle.Parse($"h{i}"), string.Empty, HandleParty.Administrator, TestContext.Current.CancellationToken)).ToList();
        var answer = await engine.RequestAsync(new HandleRequest { Handle = DeviceHandle.Parse("new"), VlanId = 10 }, TestContext.Current.CancellationToken).WaitAsync(AnswerTimeout, TestContext.Current.CancellationToken);
        Assert.Equal("site-a", answer.Provider);
        Assert.All(await Task.WhenAll(releases).WaitAsync(AnswerTimeout, TestContext.Current.CancellationToken), released => Assert.Equal(HandleState.Released, released.State));
        Assert.False(engine.Status.IsCentralStoreReachable);
        stalled.Release();
    }

    [Fact]
    public void Blocks_are_fetched_when_they_are_needed_and_when_few_addresses_are_left()
    {
        var a = Start("site-a");
        a.Request("h0");
        Assert.Equal(16, Assert.Single(Blocks("site-a")).Size);
        for (int i = 1; i < 14; i++)
        {
            a.Request($"h{i}");
        }

        Assert.Single(Blocks("site-a"));
        a.Synchronize();
        Assert.Equal(2, Blocks("site-a").Count);
        Assert.Equal([ProviderEventKind.BlockFetched, ProviderEventKind.BlockFetched], a.Events);
        for (int i = 14; i < 256; i++)
        {
            a.Request($"h{i}");
        }

        Assert.Equal("PoolExhausted", a.Fails(For("h256")));
        Assert.Equal(256, root.Read(reader => reader.ListHandlesIn(MacRange.Parse("02:00:00:00:00:00/40"))).Select(handle => handle.MacAddress).Distinct().Count());
    }

    [Fact]
    public void A_handle_that_moves_to_another_site_has_its_address_there()
    {
        var a = Start("site-a");
        var b = Start("site-b");
        var given = a.Request("h1");

        // Even before site-b has heard of it: it asks.
        Assert.Equal(given.MacAddress, b.Request("h1").MacAddress);
        a.Request("h2");
        b.Synchronize();
        root.Failure = Gone;
        Assert.Equal(a.AddressOf("h2"), b.Request("h2").MacAddress);
    }

    [Fact]
    public void Without_the_shared_store_known_handles_and_free_addresses_are_served_and_the_rest_is_refused()
    {
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 4));
        var a = Start("site-a");
        var known = a.Request("h0");
        root.Failure = Gone;
        Assert.Equal(known.MacAddress, a.Request("h0").MacAddress);
        var alone = Enumerable.Range(1, 3).Select(i => a.Request($"h{i}").MacAddress).ToList();
        Assert.Equal(3, alone.Distinct().Count());
        Assert.Equal("HandleUndecidable", a.Fails(For("h4")));
        Assert.Equal("HandleUndecidable", a.Fails(For("h5") with { RequestedAddress = MacAddress.Parse("02:00:00:00:00:80") }));
        Assert.Equal((3, 2), (a.Status.DecidedAlone, a.Status.Undecidable));
        Assert.Null(AddressInCentralStore("h1", throughFailure: true));

        a.Synchronize();
        root.Failure = null;
        a.Synchronize();
        Assert.Equal(alone, Enumerable.Range(1, 3).Select(i => AddressInCentralStore($"h{i}")!.Value));
        Assert.Equal([ProviderEventKind.RootLost, ProviderEventKind.BlockFetched, ProviderEventKind.RootBack], a.Events);
        a.Request("h4");
    }

    [Fact]
    public void A_handle_that_two_sites_answered_alone_keeps_the_address_that_was_told_first_and_is_told()
    {
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16));
        root.Write(writer => BlockCatalog.Grant(writer, "site-b", 10, 16));
        var a = Start("site-a");
        var b = Start("site-b");
        root.Failure = Gone;
        var first = a.Request("h1");
        var second = b.Request("h1");
        Assert.NotEqual(first.MacAddress, second.MacAddress);
        root.Failure = null;
        a.Synchronize();
        b.Synchronize();
        Assert.Equal([ProviderEventKind.Conflict], b.Events.Where(kind => kind is ProviderEventKind.Conflict));
        var settled = b.Request("h1");
        Assert.Equal(first.MacAddress, settled.MacAddress);
        Assert.Contains(second.MacAddress.ToString(), settled.Notice, StringComparison.Ordinal);

        // The device may still use what it was told: nobody else gets that for a day.
        Assert.DoesNotContain(second.MacAddress, Enumerable.Range(2, 40).Select(i => b.Request($"h{i}").MacAddress));
    }

    [Fact]
    public void A_recalled_block_goes_back_when_its_provider_has_confirmed()
    {
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16));
        var a = Start("site-a");
        var used = a.Request("h1");
        var block = Assert.Single(Blocks("site-a"));
        var refused = Assert.Throws<MacSegmentationException>(() => root.Write(writer => BlockCatalog.Recall(writer, block.BlockId)));
        Assert.Equal("BlockInUse", refused.ErrorId);
        Assert.Contains("1 of the 16", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'h1'", refused.Message, StringComparison.Ordinal);

        root.Write(writer => BlockCatalog.Recall(writer, block.BlockId, freeOnly: true));
        Assert.Equal(240, root.Read(reader => reader.ListFree(10)).Sum(free => free.Count));
        a.Synchronize();
        Assert.Equal(255, root.Read(reader => reader.ListFree(10)).Sum(free => free.Count));
        Assert.Equal(used.MacAddress, Assert.Single(Blocks("site-a")).Range.First);
        Assert.Equal(used.MacAddress, a.Request("h1").MacAddress);
        a.Release("h1");
        a.Synchronize();
        Assert.Equal(HandleState.Released, root.Read(reader => reader.FindHandle("h1"))!.State);
        root.Write(writer => BlockCatalog.Recall(writer, Blocks("site-a")[0].BlockId));
        a.Synchronize();
        Assert.Empty(Blocks("site-a"));
        Assert.Equal(256, root.Read(reader => reader.ListFree(10)).Sum(free => free.Count));
    }

    [Fact]
    public void A_provider_that_was_thought_dead_gives_out_nothing_of_a_closed_block_when_it_returns()
    {
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 4));
        var a = Start("site-a");
        var told = a.Request("h1");
        root.Failure = Gone;
        var kept = a.Request("h2");
        var lost = a.Request("h3");
        root.Failure = null;

        // The administrator closes the block; its addresses go to site-b but for one.
        root.Write(writer => BlockCatalog.Close(writer, Blocks("site-a")[0].BlockId));
        Assert.Equal(told.MacAddress, AddressInCentralStore("h1"));
        var b = Start("site-b");
        var others = root.Write(writer => HandleRegistry.Request(writer, For("h9") with { RequestedAddress = lost.MacAddress }));
        Assert.Equal(lost.MacAddress, others.MacAddress);

        Assert.Equal("02:00:00:00:00:03", b.Request("h8").MacAddress.ToString());
        a.Synchronize();
        Assert.Contains(ProviderEventKind.BlockClosed, a.Events);
        Assert.Contains(ProviderEventKind.Conflict, a.Events);
        Assert.Equal(told.MacAddress, a.Request("h1").MacAddress);
        Assert.Equal(kept.MacAddress, a.Request("h2").MacAddress);
        Assert.Equal(kept.MacAddress, AddressInCentralStore("h2"));
        var renewed = a.Request("h3");
        Assert.NotEqual(lost.MacAddress, renewed.MacAddress);
        Assert.Contains("taken back", renewed.Notice, StringComparison.Ordinal);
        Assert.DoesNotContain(Blocks("site-a"), block => block.State is BlockState.Closed);
        b.Synchronize();
        AssertNoAddressHasTwoOwners(a, b);
    }

    [Fact]
    public void Nothing_of_a_closed_block_is_given_out_even_before_its_provider_has_heard_of_it()
    {
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 4));
        var a = Start("site-a");
        a.Request("h1");
        root.Write(writer => BlockCatalog.Close(writer, Blocks("site-a")[0].BlockId));
        root.Write(writer => HandleRegistry.Request(writer, For("h9") with { RequestedAddress = MacAddress.Parse("02:00:00:00:00:01") }));

        // The shared store is told before the device is, and refuses.
        var given = a.Request("h2");
        Assert.Equal("site-a", given.Provider);
        Assert.True(given.MacAddress > MacAddress.Parse("02:00:00:00:00:01"));
        Assert.Equal(given.MacAddress, AddressInCentralStore("h2"));
        Assert.Contains(ProviderEventKind.BlockClosed, a.Events);
        AssertNoAddressHasTwoOwners(a);
    }

    [Fact]
    public void What_an_administrator_revokes_is_held_down_at_the_provider_and_the_handle_is_told_there()
    {
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 2));
        var a = Start("site-a");
        var given = a.Request("h1");
        root.Write(writer => HandleRegistry.Revoke(writer, DeviceHandle.Parse("h1"), "moved out", TimeSpan.FromHours(1)));
        Assert.Empty(root.Read(reader => reader.ListHeldDown(10)));
        a.Synchronize();
        Assert.Null(a.AddressOf("h1"));
        root.Failure = Gone;
        Assert.NotEqual(given.MacAddress, a.Request("h2").MacAddress);
        Assert.Equal("HandleUndecidable", a.Fails(For("h3")));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(given.MacAddress, a.Request("h3").MacAddress);
        root.Failure = null;
        a.Synchronize();
        Assert.Contains("moved out", a.Request("h1").Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_at_another_site_reaches_the_one_whose_block_it_is()
    {
        var a = Start("site-a");
        var b = Start("site-b");
        var given = a.Request("h1");
        b.Synchronize();
        Assert.Equal(HandleState.Released, b.Release("h1").State);
        a.Synchronize();
        Assert.Null(a.AddressOf("h1"));
        Assert.Equal((AssignmentOutcome.Restored, given.MacAddress), (a.Request("h1") is var again ? again.Outcome : default, again.MacAddress));
        b.Synchronize();
        root.Failure = Gone;
        Assert.Equal("HandleUndecidable", Assert.Throws<MacSegmentationException>(() => b.Release("h1")).ErrorId);
    }

    [Fact]
    public void An_instance_is_judged_by_what_the_shared_store_knows()
    {
        var a = Start("site-a");
        var b = Start("site-b");
        var first = a.Request(For("h1") with { InstanceId = "vm-1" });
        Assert.Equal("HandleLive", b.Fails(For("h1") with { InstanceId = "vm-2" }));
        var copy = b.Request(For("h1") with { InstanceId = "vm-2", Intent = HandleIntent.Copy });
        Assert.Equal(AssignmentOutcome.Copied, copy.Outcome);
        Assert.NotEqual(first.MacAddress, copy.MacAddress);
        Assert.Equal(copy.MacAddress, b.Request(For("h1") with { InstanceId = "vm-2" }).MacAddress);
        var replaced = b.Request(For("h1") with { InstanceId = "vm-3", Intent = HandleIntent.Replace });
        Assert.Equal(first.MacAddress, replaced.MacAddress);
        a.Synchronize();
        Assert.Equal("HandleLive", a.Fails(For("h1") with { InstanceId = "vm-1" }));
        Assert.Equal(copy.MacAddress, a.Request(For("h1") with { InstanceId = "vm-2" }).MacAddress);
        AssertNoAddressHasTwoOwners(a, b);
    }

    [Fact]
    public void A_provider_answers_from_one_store_of_its_own()
    {
        Start("site-a").Dispose();
        Assert.Equal("ProviderElsewhere", Assert.Throws<MacSegmentationException>(() => new Site("site-a", root, time, new InMemoryStore(time, "another"))).ErrorId);
        Assert.Equal("ProviderNotFound", Assert.Throws<MacSegmentationException>(() => Start("site-z")).ErrorId);
        var used = new InMemoryStore(time, "used");
        used.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 1 }));
        Assert.Equal("ProviderHomeForeign", Assert.Throws<MacSegmentationException>(() => new Site("site-b", root, time, used)).ErrorId);
        root.Failure = Gone;
        Assert.Equal("RootUnreachable", Assert.Throws<MacSegmentationException>(() => Start("site-b")).ErrorId);
    }

    [Fact]
    public void A_provider_that_was_at_work_before_begins_without_the_shared_store_and_gives_out_nothing_before_a_round()
    {
        var home = new InMemoryStore(time, "home");
        var first = new Site("site-a", root, time, home);
        var given = first.Request("h1");
        first.Dispose();
        root.Failure = Gone;
        using var again = new Site("site-a", root, time, home);
        Assert.Equal(given.MacAddress, again.Request("h1").MacAddress);
        Assert.Equal("HandleUndecidable", again.Fails(For("h2")));
        root.Failure = null;
        again.Synchronize();
        root.Failure = Gone;
        Assert.Equal("02:00:00:00:00:01", again.Request("h2").MacAddress.ToString());
    }

    private Site Start(string name)
    {
        var site = new Site(name, root, time);
        sites.Add(site);
        return site;
    }

    private static HandleRequest For(string handle) => new() { Handle = DeviceHandle.Parse(handle), VlanId = 10 };

    private IReadOnlyList<MacBlock> Blocks(string provider) => root.Read(reader => reader.ListBlocks(provider: provider));

    private MacAddress? AddressInCentralStore(string handle, bool throughFailure = false)
    {
        var failure = root.Failure;
        root.Failure = throughFailure ? null : failure;
        var found = root.Read(reader => reader.FindHandle(handle)) is { State: HandleState.Held } held ? held.MacAddress : (MacAddress?)null;
        root.Failure = failure;
        return found;
    }

    /// <summary>Whoever gives out an address has it alone: in the shared store, and in no two blocks.</summary>
    private void AssertNoAddressHasTwoOwners(params Site[] at)
    {
        var owned = root.Read(reader => reader.ListHandles()).Where(handle => handle.State is HandleState.Held).ToList();
        Assert.Equal(owned.Count, owned.Select(handle => handle.MacAddress).Distinct().Count());
        var local = at.SelectMany(site => site.Home.Read(reader => reader.ListAllocations())).ToList();
        Assert.Equal(local.Count, local.Select(allocation => allocation.MacAddress).Distinct().Count());
        Assert.All(local, allocation => Assert.Equal(allocation.Handle, root.Read(reader => reader.FindHandleByAddress(allocation.MacAddress))?.Handle));
    }
}

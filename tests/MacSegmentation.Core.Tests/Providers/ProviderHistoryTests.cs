using MacSegmentation.Addressing;
using MacSegmentation.BlockProtocol;
using MacSegmentation.Blocks;
using MacSegmentation.Errors;
using MacSegmentation.Handles;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Providers;

/// <summary>Stores that go back in time, and stores that are copied: what was answered holds or is told, and no address has two owners.</summary>
public sealed class ProviderHistoryTests : IDisposable
{
    private static readonly MacSegmentationException Gone = new("StoreUnavailable", MacErrorKind.Unavailable, "The shared store is off.") { EndsTransaction = true };
    private readonly ManualTime time = new();
    private readonly InMemoryStore root;
    private readonly List<Site> sites = [];

    public ProviderHistoryTests()
    {
        root = new InMemoryStore(time, "root");
        root.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/40")] }));
        root.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-a", BlockSize = 16 }));
        root.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-b", BlockSize = 16 }));
    }

    public void Dispose() => sites.ForEach(site => site.Dispose());

    [Fact]
    public void A_restored_shared_store_is_told_again_of_what_it_has_forgotten()
    {
        var a = Start("site-a");
        var old = a.Request("h0").MacAddress;
        var backup = root.BackUp();
        var given = Enumerable.Range(1, 40).Select(number => a.Request($"h{number}").MacAddress).ToList();
        a.Synchronize();
        root.Restore(backup);
        Assert.Null(AddressInCentralStore("h40"));
        a.Synchronize();
        Assert.Contains(ProviderEventKind.RootWentBack, a.Events);
        Assert.DoesNotContain(ProviderEventKind.Conflict, a.Events);
        Assert.Equal(given, Enumerable.Range(1, 40).Select(number => AddressInCentralStore($"h{number}")!.Value));
        Assert.Equal((old, given[^1]), (a.Request("h0").MacAddress, a.Request("h40").MacAddress));
        Assert.DoesNotContain(a.Request("h41").MacAddress, given);
    }

    [Fact]
    public void With_one_provider_away_no_address_has_two_owners_in_the_end_and_each_loss_is_told()
    {
        var a = Start("site-a");
        var b = Start("site-b");
        var backup = root.BackUp();
        foreach (int number in Enumerable.Range(0, 30))
        {
            b.Request($"b{number}");
        }

        b.Synchronize();
        b.Dispose();
        sites.Remove(b);
        root.Restore(backup);
        foreach (int number in Enumerable.Range(0, 60))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Ask(a, $"a{number}");
        }

        var again = Start("site-b", b.Home);
        a.Synchronize();
        again.Synchronize();
        a.Synchronize();
        var held = root.Read(reader => reader.ListHandles()).Where(handle => handle.State is HandleState.Held).ToList();
        Assert.Equal(held.Count, held.Select(handle => handle.MacAddress).Distinct().Count());
        var lost = Enumerable.Range(0, 30).Count(number => AddressInCentralStore($"b{number}") is null);
        Assert.Equal(lost, again.Events.Count(kind => kind is ProviderEventKind.Conflict));
        Assert.Equal(60, held.Count(handle => handle.Handle.StartsWith('a')));
        Assert.All(held, handle => Assert.Equal(handle.MacAddress, (handle.Handle.StartsWith('a') ? a : again).Request(handle.Handle).MacAddress));
    }

    [Fact]
    public void What_a_provider_that_is_away_gave_out_is_known_from_others_that_heard_of_it()
    {
        var a = Start("site-a");
        var b = Start("site-b");
        var backup = root.BackUp();
        var given = b.Request("b0").MacAddress;
        b.Synchronize();
        a.Synchronize();
        b.Dispose();
        sites.Remove(b);
        root.Restore(backup);
        a.Synchronize();
        Assert.Equal(given, AddressInCentralStore("b0"));
        var others = Enumerable.Range(0, 200).Select(number => Ask(a, $"a{number}")).ToList();
        Assert.DoesNotContain(given, others);
        var again = Start("site-b", b.Home);
        Assert.Equal(given, again.Request("b0").MacAddress);
        Assert.DoesNotContain(ProviderEventKind.Conflict, again.Events);
    }

    [Fact]
    public void Between_the_restore_and_the_next_round_nothing_is_given_out()
    {
        var a = Start("site-a");
        a.Request("h0");
        var backup = root.BackUp();
        a.Request("h1");
        a.Synchronize();
        root.Restore(backup);
        Assert.Equal("HandleUndecidable", a.Fails(For("h2")));
        Assert.Null(a.AddressOf("h2"));
        Assert.NotNull(a.Request("h1"));
        a.Synchronize();
        Assert.Equal(a.AddressOf("h1"), AddressInCentralStore("h1"));
        Assert.Equal(a.Request("h2").MacAddress, AddressInCentralStore("h2"));
    }

    [Fact]
    public void A_block_number_that_is_given_out_again_is_another_block()
    {
        var a = Start("site-a");
        var backup = root.BackUp();
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16));
        a.Synchronize();
        root.Restore(backup);
        time.Advance(TimeSpan.FromSeconds(1));
        root.Write(writer => BlockCatalog.Grant(writer, "site-b", 10, 16));
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16));
        a.Synchronize();
        var b = Start("site-b");
        var all = Enumerable.Range(0, 16).SelectMany(number => new[] { a.Request($"a{number}").MacAddress, b.Request($"b{number}").MacAddress }).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public void A_copy_that_begins_without_the_shared_store_answers_what_it_knows_and_gives_out_nothing()
    {
        var a = Start("site-a");
        var known = a.Request("h0").MacAddress;
        a.Synchronize();
        var copied = a.Home.BackUp();
        root.Failure = Gone;
        var given = a.Request("h1").MacAddress;
        var twin = Start("site-a", Copy(copied));
        Assert.Equal(known, twin.Request("h0").MacAddress);
        Assert.Equal("HandleUndecidable", twin.Fails(For("t1")));
        Assert.False(twin.Status.GivesOut);
        root.Failure = null;
        a.Synchronize();
        Assert.Equal(given, AddressInCentralStore("h1"));
    }

    [Fact]
    public void The_one_that_enters_last_gives_out_and_the_other_tells_what_it_gave_and_stops()
    {
        var a = Start("site-a");
        a.Request("h0");
        a.Synchronize();
        var copied = a.Home.BackUp();
        root.Failure = Gone;
        var given = a.Request("h1").MacAddress;
        root.Failure = null;
        var twin = Start("site-a", Copy(copied));
        Assert.NotNull(twin.Request("t0"));
        Assert.Equal("ReplicaSuperseded", Assert.Throws<MacSegmentationException>(a.Synchronize).ErrorId);
        Assert.Equal("HandleUndecidable", a.Fails(For("h2")));
        Assert.Equal("h0", root.Read(reader => reader.FindHandleByAddress(a.Request("h0").MacAddress))!.Handle);

        // What it gave out alone is known, or was told to be lost.
        Assert.True(AddressInCentralStore("h1") == given || a.Events.Contains(ProviderEventKind.Conflict));
        a.Dispose();
        sites.Remove(a);
        var again = Start("site-a", a.Home);
        Assert.Contains(ProviderEventKind.ReplicaCopied, again.Events);
        Assert.NotNull(again.Request("h3"));
        Assert.Equal("ReplicaSuperseded", Assert.Throws<MacSegmentationException>(twin.Synchronize).ErrorId);
        var held = root.Read(reader => reader.ListHandles()).Where(handle => handle.State is HandleState.Held).ToList();
        Assert.Equal(held.Count, held.Select(handle => handle.MacAddress).Distinct().Count());
    }

    [Fact]
    public void An_older_store_of_its_own_learns_what_was_given_out_since_before_it_gives_out_anything()
    {
        var a = Start("site-a");
        a.Synchronize();
        root.Write(writer => BlockCatalog.Grant(writer, "site-a", 10, 16));
        a.Synchronize();
        var copied = a.Home.BackUp();
        var given = Enumerable.Range(0, 12).Select(number => a.Request($"h{number}").MacAddress).ToList();
        a.Dispose();
        sites.Remove(a);
        var older = Start("site-a", Copy(copied));
        Assert.Equal(given, Enumerable.Range(0, 12).Select(number => older.Request($"h{number}").MacAddress));
        Assert.DoesNotContain(older.Request("new").MacAddress, given);
    }

    [Fact]
    public void Each_start_that_dies_on_the_way_in_is_known_again()
    {
        var a = Start("site-a");
        a.Dispose();
        sites.Remove(a);
        foreach (int skip in Enumerable.Range(0, 8))
        {
            foreach (bool isAfter in new[] { false, true })
            {
                var way = new Protocol.FaultyStore(root) { Fault = new Protocol.StoreFault(skip, isAfter) };
                var home = new InMemoryStore(time, "home of site-a");
                home.Restore(a.Home.BackUp());
                using (new Site("site-a", way, time, home))
                {
                    // It begins, with a round or without.
                }

                using var next = new Site("site-a", root, time, home);
                Assert.DoesNotContain(ProviderEventKind.ReplicaCopied, next.Events);
                a.Home.Restore(home.BackUp());
            }
        }
    }

    [Fact]
    public void A_clock_that_was_set_back_takes_no_address_from_its_owner()
    {
        var a = Start("site-a");
        time.Advance(TimeSpan.FromHours(2));
        var first = a.Request("h0").MacAddress;
        a.Synchronize();
        a.Release("h0");
        a.Synchronize();
        root.Failure = Gone;
        time.SetUtcNow(time.GetUtcNow() - TimeSpan.FromHours(1));
        var again = a.Request("h0").MacAddress;
        Assert.Equal(first, again);
        root.Failure = null;
        a.Synchronize();
        Assert.Equal(again, AddressInCentralStore("h0"));
        Assert.Equal(again, a.Request("h0").MacAddress);
        Assert.DoesNotContain(ProviderEventKind.Conflict, a.Events);
    }

    private static HandleRequest For(string handle) => new() { Handle = DeviceHandle.Parse(handle), VlanId = 10 };

    /// <summary>Asks until the provider has had the round that it needs.</summary>
    private static MacAddress Ask(Site site, string handle)
    {
        try
        {
            return site.Request(handle).MacAddress;
        }
        catch (MacSegmentationException error) when (error.ErrorId is "HandleUndecidable")
        {
            site.Synchronize();
            return site.Request(handle).MacAddress;
        }
    }

    private InMemoryStore Copy(InMemoryState state)
    {
        var copy = new InMemoryStore(time, "home of site-a");
        copy.Restore(state);
        return copy;
    }

    private MacAddress? AddressInCentralStore(string handle) => root.Read(reader => reader.FindHandle(handle)) is { State: HandleState.Held } held ? held.MacAddress : null;

    private Site Start(string name, InMemoryStore? home = null)
    {
        var site = new Site(name, root, time, home);
        sites.Add(site);
        return site;
    }
}

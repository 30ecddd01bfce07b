using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Postgres;

/// <summary>Connections that break while a change is made: it happens once, or not at all and the caller hears of it.</summary>
public sealed class BrokenConnectionTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly PostgresDatabase database = new();
    private readonly CommitProxy proxy;
    private readonly IMacStore direct;

    public BrokenConnectionTests()
    {
        proxy = new CommitProxy(database.Cluster);
        direct = database.Open();
        direct.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/24")] }));
    }

    public void Dispose()
    {
        direct.Dispose();
        proxy.Dispose();
        database.Dispose();
    }

    [Fact]
    public void A_commit_that_did_not_reach_the_server_is_made_again()
    {
        using var store = database.Open(Timeout, proxy);
        proxy.CutCommits(after: false);
        int calls = 0;
        var allocation = Allocate(store, "vm-1", () => calls++);
        Assert.Equal((1, 2), (proxy.Cuts, calls));
        Assert.Equal(allocation, Assert.Single(direct.Read(reader => reader.ListAllocations())));
        Assert.Equal(2, direct.ReadRevision());
    }

    [Fact]
    public void A_commit_whose_answer_was_lost_is_recognised_and_not_made_again()
    {
        using var store = database.Open(Timeout, proxy);
        proxy.CutCommits(after: true);
        int calls = 0;
        var allocation = Allocate(store, "vm-1", () => calls++);
        Assert.Equal((1, 1), (proxy.Cuts, calls));
        Assert.Equal(allocation, Assert.Single(direct.Read(reader => reader.ListAllocations())));
        Assert.Equal(2, direct.ReadRevision());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Connections_that_break_at_every_commit_for_a_while_change_nothing_twice(bool after)
    {
        using var store = database.Open(Timeout, proxy);
        for (int i = 0; i < 5; i++)
        {
            proxy.CutCommits(after, count: 2);
            Allocate(store, $"vm-{i}");
        }

        proxy.CutCommits(after, count: 0);
        Assert.Equal(["vm-0", "vm-1", "vm-2", "vm-3", "vm-4"], direct.Read(reader => reader.ListAllocations()).Select(allocation => allocation.InstanceId));
        Assert.Equal(6, direct.ReadRevision());
    }

    [Fact]
    public void A_change_that_makes_no_revision_and_whose_answer_was_lost_is_recognised_too()
    {
        using var store = database.Open(Timeout, proxy);
        proxy.CutCommits(after: true);
        int calls = 0;
        store.Write(writer =>
        {
            calls++;
            writer.SetProviderState(new ProviderState("east", "root", 1, 1));
            return 0;
        });
        Assert.Equal((1, 1), (proxy.Cuts, calls));
        Assert.Equal("east", direct.Read(reader => reader.FindProviderState())!.Provider);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sign_of_life_that_was_lost_on_the_way_is_there_once(bool after)
    {
        var record = direct.Write(writer => InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "web-1", VlanId = 10 }));
        using var store = database.Open(Timeout, proxy);
        proxy.CutCommits(after);
        store.Observe(observer =>
        {
            observer.UpsertInterfaceUse(new InterfaceUse { InterfaceId = record.InterfaceId, EnforcerId = "e", HostName = "h", Process = "p", SeenAt = observer.Now });
            return 0;
        });
        Assert.Equal(1, proxy.Cuts);
        Assert.Single(direct.Read(reader => reader.ListInterfaceUses(record.InterfaceId)));
    }

    [Fact]
    public void A_server_that_stays_away_before_the_commit_leaves_nothing_and_is_reported()
    {
        using var store = database.Open(TimeSpan.FromMilliseconds(300), proxy);
        proxy.CutCommits(after: false, thenRefuse: true);
        var error = Assert.Throws<MacSegmentationException>(() => Allocate(store, "vm-1"));

        // The store cannot know that its message did not arrive.
        Assert.Equal("StoreOutcomeUnknown", error.ErrorId);
        Assert.Equal((MacErrorKind.Unavailable, true), (error.Kind, error.EndsTransaction));
        Assert.Equal("StoreUnavailable", Assert.Throws<MacSegmentationException>(() => Allocate(store, "vm-2")).ErrorId);
        Assert.Equal("StoreUnavailable", Assert.Throws<MacSegmentationException>(() => store.ReadRevision()).ErrorId);
        Assert.Empty(direct.Read(reader => reader.ListAllocations()));

        proxy.CutCommits(after: false, count: 0);
        Assert.Equal("vm-3", Allocate(store, "vm-3").InstanceId);
    }

    /// <summary>By an error that stays, and by one after which a change would be tried again.</summary>
    [Theory]
    [InlineData("42501")]
    [InlineData("40001")]
    public void A_wait_for_the_disk_that_fails_after_the_commit_fails_no_change_and_has_none_made_twice(string sqlState)
    {
        using var store = database.Open(TimeSpan.FromSeconds(1));
        database.FailFlushes(sqlState);
        int calls = 0;
        var allocation = Allocate(store, "vm-1", () => calls++);
        Assert.Equal(1, calls);
        Assert.Equal(allocation, Assert.Single(direct.Read(reader => reader.ListAllocations())));
        Assert.Equal(2, direct.ReadRevision());
    }

    [Fact]
    public void What_ends_a_connection_under_a_query_is_not_seen_by_who_asks()
    {
        using var store = database.Open(Timeout);
        Allocate(store, "vm-1");
        int calls = 0;
        int count = store.Read(reader =>
        {
            int found = reader.ListAllocations().Count;
            if (calls++ == 0)
            {
                EndConnections();
            }

            return found + reader.ListVlans().Count;
        });
        Assert.Equal((2, 2), (count, calls));
        EndConnections();
        Assert.Equal(2, store.ReadRevision());
        EndConnections();
        Assert.Equal(2, store.ReadSnapshot().Revision);
    }

    [Fact]
    public void What_ends_a_connection_under_a_change_has_changed_nothing()
    {
        using var store = database.Open(Timeout);
        int calls = 0;
        Allocate(store, "vm-1", () =>
        {
            if (calls++ < 2)
            {
                EndConnections();
            }
        });
        Assert.Equal(3, calls);
        Assert.Single(direct.Read(reader => reader.ListAllocations()));
        Assert.Equal(2, direct.ReadRevision());
    }

    [Fact]
    public void What_a_change_throws_comes_through_at_once_whatever_it_is()
    {
        int calls = 0;
        Assert.Throws<IOException>(() => direct.Write<int>(_ =>
        {
            calls++;
            throw new IOException("the change's own");
        }));
        Assert.Equal(1, calls);
        Assert.Equal(1, direct.ReadRevision());
    }

    private static MacAllocation Allocate(IMacStore store, string instance, Action? first = null) => store.Write(writer =>
    {
        first?.Invoke();
        return AddressPool.Allocate(writer, 10, instance);
    });

    private void EndConnections() => database.Query($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{database.Name}' AND pid <> pg_backend_pid()");
}

using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Following;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Postgres;

/// <summary>How other hosts learn of changes.</summary>
public sealed class ChangeNoticeTests : IDisposable, ITableListener
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private readonly PostgresDatabase database = new();
    private readonly IMacStore store;
    private readonly IMacStore other;
    private readonly SemaphoreSlim notices = new(0);
    private readonly SemaphoreSlim tables = new(0);

    public ChangeNoticeTests()
    {
        store = database.Open();
        other = database.Open();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/24")] }));
    }

    public void Dispose()
    {
        store.Dispose();
        other.Dispose();
        database.Dispose();
        notices.Dispose();
        tables.Dispose();
    }

    Action ITableListener.Prepare(ConfigurationSnapshot snapshot, DecisionTable table) => () => tables.Release();

    void ITableListener.OnTableFailed(Exception error)
    {
    }

    void ITableListener.OnStoreLost(Exception error)
    {
    }

    void ITableListener.OnStoreBack()
    {
    }

    void ITableListener.OnStoreReplaced()
    {
    }

    [Fact]
    public async Task A_change_is_noticed_by_another_store_and_a_query_or_an_allocation_is_not()
    {
        other.ChangeNoticed += OnNoticed;
        await AwaitNoticeAsync("it listens");
        store.Read(reader => reader.ListVlans());
        store.Write(writer => AddressPool.Allocate(writer, 10, "vm-1"));
        AddPolicy(1);
        await AwaitNoticeAsync("a change");
        Assert.Equal(0, notices.CurrentCount);
        other.ChangeNoticed -= OnNoticed;
        AddPolicy(2);

        // A second listener that has heard of it proves that the first would have.
        using var witness = database.Open();
        using var heard = new SemaphoreSlim(0);
        witness.ChangeNoticed += (_, _) => heard.Release();
        Assert.True(await heard.WaitAsync(Timeout, TestContext.Current.CancellationToken));
        AddPolicy(3);
        Assert.True(await heard.WaitAsync(Timeout, TestContext.Current.CancellationToken));
        Assert.Equal(0, notices.CurrentCount);
    }

    [Fact]
    public async Task A_sign_of_life_is_noticed_by_nobody()
    {
        string[] names = [.. Enumerable.Range(1, 20).Select(i => $"site-{i}")];
        store.WriteEach(names, (writer, name) => ProviderCatalog.Create(writer, new MacProvider { Name = name }));
        other.ChangeNoticed += OnNoticed;
        await AwaitNoticeAsync("it listens");
        foreach (var provider in store.Read(reader => reader.ListProviders()))
        {
            store.Observe(observer =>
            {
                observer.MarkProviderSeen(provider.ProviderId);
                return 0;
            });
        }

        // What comes after them is noticed, once: they were not.
        AddPolicy(1);
        await AwaitNoticeAsync("a change");
        Assert.Equal(0, notices.CurrentCount);
    }

    [Fact]
    public async Task Listening_goes_on_by_itself_when_its_connection_was_ended()
    {
        other.ChangeNoticed += OnNoticed;
        await AwaitNoticeAsync("it listens");
        for (int i = 1; i <= 3; i++)
        {
            Assert.Equal("1", database.Query($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{database.Name}' AND query LIKE 'LISTEN%'"));

            // What was missed meanwhile is made up for by a notice of its own.
            await AwaitNoticeAsync("it listens again");
            AddPolicy((ulong)i);
            await AwaitNoticeAsync("a change after that");
        }
    }

    [Fact]
    public async Task A_follower_has_a_change_in_force_long_before_it_would_have_polled()
    {
        using var follower = new StoreFollower(other);
        follower.Start(this);
        var times = new List<TimeSpan>();
        for (int i = 1; i <= 10; i++)
        {
            long start = Stopwatch.GetTimestamp();
            AddPolicy((ulong)i);
            Assert.True(await tables.WaitAsync(Timeout, TestContext.Current.CancellationToken));
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"from before the change to the table: {string.Join(", ", times.Select(time => $"{time.TotalMilliseconds:0} ms"))}");
        Assert.Equal(10, follower.Snapshot.Vlans[0].Policies.Length);

        // Polling alone takes half a second on average: not one of ten would be so quick. The machine may be busy for some of them.
        Assert.True(times.Order().ElementAt(5) < TimeSpan.FromMilliseconds(100), $"{times.Order().ElementAt(5)}");
    }

    [Fact]
    public void A_server_that_lost_its_last_changes_and_came_to_the_same_revision_by_others_is_seen_through()
    {
        AddPolicy(1);
        var before = store.ReadSnapshot();
        Assert.Same(before, store.ReadSnapshot(before));

        // What a failover to a copy that was a little behind leaves.
        database.Query("DELETE FROM macsegmentation.audit WHERE revision = 2; DELETE FROM macsegmentation.change WHERE revision = 2; DELETE FROM macsegmentation.policy");
        using var survivor = database.Open();
        survivor.Write(writer => PolicyList.Add(writer, 10, MacPattern.Any, MacPattern.Any, PolicyAction.Drop));
        Assert.Equal(before.Revision, survivor.ReadRevision());
        var after = store.ReadSnapshot(before);
        Assert.Equal(before.Revision, after.Revision);
        Assert.Equal(PolicyAction.Drop, Assert.Single(after.Vlans[0].Policies.ToArray()).Action);
    }

    [Fact]
    public void A_store_that_is_disposed_of_listens_no_more()
    {
        other.ChangeNoticed += OnNoticed;
        other.Dispose();
        Assert.Throws<ObjectDisposedException>(() => other.ChangeNoticed += OnNoticed);
        Assert.True(SpinWait.SpinUntil(
            () => database.Query($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.Name}' AND query LIKE 'LISTEN%'").Equals("0", StringComparison.Ordinal), Timeout));
    }

    private void OnNoticed(object? sender, EventArgs e) => notices.Release();

    private async Task AwaitNoticeAsync(string what) => Assert.True(await notices.WaitAsync(Timeout, TestContext.Current.CancellationToken), what);

    private void AddPolicy(ulong source) => store.Write(writer =>
        PolicyList.Add(writer, 10, MacPattern.Exactly(new MacAddress(source)), MacPattern.Any, PolicyAction.Deny));
}

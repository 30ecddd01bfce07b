using System.Collections.Concurrent;
using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Postgres;

/// <summary>A server of its own that crashes: what a change has returned is there, and everything is there once.</summary>
public sealed class ServerFailureTests : IDisposable
{
    private readonly PostgresCluster cluster;

    public ServerFailureTests()
    {
        Assert.SkipWhen(PostgresCluster.WhyNoneToEnd is not null, PostgresCluster.WhyNoneToEnd ?? string.Empty);

        // The server would write its log to the disk by itself, a moment later: here it does so only when it is told to.
        cluster = PostgresCluster.Start("fsync = off", "wal_writer_delay = 10s", "autovacuum = off");
    }

    public void Dispose() => cluster?.Dispose();

    [Fact]
    public void What_was_returned_survives_the_crash_that_follows_it()
    {
        using var database = new PostgresDatabase(cluster);
        using var store = database.Open();
        CreatePool(store);
        for (int i = 1; i <= 5; i++)
        {
            var allocation = store.Write(writer => AddressPool.Allocate(writer, 10, $"vm-{i}"));
            cluster.Crash();
            Assert.Equal(allocation, store.Read(reader => reader.FindAllocation(allocation.MacAddress)));
            Assert.Equal(i + 1, store.ReadRevision());
        }
    }

    [Fact]
    public void What_was_returned_although_the_wait_for_the_disk_failed_survives_the_crash_too()
    {
        using var database = new PostgresDatabase(cluster);
        CreatePool(database);
        database.FailFlushes("42501");
        using var store = database.Open();
        var allocation = store.Write(writer => AddressPool.Allocate(writer, 10, "vm-1"));
        cluster.Crash();
        Assert.Equal(allocation, store.Read(reader => reader.FindAllocation(allocation.MacAddress)));
    }

    [Fact]
    public async Task Many_writers_and_a_server_that_crashes_and_throws_them_out_make_every_change_once()
    {
        const int writers = 6;
        const int changes = 120;
        using var database = new PostgresDatabase(cluster);
        CreatePool(database);
        var given = new ConcurrentBag<MacAllocation>();
        int done = 0;
        var threads = Enumerable.Range(0, writers).Select(writer => Task.Factory.StartNew(
            () =>
            {
                using var store = database.Open();
                for (int i = 0; i < changes; i++)
                {
                    given.Add(store.Write(change => AddressPool.Allocate(change, 10, $"vm-{writer}-{i}")));
                    Interlocked.Increment(ref done);
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();

        // Each blow falls when the writers have got on since the last.
        for (int blow = 1; blow <= 6; blow++)
        {
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref done) >= blow * 80 || threads.Any(thread => thread.IsFaulted), TimeSpan.FromSeconds(60)));
            if (blow % 2 == 0)
            {
                cluster.Crash();
            }
            else
            {
                database.Query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'macseg'");
            }
        }

        await Task.WhenAll(threads);
        using var after = database.Open();
        var found = after.Read(reader => reader.ListAllocations());
        Assert.Equal(writers * changes, found.Count);
        Assert.Equal(given.OrderBy(allocation => allocation.MacAddress), found);
        Assert.Equal(writers * changes, found.DistinctBy(allocation => allocation.InstanceId).Count());
        Assert.Equal(1 + (writers * changes), after.ReadRevision());
    }

    private static void CreatePool(PostgresDatabase database)
    {
        using var store = database.Open();
        CreatePool(store);
    }

    private static void CreatePool(IMacStore store) =>
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/24")] }));
}

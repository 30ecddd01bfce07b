using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Stores.Postgres;
using MacSegmentation.Vlans;

namespace MacSegmentation.Benchmarks.Servers;

/// <summary>
/// Allocations by several clients of one PostgreSQL server against plain inserts of the rows that they leave, into the same tables with the same
/// durability. Inserts meet in nothing; allocations are alone, one after the other, as each must see what the last one took.
/// </summary>
internal sealed class PostgresComparison : IComparison
{
    private const int Clients = 8;
    private const int Rounds = 9;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    public string Name => "postgres";

    public string Description => "allocations on PostgreSQL by 8 clients, against plain inserts of the same rows with the same durability";

    public void Run(string[] arguments)
    {
        if (PostgresCluster.WhyAbsent is { } obstacle)
        {
            Console.WriteLine($"skipped: {obstacle}");
            return;
        }

        // As it comes: every commit waits for the disk.
        using var cluster = PostgresCluster.Start("synchronous_commit = on");
        string plain = cluster.ConnectionString(cluster.CreateDatabase());
        string place = cluster.ConnectionString(cluster.CreateDatabase());
        Create(plain).Dispose();
        Create(place).Dispose();
        var inserters = Enumerable.Range(0, Clients).Select(client => new PlainInserts(plain, client)).ToArray();
        var stores = Enumerable.Range(0, Clients).Select(_ => Open(place)).ToArray();
        Console.WriteLine($"{Clients} clients, {cluster.Query("postgres", "SHOW server_version")}, fsync {cluster.Query("postgres", "SHOW fsync")}, synchronous_commit {cluster.Query("postgres", "SHOW synchronous_commit")}");
        try
        {
            // A first round of each that is not counted.
            Compare(inserters, stores, TimeSpan.FromSeconds(1));
            var ratios = new List<double>();
            for (int round = 0; round < Rounds; round++)
            {
                var (inserts, batches, allocations) = Compare(inserters, stores, Time);
                ratios.Add(allocations / inserts);
                Console.WriteLine(
                    $"plain inserts {inserts,8:N0}/s   allocations {allocations,8:N0}/s   ratio {allocations / inserts:F2}   (inserts in one message {batches,8:N0}/s, ratio {allocations / batches:F2})");
            }

            Console.WriteLine($"median ratio {ratios.Order().ElementAt(Rounds / 2):F2}");
        }
        finally
        {
            Array.ForEach(inserters, inserter => inserter.Dispose());
            Array.ForEach(stores, store => store.Dispose());
        }
    }

    private static (double Inserts, double Batches, double Allocations) Compare(PlainInserts[] inserters, IMacStore[] stores, TimeSpan time) =>
    (
        PerSecond(time, client => inserters[client].Insert()),
        PerSecond(time, client => inserters[client].InsertAtOnce()),
        PerSecond(time, client => stores[client].Write(writer => AddressPool.Allocate(writer, 10, $"vm-{client}"))));

    private static double PerSecond(TimeSpan time, Action<int> transaction)
    {
        long count = 0;
        long started = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, Clients).Select(client => new Thread(() =>
        {
            long own = 0;
            for (; Stopwatch.GetElapsedTime(started) < time; own++)
            {
                transaction(client);
            }

            Interlocked.Add(ref count, own);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static IMacStore Create(string place)
    {
        var store = Open(place);
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02-00-00-00-00-00/8")] }));
        return store;
    }

    private static IMacStore Open(string place) => new StoreFactory().Open(new MacStoreOptions { ConnectionString = place });
}

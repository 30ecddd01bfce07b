using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;
using Microsoft.Data.Sqlite;

namespace MacSegmentation.Benchmarks.Allocations;

/// <summary>
/// Allocations against the least that a durable record can cost: one insert of a row, in the same library, with the same journal and the
/// same flushes. An allocation finds a free address, takes it out of its interval, records it and who got it.
/// </summary>
internal sealed class AllocationComparison : IComparison
{
    private const int Singles = 300;
    private const int Group = 1_000;
    private const int Groups = 30;
    private const int Rounds = 3;

    public string Name => "allocate";

    public string Description => "allocations, single and grouped, against plain SQLite inserts of the same durability";

    public void Run(string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("macseg-bench-").FullName;
        try
        {
            using var plain = new PlainInserts(Path.Join(folder, "plain.db"));
            using var store = new StoreFactory().Open(new MacStoreOptions { Path = Path.Join(folder, "store.db") });
            store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02-00-00-00-00-00/8")] }));

            // A first round of each that is not counted.
            Compare("warm-up", Group, 1, plain, store, print: false);
            for (int round = 0; round < Rounds; round++)
            {
                Compare("single", 1, Singles, plain, store, print: true);
                Compare("in groups of 1,000", Group, Groups, plain, store, print: true);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string what, int size, int transactions, PlainInserts plain, IMacStore store, bool print)
    {
        string[] instances = [.. Enumerable.Range(0, size).Select(i => $"vm-{i}")];
        double inserts = PerSecond(size * transactions, transactions, () => plain.Insert(instances));
        double allocations = PerSecond(size * transactions, transactions, () => store.WriteEach(instances, (w, id) => AddressPool.Allocate(w, 10, id)));
        if (print)
        {
            Console.WriteLine($"{what,-20} plain inserts {inserts,10:N0}/s   allocations {allocations,10:N0}/s   ratio {allocations / inserts:F2}");
        }
    }

    private static double PerSecond(int items, int transactions, Action transaction)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < transactions; i++)
        {
            transaction();
        }

        return items / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>A table with the columns of an allocation, and nothing else.</summary>
    private sealed class PlainInserts : IDisposable
    {
        private readonly SqliteConnection connection;
        private long next;

        public PlainInserts(string path)
        {
            connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Execute("CREATE TABLE allocation(mac INTEGER PRIMARY KEY, vlan INTEGER NOT NULL, instance TEXT NOT NULL, at INTEGER NOT NULL)");
        }

        public void Insert(string[] instances)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO allocation VALUES($mac, 10, $instance, $at)";
            var mac = command.Parameters.Add("$mac", SqliteType.Integer);
            var instance = command.Parameters.Add("$instance", SqliteType.Text);
            var at = command.Parameters.Add("$at", SqliteType.Integer);
            foreach (string id in instances)
            {
                mac.Value = next++;
                instance.Value = id;
                at.Value = Stopwatch.GetTimestamp();
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        public void Dispose() => connection.Dispose();

        private void Execute(string sql)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }
}

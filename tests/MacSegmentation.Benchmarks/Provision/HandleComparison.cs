using System.Diagnostics;
using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;
using Microsoft.Data.Sqlite;

namespace MacSegmentation.Benchmarks.Provision;

/// <summary>A known handle among a million in a SQLite store, answered in the process that has the store open, against the plain question for the same row.</summary>
internal sealed class HandleComparison : IComparison
{
    private const int Usual = 1_000_000;
    private const int Group = 10_000;
    private const int Questions = 200_000;
    private const int Rounds = 3;
    private const double Goal = 100;

    public string Name => "handles";

    public string Description => "a known handle among a million, answered in the process, against the plain question for its row";

    public void Run(string[] arguments)
    {
        int count = arguments is [var asked, ..] ? int.Parse(asked, CultureInfo.InvariantCulture) : Usual;
        string folder = Directory.CreateTempSubdirectory("macseg-bench-").FullName;
        try
        {
            string path = Path.Join(folder, "store.db");
            using var store = new StoreFactory().Open(new MacStoreOptions { Path = path });
            Fill(store, count);
            using var plain = new PlainQuestion(path);
            string[] handles = Draw(count);
            var requests = Array.ConvertAll(handles, handle => new HandleRequest { Handle = DeviceHandle.Parse(handle), VlanId = 10 });

            // A first round of each that is not counted.
            Measure(requests, request => store.Read(reader => HandleRegistry.Find(reader, request)) is not null);
            Measure(handles, plain.Ask);
            for (int round = 0; round < Rounds; round++)
            {
                var asks = Measure(handles, plain.Ask);
                var answers = Measure(requests, request => store.Read(reader => HandleRegistry.Find(reader, request)) is not null);
                Console.WriteLine(
                    $"{count:N0} handles   plain question {asks.Median,6:F1} µs, p99 {asks.P99,6:F1} µs   answer {answers.Median,6:F1} µs, p99 {answers.P99,6:F1} µs, {answers.Octets:N0} octets allocated   "
                    + $"ratio {answers.Median / asks.Median:F2}   goal {Goal:N0} µs: {(answers.P99 < Goal ? "met" : "missed")}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string HandleOf(int number) => $"urn:device:{number:d8}";

    private static void Fill(IMacStore store, int count)
    {
        long started = Stopwatch.GetTimestamp();
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02-00-00-00-00-00/8")] }));
        for (int first = 0; first < count; first += Group)
        {
            string[] handles = [.. Enumerable.Range(first, Math.Min(Group, count - first)).Select(HandleOf)];
            store.WriteEach(handles, (writer, handle) => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse(handle), VlanId = 10 }));
        }

        Console.WriteLine($"{count:N0} handles got their addresses at {count / Stopwatch.GetElapsedTime(started).TotalSeconds:N0}/s");
    }

    private static string[] Draw(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Questions).Select(_ => HandleOf(random.Next(count)))];
    }

    private static (double Median, double P99, long Octets) Measure<T>(T[] items, Func<T, bool> ask)
    {
        double[] times = new double[items.Length];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < items.Length; i++)
        {
            long started = Stopwatch.GetTimestamp();
            if (!ask(items[i]))
            {
                throw new InvalidOperationException($"{items[i]} is not known.");
            }

            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        return (times[times.Length / 2], times[times.Length * 99 / 100], allocated / items.Length);
    }

    /// <summary>The row of a handle by its name, with a statement that is prepared once.</summary>
    private sealed class PlainQuestion : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly SqliteCommand command;
        private readonly SqliteParameter handle;

        public PlainQuestion(string path)
        {
            connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
            connection.Open();
            command = connection.CreateCommand();
            command.CommandText = "SELECT address, vlan_id, state, instance_id, provider, assigned_at FROM handle WHERE handle = $handle AND copy_key = ''";
            handle = command.Parameters.Add("$handle", SqliteType.Text);
            command.Prepare();
        }

        public bool Ask(string text)
        {
            handle.Value = text;
            using var row = command.ExecuteReader();
            return row.Read() && row.GetInt64(0) > 0 && row.GetInt32(1) == 10 && row.GetInt32(2) == 0 && row.GetString(3).Length == 0 && row.GetString(4).Length == 0 && row.GetInt64(5) > 0;
        }

        public void Dispose()
        {
            command.Dispose();
            connection.Dispose();
        }
    }
}

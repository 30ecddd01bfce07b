using System.Diagnostics;
using System.Globalization;
using System.Text;
using MacSegmentation.Stores.Postgres;

namespace MacSegmentation.Benchmarks.Provision;

/// <summary>
/// The provider service as a process, on loopback plain HTTP, asked by 64 keep-alive connections for known and new handles mixed 9 to 1: with its shared store, a
/// PostgreSQL server, and with that stopped, in turn.
/// </summary>
internal sealed class ServiceComparison : IComparison
{
    private const int Connections = 64;
    private const int Known = 20_000;
    private const int Rounds = 3;
    private const double RateGoal = 20_000;
    private const double LatencyGoal = 20;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(6);

    private int made;

    public string Name => "service";

    public string Description => "the provider service under load, with its shared store against without";

    public void Run(string[] arguments)
    {
        if (PostgresCluster.WhyAbsent is { } why)
        {
            Console.WriteLine(why);
            return;
        }

        // The client's callbacks run where the sockets are waited for: no hand-over to other threads.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        double share = arguments is [var asked, ..] ? double.Parse(asked, CultureInfo.InvariantCulture) : 0.1;
        string folder = Directory.CreateTempSubdirectory("macseg-bench-").FullName;
        using var cluster = PostgresCluster.Start();
        try
        {
            using var service = ServiceUnderLoad.Start(folder, cluster.ConnectionString(cluster.CreateDatabase()));
            byte[][] known = [.. Enumerable.Range(0, Known).Select(number => Request(service, $"urn:known:{number:d8}"))];
            int next = -1;
            while (next < Known)
            {
                Load(service, () => (known[Interlocked.Increment(ref next) % Known], false));
            }

            Console.WriteLine($"{Known:N0} handles are known; {share:P0} of the requests are for new ones");

            Measure(service, known, share);
            for (int round = 0; round < Rounds; round++)
            {
                var with = Measure(service, known, share);
                cluster.Pause();
                Measure(service, known, share, TimeSpan.FromSeconds(1));
                service.WaitForCentralStore(isReachable: false);
                var without = Measure(service, known, share);
                cluster.Resume();
                service.WaitForCentralStore(isReachable: true);
                Print("with its shared store", with);
                Print("with that stopped", without);
                Console.WriteLine($"{string.Empty,-24}ratio {without.Rate / with.Rate:F2}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(string what, LoadResult result) => Console.WriteLine(
        $"{what,-24}known {result.Rate,8:N0}/s, p50 {result.P50,5:F2} ms, p99 {result.P99,6:F2} ms   new {result.NewRate,7:N0}/s, p50 {result.NewP50,6:F2} ms, p99 {result.NewP99,7:F2} ms   refused {result.Refused}   "
        + $"goals {RateGoal:N0}/s and {LatencyGoal} ms: {(result.Rate >= RateGoal && result.P99 < LatencyGoal ? "met" : "missed")}");

    private static byte[] Request(ServiceUnderLoad service, string handle)
    {
        string body = $$"""{"handle":"{{handle}}","vlanId":10}""";
        return Encoding.ASCII.GetBytes(
            $"POST /v1/addresses HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {service.Token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private LoadResult Measure(ServiceUnderLoad service, byte[][] known, double share, TimeSpan? length = null)
    {
        var random = new ThreadLocal<Random>(() => new Random());
        return Load(
            service,
            () => random.Value!.NextDouble() >= share
                ? (known[random.Value.Next(known.Length)], true)
                : (Request(service, $"urn:new:{Interlocked.Increment(ref made):d8}"), false),
            length);
    }

    private static LoadResult Load(ServiceUnderLoad service, Func<(ReadOnlyMemory<byte> Request, bool IsKnown)> next, TimeSpan? length = null)
    {
        LoadConnection[] connections = [.. Enumerable.Range(0, Connections).Select(_ => new LoadConnection(service.Port, next))];
        long started = Stopwatch.GetTimestamp();
        long until = started + (long)((length ?? Length).TotalSeconds * Stopwatch.Frequency);
        Task.WhenAll(connections.Select(connection => Task.Run(() => connection.RunAsync(until)))).GetAwaiter().GetResult();
        var result = new LoadResult(
            [.. connections.SelectMany(connection => connection.Known).Order()],
            [.. connections.SelectMany(connection => connection.New).Order()],
            connections.Sum(connection => connection.Refused),
            Stopwatch.GetElapsedTime(started).TotalSeconds);
        Array.ForEach(connections, connection => connection.Dispose());
        return result;
    }
}

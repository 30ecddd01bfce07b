using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MacSegmentation.Captures;
using MacSegmentation.Processes;
using MacSegmentation.Providers;
using MacSegmentation.Stores;
using MacSegmentation.Stores.Postgres;

namespace MacSegmentation.Provision;

/// <summary>A provider whose shared store is behind a network that lets no octet through any more: it answers what it knows at once, and what is new without the shared store.</summary>
public sealed class StalledServerTests : IDisposable
{
    /// <summary>The deadline is 2.5 s; without one it takes 78. What is in between is a busy machine's.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();
    private readonly string? database;
    private readonly StallingProxy? proxy;

    public StalledServerTests()
    {
        Assert.SkipWhen(PostgresCluster.WhyAbsent is not null, PostgresCluster.WhyAbsent ?? string.Empty);
        var cluster = PostgresCluster.Shared;
        database = cluster.CreateDatabase();
        proxy = new StallingProxy(cluster.Host.StartsWith('/')
            ? new UnixDomainSocketEndPoint(string.Create(CultureInfo.InvariantCulture, $"{cluster.Host}/.s.PGSQL.{cluster.Port}"))
            : new IPEndPoint(IPAddress.Parse(cluster.Host), cluster.Port));
    }

    public void Dispose()
    {
        proxy?.Dispose();
        if (database is not null)
        {
            PostgresCluster.Shared.DropDatabase(database);
        }

        folder.Dispose();
    }

    [Fact]
    public async Task Known_handles_and_health_are_answered_at_once_and_new_handles_without_the_shared_store()
    {
        string token;
        using (var store = new StoreFactory().Open(MacStoreOptions.At(PostgresCluster.Shared.ConnectionString(database!))))
        {
            token = RunningService.Fill(store).All;
            store.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-a", BlockSize = 1024 }));
        }

        await using var provider = await RunningProcess.StartAsync(
            TestProgram.Native,
            folder.File(""),
            token,
            "--store",
            $"postgresql://macseg@127.0.0.1:{proxy!.Port}/{database}?sslmode=disable",
            "--name",
            "site-a",
            "--local-path",
            "own.db",
            "--uri",
            "http://127.0.0.1:0",
            "--allow-plain-http");
        for (int i = 0; i < 100; i++)
        {
            await AskAsync(provider, $"h{i}", HttpStatusCode.Created);
        }

        proxy.Stall();
        var releases = Enumerable.Range(0, 99).Select(i => provider.Client.DeleteAsync($"/v1/addresses/h{i}", TestContext.Current.CancellationToken)).ToList();
        var fresh = Stopwatch.StartNew();
        var asked = AskAsync(provider, "new", HttpStatusCode.Created);
        var waits = new List<double>();
        while (!asked.IsCompleted)
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(HttpStatusCode.OK, (await provider.Client.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode);
            await AskAsync(provider, "h99", HttpStatusCode.OK);
            waits.Add(watch.Elapsed.TotalMilliseconds / 2);
            Assert.True(fresh.Elapsed < Patience, "A new handle waits for a store that does not answer.");
        }

        await asked;
        TimeSpan answered = fresh.Elapsed;
        Assert.All(await Task.WhenAll(releases), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        waits.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"new handle {answered.TotalSeconds:0.00} s; health and known handles p50 {waits[waits.Count / 2]:0.0} ms, p99 {waits[(int)(waits.Count * 0.99)]:0.0} ms, {waits.Count} rounds"));
        for (int i = 0; i < 20; i++)
        {
            await AskAsync(provider, $"later-{i}", HttpStatusCode.Created);
        }

        // What was given out and given up alone is known to the shared store when its octets come again.
        proxy.Resume();
        while (await provider.ReadEventAsync() is { } told && told is not "rootBack")
        {
        }

        using var shared = new StoreFactory().Open(MacStoreOptions.At(PostgresCluster.Shared.ConnectionString(database!)));
        Assert.Equal(22, shared.Read(reader => reader.ListHandles()).Count(handle => handle.State is Handles.HandleState.Held));
    }

    private static async Task AskAsync(RunningProcess provider, string handle, HttpStatusCode status)
    {
        var answer = await provider.Client.PostAsync("/v1/addresses", RunningService.Json($$"""{"handle":"{{handle}}","vlanId":10}"""), TestContext.Current.CancellationToken);
        Assert.True(status == answer.StatusCode, $"{handle}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }
}

using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Providers;
using MacSegmentation.Stores;
using MacSegmentation.Stores.Postgres;

namespace MacSegmentation.Provision.Faults;

/// <summary>
/// Three provider processes over one shared store, sixteen clients, while providers are killed and the shared store's server is ended as by power cuts. A short run
/// by default; MACSEG_FAULT_REQUESTS says how many requests are made.
/// </summary>
public sealed class FaultTests : IAsyncDisposable
{
    private const int Clients = 16;
    private const int UsualRequests = 4000;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder folder = new();
    private readonly List<FleetSite> sites = [];
    private PostgresCluster? cluster;
    private string shared = "shared.db";

    public async ValueTask DisposeAsync()
    {
        foreach (var site in sites)
        {
            await site.DisposeAsync();
        }

        cluster?.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Whoever_is_killed_no_address_has_two_owners_and_no_answer_is_lost()
    {
        int requests = int.TryParse(Environment.GetEnvironmentVariable("MACSEG_FAULT_REQUESTS"), CultureInfo.InvariantCulture, out int asked) ? asked : UsualRequests;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Timeout * Math.Max(1, requests / 10_000.0));
        int seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests} requests, seed {seed}");

        await StartAsync();
        var log = new DeviceLog(requests);
        var clients = Enumerable.Range(0, Clients).Select(number => Task.Run(() => new FleetClient(number, sites, log, new Random(seed + number)).RunAsync(patience.Token), patience.Token)).ToList();
        var faults = DisturbAsync(log, new Random(seed), patience.Token);
        await Task.WhenAll(clients.Append(faults));
        await RestAsync();

        var root = View("root", shared);
        var homes = sites.ConvertAll(site => View(site.Name, folder.File(site.Local)));
        var told = sites.SelectMany(site => site.Conflicts).ToHashSet();
        told.UnionWith(homes.SelectMany(Noticed));
        told.RemoveWhere(answer => FaultChecker.IsGivenUp(log.Events, answer.Handle, answer.Address));
        TestContext.Current.TestOutputHelper?.WriteLine($"{log.Events.Count} answers and releases, {root.Handles.Count} handles, {told.Count} answers that do not hold and were told");

        var unexpected = told.Where(answer => !answer.Handle.StartsWith(FleetClient.Contested, StringComparison.Ordinal)).ToList();
        Assert.True(unexpected.Count == 0, string.Join('\n', unexpected.Select(answer => History(answer.Handle, log))));
        Assert.Empty(FaultChecker.Check(log.Events, root, homes, told));
    }

    private static IMacStore Open(string place) => new StoreFactory().Open(MacStoreOptions.At(place));

    /// <summary>What a provider will tell a device that asks again, should it have been killed before it could tell of the conflict.</summary>
    private static IEnumerable<(string, MacAddress)> Noticed(StoreView home) =>
        from handle in home.Handles
        where handle.Notice.Contains("does not hold", StringComparison.Ordinal)
        select (handle.Handle, MacAddress.Parse(handle.Notice[..17]));

    /// <summary>What a device saw and did, and what its providers told of it.</summary>
    private string History(string handle, DeviceLog log)
    {
        var seen = log.Story(handle);
        var told = sites.SelectMany(site => site.Told(handle).Select(line => $"{site.Name}: {line}"));
        return string.Join('\n', told.Prepend($"{handle} was told that an address of its does not hold.").Concat(seen));
    }

    private StoreView View(string name, string place)
    {
        using var store = Open(MacStoreOptions.IsConnectionString(place) ? place : folder.File(place));
        return StoreView.Of(name, store);
    }

    private async Task StartAsync()
    {
        // Without a server, the shared store is a file: nothing ends that, but the providers are killed all the same.
        if (PostgresCluster.WhyAbsent is null)
        {
            cluster = PostgresCluster.Start("fsync = on");
            shared = cluster.ConnectionString(cluster.CreateDatabase());
        }

        string token;
        using (var store = Open(cluster is null ? folder.File(shared) : shared))
        {
            token = RunningService.Fill(store).All;
            for (int i = 0; i < 3; i++)
            {
                string name = $"site-{i}";
                store.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = name, BlockSize = 256 }));
                sites.Add(new FleetSite(name, folder.File(string.Empty), shared, token));
            }
        }

        await Task.WhenAll(sites.Select(site => site.StartAsync()));
    }

    /// <summary>One trouble after the other, each for as long as some requests take.</summary>
    private async Task DisturbAsync(DeviceLog log, Random random, CancellationToken cancellationToken)
    {
        for (int i = 0; !log.IsDone; i++)
        {
            int some = random.Next(100, 400);
            await log.AdvanceAsync(some * 3, cancellationToken);
            var site = sites[random.Next(sites.Count)];
            log.Tell($"{(i % 4) switch { 0 => $"{site.Name} is killed", 1 => "the central store is away", 2 => $"{site.Name} is killed while the central store is away", _ => "all are killed" }}");
            switch (i % 4)
            {
                case 0:
                    await site.KillAsync();
                    await log.AdvanceAsync(some, cancellationToken);
                    await site.StartAsync();
                    break;
                case 1:
                    await WithoutCentralStoreAsync(() => log.AdvanceAsync(some * 2, cancellationToken));
                    break;
                case 2:
                    await WithoutCentralStoreAsync(async () =>
                    {
                        // It comes back to a shared store that is not there.
                        await log.AdvanceAsync(some, cancellationToken);
                        await site.KillAsync();
                        await log.AdvanceAsync(some, cancellationToken);
                        await site.StartAsync();
                        await log.AdvanceAsync(some, cancellationToken);
                    });
                    break;
                default:
                    await Task.WhenAll(sites.Select(one => one.KillAsync()));
                    await Task.WhenAll(sites.Select(one => one.StartAsync()));
                    break;
            }

            log.Tell("everything is there again");
        }
    }

    private async Task WithoutCentralStoreAsync(Func<Task> meanwhile)
    {
        if (cluster is null)
        {
            await meanwhile();
            return;
        }

        await Task.Run(cluster.Break);
        try
        {
            await meanwhile();
        }
        finally
        {
            await Task.Run(cluster.Resume);
        }
    }

    /// <summary>Everything is up, and every provider has two rounds: each start waits for one.</summary>
    private async Task RestAsync()
    {
        for (int i = 0; i < 2; i++)
        {
            foreach (var site in sites)
            {
                await site.StopAsync();
                await site.StartAsync();
            }
        }

        foreach (var site in sites)
        {
            await site.StopAsync();
        }
    }
}

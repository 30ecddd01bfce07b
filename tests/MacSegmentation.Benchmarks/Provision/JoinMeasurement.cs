using System.Diagnostics;
using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.BlockProtocol;
using MacSegmentation.Handles;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Providers;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Benchmarks.Provision;

/// <summary>
/// How long a provider with an empty store of its own takes to be in service where the shared store, a file, knows many handles, and how long to know them all; and what a new handle
/// waits for meanwhile.
/// </summary>
internal sealed class JoinMeasurement : IComparison
{
    private const int Vlan = 10;
    private const int Group = 10_000;

    public string Name => "join";

    public string Description => "how long a provider takes to join where a million handles are known (or as many as a number says)";

    public void Run(string[] arguments)
    {
        int count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("macseg-join-");
        try
        {
            string shared = Path.Join(folder.FullName, "shared.db");
            using (var store = new StoreFactory().Open(new MacStoreOptions { Path = shared }))
            {
                Fill(store, count);
            }

            using var home = new StoreFactory().Open(new MacStoreOptions { Path = Path.Join(folder.FullName, "own.db") });
            using var engine = new ProviderEngine(new ProviderEngineOptions
            {
                Name = "site-a",
                Home = home,
                OpenCentralStore = () => new StoreFactory().Open(new MacStoreOptions { Path = shared }),
            });
            var watch = Stopwatch.StartNew();
            engine.Start();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"in service after {watch.Elapsed.TotalSeconds:0.00} s, {count:N0} handles known to the shared store"));
            var waits = new List<double>();
            while (!engine.Status.IsCaughtUp)
            {
                long asked = Stopwatch.GetTimestamp();
                engine.RequestAsync(new HandleRequest { Handle = DeviceHandle.Parse($"new-{waits.Count}"), VlanId = Vlan }, CancellationToken.None).GetAwaiter().GetResult();
                waits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            waits.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"caught up after {watch.Elapsed.TotalSeconds:0.0} s"));
            if (waits.Count > 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{waits.Count} new handles meanwhile: median {waits[waits.Count / 2]:0.0} ms, longest {waits[^1]:0.0} ms"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Fill(IMacStore store, int count)
    {
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = Vlan, Ranges = [MacRange.Parse("02:00:00:00:00:00/16")] }));
        store.Write(writer => ProviderCatalog.Create(writer, new MacProvider { Name = "site-a", BlockSize = 65_536 }));
        for (int first = 0; first < count; first += Group)
        {
            store.Write(writer =>
            {
                for (int number = first; number < Math.Min(first + Group, count); number++)
                {
                    HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse($"known-{number}"), VlanId = Vlan });
                }

                return 0;
            });
        }
    }
}

using System.Diagnostics;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Providers;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Benchmarks.Provision;

/// <summary>A <c>macseg provide</c> with a provider's own store, a shared store that has given it a large block, and a client's token.</summary>
internal sealed class ServiceUnderLoad : IDisposable
{
    private const long Delegated = 4_000_000;
    private readonly Process process;

    private ServiceUnderLoad(Process process, string token)
    {
        this.process = process;
        Token = token;
        Port = new Uri(ReadUntil("listening").GetProperty("uri").GetString()!).Port;
    }

    public string Token { get; }

    public int Port { get; }

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where its own store will be.</param>
    /// <param name="shared">The shared store, which is empty.</param>
    public static ServiceUnderLoad Start(string folder, string shared)
    {
        string token;
        using (var store = new StoreFactory().Open(MacStoreOptions.At(shared)))
        {
            token = store.Write(writer =>
            {
                VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02-00-00-00-00-00/8")] });
                ProviderCatalog.Create(writer, new MacProvider { Name = "site-a" });
                BlockCatalog.Grant(writer, "site-a", 10, Delegated);
                ProviderClientCatalog.Create(writer, "load", [], out string made);
                return made;
            });
        }

        string[] arguments =
        [
            "provide", "--json", "--stop-on-stdin-end", "--store", shared, "--name", "site-a", "--local", Path.Join(folder, "own.db"), "--uri", "http://127.0.0.1:0", "--allow-plain-http",
        ];
        return new ServiceUnderLoad(
            Process.Start(new ProcessStartInfo(MacSegProgram.Path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!,
            token);
    }

    /// <summary>Waits until it reaches the shared store, or no more does.</summary>
    public void WaitForCentralStore(bool isReachable)
    {
        while (true)
        {
            process.StandardInput.WriteLine("status");
            if (ReadUntil("status").GetProperty("isCentralStoreReachable").GetBoolean() == isReachable)
            {
                return;
            }

            Thread.Sleep(100);
        }
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private JsonElement ReadUntil(string kind)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var told = JsonElement.Parse(line);
            if (string.Equals(told.GetProperty("event").GetString(), kind, StringComparison.Ordinal))
            {
                return told;
            }
        }

        throw new InvalidOperationException($"macseg ended: {process.StandardError.ReadToEnd()}");
    }
}

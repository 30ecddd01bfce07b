using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Benchmarks.Files;
using MacSegmentation.Lab.Network;
using MacSegmentation.Policies;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Benchmarks.Live;

/// <summary>Two hosts with a namespace between them, in which a program is to join p1 and p2, and a document of 1,000 denials of hosts that send nothing.</summary>
internal sealed class TwoHosts : IDisposable
{
    /// <summary>Where host B answers.</summary>
    public const string AddressOfB = "10.77.0.2";

    private const int Policies = 1_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly MacAddress MacOfA = MacAddress.Parse("02:00:00:00:00:0a");
    private static readonly MacAddress MacOfB = MacAddress.Parse("02:00:00:00:00:0b");
    private readonly NetworkNamespace hostB = new("bench-b");

    public TwoHosts()
    {
        Middle.Connect("p1", HostA, "a0");
        Middle.Connect("p2", hostB, "b0");
        HostA.Ip("link", "set", "a0", "address", MacOfA.ToString());
        hostB.Ip("link", "set", "b0", "address", MacOfB.ToString());
        HostA.Ip("address", "add", "10.77.0.1/24", "dev", "a0");
        hostB.Ip("address", "add", AddressOfB + "/24", "dev", "b0");

        // Every frame is looked up among them and forwarded.
        var strangers = new CaptureWorkload(seed: 1, hosts: Policies).Addresses;
        File.WriteAllText(Configuration, CaptureWorkload.ConfigurationOf(strangers, PolicyAction.Deny));
    }

    public NetworkNamespace HostA { get; } = new("bench-a");

    public NetworkNamespace Middle { get; } = new("bench-middle");

    /// <summary>Path of the document.</summary>
    public string Configuration { get; } = Path.GetTempFileName();

    /// <summary>What a program does in a window of time under a load, once it has settled.</summary>
    public static T Measure<T>(Bridge bridge, Func<Bridge, T> measure)
    {
        using (bridge)
        {
            Thread.Sleep(Settling);
            bridge.RequireRunning();
            var figure = measure(bridge);
            bridge.RequireRunning();
            return figure;
        }
    }

    /// <summary>Offers frames, as many as one core can send or as asked, and counts what arrives.</summary>
    public Load Offer(Bridge bridge, int length, double framesPerSecond = double.PositiveInfinity)
    {
        using var generator = new Generator(framesPerSecond, (HostA, "a0", Generator.Experimental(MacOfA, MacOfB, length)));

        // Until the runtime has compiled its hot paths for good, and the rings are full.
        Thread.Sleep(Settling);
        long offered = HostA.Count("a0", "tx", "packets");
        long delivered = hostB.Count("b0", "rx", "packets");
        var taken = bridge.ProcessorTime;
        long started = Stopwatch.GetTimestamp();
        Thread.Sleep(Window);
        offered = HostA.Count("a0", "tx", "packets") - offered;
        delivered = hostB.Count("b0", "rx", "packets") - delivered;
        taken = bridge.ProcessorTime - taken;
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Load(offered / seconds, delivered / seconds, taken.TotalNanoseconds / delivered);
    }

    public void Dispose()
    {
        File.Delete(Configuration);
        HostA.Dispose();
        hostB.Dispose();
        Middle.Dispose();
    }
}

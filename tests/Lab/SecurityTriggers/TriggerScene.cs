using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Following;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.SecurityTriggers;

/// <summary>
/// A store in a file, and a switch that follows it with the ports of two records, web-1 and web-2, whose frames a test puts in. The clock is the test's: what looks, follows and writes does
/// so when it moves it. Whoever is tagged quarantined may send nothing.
/// </summary>
internal sealed class TriggerScene : IDisposable
{
    public static readonly MacTag Quarantined = MacTag.OfText("quarantined");
    private static readonly MacAddress Web1 = MacAddress.Parse("02:00:00:00:00:11");
    private static readonly MacAddress Web2 = MacAddress.Parse("02:00:00:00:00:12");
    private readonly TemporaryFolder folder = new();
    private MemorySource[] sources = [];
    private MemorySink[] sinks = [];
    private StoreFollower? follower;
    private SecurityTriggerEvaluator? evaluator;
    private PolicyEnforcer? enforcer;

    public TriggerScene()
    {
        Store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db"), TimeProvider = Time });
        Store.Write(writer =>
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10/44")], DefaultAction = PolicyAction.Allow });
            InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "web-1", VlanId = 10, MacAddress = Web1, IPAddress = ["10.0.0.1/24"], ArpRateLimit = 0 });
            InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "web-2", VlanId = 10, MacAddress = Web2, IPAddress = ["10.0.0.2/24"] });
            PartitionCatalog.Create(writer, new PartitionRequest { Name = "quarantine", Tag = [Quarantined] });
            return PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest { Partition = "quarantine", Peer = PartitionPeer.Any, Action = PartitionAction.Drop });
        });
    }

    public ManualTime Time { get; } = new();

    public IMacStore Store { get; }

    public PolicyEnforcer Enforcer => enforcer!;

    public int Received => sinks[1].Sent.Count;

    /// <summary>Starts a switch, in place of the one that runs: as after a crash of its host, it knows of nothing but the store.</summary>
    public void Start()
    {
        Stop();
        sources = [new MemorySource("p1"), new MemorySource("p2")];
        sinks = [new MemorySink("p1"), new MemorySink("p2")];
        follower = new StoreFollower(Store, PolicyAction.Allow, Time);
        SwitchPortAssignment[] ports = [.. sources.Select((source, place) => new SwitchPortAssignment(
            new SwitchPortSettings { Adapter = source.Name, MacInterface = $"web-{place + 1}" }, source, sinks[place]))];
        enforcer = new PolicyEnforcer(follower.Snapshot, follower.Table, new SwitchLayout(ports, new SwitchOptions()), new EnforcerOptions { TimeProvider = Time });
        enforcer.Start();
        follower.Start(enforcer);
        evaluator = new SecurityTriggerEvaluator(Store, enforcer, timeProvider: Time);
        Look();
    }

    /// <summary>Frames of web-1 that claim to be from web-2, which port security denies.</summary>
    public Task Spoof(int frames) => Send(frames, new FrameBuilder(Web2, Web1).Udp(IPAddress.Parse("10.0.0.2"), IPAddress.Parse("10.0.0.1"), 4000, 5000, new byte[64]));

    /// <summary>ARP packets of web-1.</summary>
    public Task Ask(int packets) => Send(packets, new FrameBuilder(Web1, MacAddress.Broadcast).Arp(1, IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")));

    /// <summary>What web-1 sends to web-2.</summary>
    public Task Talk() => Send(1, new FrameBuilder(Web1, Web2).Udp(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"), 4000, 5000, new byte[64]));

    /// <summary>Has everybody look, write and follow once.</summary>
    public void Look()
    {
        for (int i = 0; i < 4; i++)
        {
            Time.Advance(SecurityTriggerEvaluator.LookInterval);
        }
    }

    public IReadOnlyList<MacTag> TagsOf(string record) => Store.Read(reader => InterfaceCatalog.Get(reader, record).Tag);

    public void Add(SecurityTriggerRequest trigger)
    {
        Store.Write(writer => SecurityTriggerCatalog.Add(writer, trigger));
        Look();
    }

    public IReadOnlyList<string> TakeEvents(EnforcerEventKind kind)
    {
        var told = new List<string>();
        while (Enforcer.Events.Reader.TryRead(out var happened))
        {
            if (happened.Kind == kind)
            {
                told.Add(happened.Message);
            }
        }

        return told;
    }

    public void Dispose()
    {
        Stop();
        Store.Dispose();
        folder.Dispose();
    }

    private void Stop()
    {
        evaluator?.Dispose();
        follower?.Dispose();
        enforcer?.Dispose();
    }

    private async Task Send(int frames, byte[] frame)
    {
        long before = Enforcer.GetStatistics().Total.FramesIn;
        for (int i = 0; i < frames; i++)
        {
            sources[0].Add(frame, timestamp: FrameTime.Now(Time));
        }

        await Await.Until(() => Enforcer.GetStatistics().Total.FramesIn == before + frames, "the frames");
    }
}

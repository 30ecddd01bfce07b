using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Following;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Ports;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.NicMetrics;

/// <summary>
/// A store in a file, and a switch that follows it with the ports of an instance, student-1, and of a record, web-1, whose frames a test puts in. The clock is the test's: what measures,
/// reports and follows does so when it moves it.
/// </summary>
internal sealed class NicMetricScene : IDisposable
{
    /// <summary>Octets of a frame, without its FCS.</summary>
    public const int FrameLength = 14 + 20 + 8 + 958;

    private static readonly MacAddress Web = MacAddress.Parse("02:00:00:00:00:1e");
    private readonly TemporaryFolder folder = new();
    private readonly MemorySource[] sources = [new("p1"), new("p2")];
    private readonly MemorySink[] sinks = [new("p1"), new("p2")];
    private readonly MacAddress student;
    private readonly StoreFollower follower;
    private readonly PolicyEnforcer enforcer;
    private NicMetricReporter? reporter;

    public NicMetricScene()
    {
        Store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db"), TimeProvider = Time });
        student = Store.Write(writer =>
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10/44")], DefaultAction = PolicyAction.Allow });
            ProfileCatalog.Create(writer, new MacProfile { Name = "dsl", Egress = new LinkProfile { Bandwidth = new BitRate(8_000_000), Latency = TimeSpan.FromMilliseconds(10) } });
            ProfileCatalog.Create(writer, new MacProfile { Name = "lossy", Egress = new LinkProfile { LossRate = Percentage.All } });
            SessionCatalog.Create(writer, new SessionRequest { Name = "training", VlanId = 10, DefaultProfile = "dsl" });
            InterfaceCatalog.Create(writer, new InterfaceRequest { Name = "web-1", VlanId = 10, MacAddress = Web, PortSecurity = false });
            var launched = InstanceCatalog.Launch(writer, new InstanceRequest { Name = "student-1", Session = "training" });
            InterfaceCatalog.Change(writer, "student-1", new InterfaceChange { PortSecurity = false });
            return launched.MacAddress;
        });
        follower = new StoreFollower(Store, PolicyAction.Allow, Time);
        SwitchPortAssignment[] ports = [.. ((string[])["student-1", "web-1"]).Select((name, place) => new SwitchPortAssignment(
            new SwitchPortSettings { Adapter = sources[place].Name, MacInterface = name }, sources[place], sinks[place]))];
        enforcer = new PolicyEnforcer(follower.Snapshot, follower.Table, new SwitchLayout(ports, new SwitchOptions()), new EnforcerOptions { TimeProvider = Time });
        enforcer.Start();
        follower.Start(enforcer);
        Reported = new AwayStore(Store);
        reporter = new NicMetricReporter(Reported, enforcer, timeProvider: Time);
    }

    public ManualTime Time { get; } = new();

    public IMacStore Store { get; }

    /// <summary>The store, as the one who reports sees it.</summary>
    public AwayStore Reported { get; }

    public IReadOnlyList<MacNicMetric> Metrics => Store.Read(reader => NicMetricCatalog.List(reader));

    public MacNicMetric Of(string name, ProfileDirection direction) => Metrics.Single(metric => string.Equals(metric.Interface, name, StringComparison.Ordinal) && metric.Direction == direction);

    /// <summary>A second passes: everybody follows, measures and reports.</summary>
    public void Pass() => Time.Advance(NicMetricReporter.Interval);

    /// <summary>What student-1 sends to web-1: it comes in, and waits where its profile has it wait.</summary>
    public async Task Send(int frames)
    {
        byte[] frame = new FrameBuilder(student, Web).Udp(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"), 4000, 5000, new byte[958]);
        Assert.Equal(FrameLength, frame.Length);
        long before = enforcer.GetStatistics().Total.FramesIn;
        for (int i = 0; i < frames; i++)
        {
            sources[0].Add(frame, timestamp: FrameTime.Now(Time));
        }

        await Await.Until(() => enforcer.GetStatistics().Total.FramesIn == before + frames, "the frames");
    }

    /// <summary>A second passes in which all leave their queues.</summary>
    public async Task Drain()
    {
        Time.Advance(TimeSpan.FromMilliseconds(900));
        await Await.Until(() => enforcer.GetStatistics().Total.FramesQueued == 0, "frames to leave their queue");
        Time.Advance(TimeSpan.FromMilliseconds(100));
    }

    public IReadOnlyList<string> TakeFailures()
    {
        var told = new List<string>();
        while (enforcer.Events.Reader.TryRead(out var happened))
        {
            if (happened.Kind == EnforcerEventKind.MetricsFailed)
            {
                told.Add(happened.Message);
            }
        }

        return told;
    }

    public void StopReporting()
    {
        reporter?.Dispose();
        reporter = null;
    }

    public void Dispose()
    {
        StopReporting();
        follower.Dispose();
        enforcer.Dispose();
        Store.Dispose();
        folder.Dispose();
    }
}

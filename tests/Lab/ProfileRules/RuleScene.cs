using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Following;
using MacSegmentation.Frames;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Ports;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.ProfileRules;

/// <summary>
/// A store in a file, and a switch that follows it with the ports of two instances of a session, student-1 and student-2; their profile loses every frame, and another one none. The clock is the
/// test's: what looks, follows and writes does so when it moves it.
/// </summary>
internal sealed class RuleScene : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<MacEnforcerEvent> told = [];
    private MemorySource[] sources = [];
    private StoreFollower? follower;
    private ProfileRuleEvaluator? evaluator;
    private PolicyEnforcer? enforcer;

    public RuleScene()
    {
        Store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db"), TimeProvider = Time });
        Store.Write(writer =>
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10/44")], DefaultAction = PolicyAction.Allow });
            ProfileCatalog.Create(writer, new MacProfile { Name = "lossy", Egress = LinkProfile.None with { LossRate = Percentage.Parse("100%") } });
            ProfileCatalog.Create(writer, new MacProfile { Name = "clean", Priority = 3 });
            SessionCatalog.Create(writer, new SessionRequest { Name = "training", VlanId = 10, DefaultProfile = "lossy" });
            InstanceCatalog.Launch(writer, new InstanceRequest { Name = "student-1", Session = "training" });
            return InstanceCatalog.Launch(writer, new InstanceRequest { Name = "student-2", Session = "training" });
        });
    }

    public ManualTime Time { get; } = new();

    public IMacStore Store { get; }

    /// <summary>Takes the store away from the evaluator.</summary>
    public AwayStore? Away { get; private set; }

    public PolicyEnforcer Enforcer => enforcer!;

    /// <summary>Starts a switch, in place of the one that runs: as after a crash of its host, it knows of nothing but the store.</summary>
    public void Start()
    {
        Stop();
        sources = [new MemorySource("p1"), new MemorySource("p2")];
        follower = new StoreFollower(Store, PolicyAction.Allow, Time);
        SwitchPortAssignment[] ports = [.. sources.Select((source, place) => new SwitchPortAssignment(
            new SwitchPortSettings { Adapter = source.Name, MacInterface = $"student-{place + 1}" }, source, new MemorySink(source.Name)))];
        enforcer = new PolicyEnforcer(follower.Snapshot, follower.Table, new SwitchLayout(ports, new SwitchOptions()), new EnforcerOptions { TimeProvider = Time });
        enforcer.Start();
        follower.Start(enforcer);
        (var evaluated, Away) = AwayStore.Over(Store);
        evaluator = new ProfileRuleEvaluator(evaluated, enforcer, timeProvider: Time);
    }

    public void Stop()
    {
        evaluator?.Dispose();
        follower?.Dispose();
        enforcer?.Dispose();
        evaluator = null;
    }

    public long Add(string profile, string when, TimeSpan? revertAfter = null, TimeSpan? hold = null)
    {
        var rule = Store.Write(writer => ProfileRuleCatalog.Add(
            writer, new ProfileRuleRequest { UseProfile = profile, Session = "training", When = when, RevertAfter = revertAfter, HoldTime = hold ?? TimeSpan.Zero }));
        Pass(1);
        return rule.RuleId;
    }

    /// <summary>Has everybody look, write and follow for some seconds.</summary>
    public void Pass(int seconds)
    {
        for (int i = 0; i < seconds * 10; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>What student-1 sends to student-2, and the second in which it is looked at.</summary>
    public async Task Talk(int frames)
    {
        var (from, to) = (AddressOf("student-1"), AddressOf("student-2"));
        byte[] frame = new FrameBuilder(from, to).Udp(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"), 4000, 5000, new byte[64]);
        long before = Enforcer.GetStatistics().Total.FramesIn;
        for (int i = 0; i < frames; i++)
        {
            sources[0].Add(frame, timestamp: FrameTime.Now(Time));
        }

        await Await.Until(() => Enforcer.GetStatistics().Total.FramesIn == before + frames, "the frames");
        Pass(1);
    }

    public string? ProfileOf(string instance) => Store.Read(reader => InstanceCatalog.Get(reader, instance).EffectiveProfile);

    public MacProfileRule Rule(long ruleId) => Store.Read(reader => ProfileRuleCatalog.Get(reader, ruleId));

    public IReadOnlyList<string> Told(EnforcerEventKind kind)
    {
        while (Enforcer.Events.Reader.TryRead(out var happened))
        {
            told.Add(happened);
        }

        return [.. told.Where(happened => happened.Kind == kind).Select(happened => happened.Message)];
    }

    public void Dispose()
    {
        Stop();
        Store.Dispose();
        folder.Dispose();
    }

    private MacAddress AddressOf(string instance) => Store.Read(reader => InstanceCatalog.Get(reader, instance).MacAddress);
}

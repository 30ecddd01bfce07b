using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Captures;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;
using MacSegmentation.Workers;
using static MacSegmentation.Switch.BridgeFrames;
using static MacSegmentation.Switch.TestBridge;

namespace MacSegmentation.Profiles;

/// <summary>Profiles that time changes: in captures by their frames' times, at ports of a switch by the calendar.</summary>
public sealed class ScenarioTests
{
    private const long Millisecond = 1_000_000;

    private static readonly MacProfile Far = new() { Name = "far", Ingress = new LinkProfile { Latency = TimeSpan.FromMilliseconds(20) }, Egress = new LinkProfile { Latency = TimeSpan.FromMilliseconds(20) } };

    private static readonly MacProfile Rough = new()
    {
        Name = "rough",
        Ingress = new LinkProfile
        {
            Bandwidth = BitRate.Parse("400kbit"),
            Jitter = TimeSpan.FromMilliseconds(5),
            Latency = TimeSpan.FromMilliseconds(10),
            LossRate = Percentage.Parse("10%"),
            QueueManagement = QueueManagement.FqCoDel,
        },
    };

    private static readonly MacProfile Traced = new() { Name = "traced", Ingress = new LinkProfile { Trace = LinkTrace.Read("time,rate,delay,loss\n0,1mbit,5ms,0%\n30ms,0,,\n50ms,200kbit,20ms,20%\n90ms,4mbit,1ms,0%") } };

    private static readonly MacProfile Cellular = new() { Name = "cellular", Ingress = new LinkProfile { Trace = LinkTrace.Read("1\n4\n4\n9\n20\n21\n40\n") } };

    /// <summary>Each frame has the profile of the step at its own time since the capture's first frame, and the last ones too.</summary>
    [Fact]
    public async Task In_a_capture_steps_are_taken_at_their_time_since_the_first_frame()
    {
        var left = await Run(MacScenario.Parse("day: 100ms far; 200ms none; 300ms default; loop 400ms"), "far", [0, 50, 99, 100, 150, 199, 200, 250, 299, 300, 350, 399, 400, 500, 600]);
        Assert.Equal([20, 70, 119, 120, 170, 219, 219, 250, 299, 320, 370, 419, 420, 520, 600], left.Select(one => (one - Began) / Millisecond));
    }

    /// <summary>A profile's recording begins with the step that brings the profile, and with the first frame at the start.</summary>
    [Theory]
    [InlineData("s: 30ms none; 50ms traced", "traced")]
    [InlineData("s: 50ms traced", null)]
    public async Task A_recording_begins_with_its_step(string scenario, string? first)
    {
        var left = await Run(MacScenario.Parse(scenario), first, first is null ? [0, 50, 55] : [0, 40, 50, 55]);
        Assert.Equal(first is null ? [0, 55, 60] : [5, 40, 55, 60], left.Select(one => (one - Began) / Millisecond));
    }

    /// <summary>The same capture, scenario and seed give the same file, octet for octet; another seed gives another one.</summary>
    [Fact]
    public async Task The_same_seed_gives_the_same_file()
    {
        using var folder = new TemporaryFolder();
        string capture = folder.File("in.pcap");
        var random = new Random(5);
        var builder = new CaptureBuilder(isBigEndian: false).Pcap(isNanosecond: true);
        long time = Began;
        for (int i = 0; i < 2_000; i++)
        {
            time += random.NextInt64(2 * Millisecond);
            builder.Record((uint)(time / 1_000_000_000), (uint)(time % 1_000_000_000), Numbered(i));
        }

        await File.WriteAllBytesAsync(capture, builder.ToArray(), TestContext.Current.CancellationToken);
        var scenario = MacScenario.Parse("flaky: 100ms rough; 300ms traced; 500ms cellular; 700ms none; 800ms default; loop 900ms");
        string one = await Judge(capture, folder.File("1.pcap"), scenario, seed: 7);
        Assert.Equal(one, await Judge(capture, folder.File("2.pcap"), scenario, seed: 7));
        Assert.NotEqual(one, await Judge(capture, folder.File("3.pcap"), scenario, seed: 8));
        Assert.NotEqual(one, await Judge(capture, folder.File("4.pcap"), MacScenario.Parse("flaky: 101ms rough; 300ms traced; 500ms cellular; 700ms none; 800ms default; loop 900ms"), seed: 7));
    }

    /// <summary>No change of a profile by time loses a frame or has one overtake another, whatever waits when it comes.</summary>
    [Fact]
    public void No_step_loses_or_reorders()
    {
        MacProfile[] profiles = [Far, Rough with { Ingress = Rough.Ingress with { LossRate = default, QueueManagement = default, QueueLimit = 100_000 } }, Traced with { Ingress = LossLess(Traced.Ingress) }, Cellular with { Ingress = Cellular.Ingress with { QueueLimit = 100_000 } }];
        int waited = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            int step = 0;
            string steps = string.Join("; ", Enumerable.Range(0, random.Next(1, 12)).Select(_ => $"{step += random.Next(1, 60)}ms {(random.Next(4) == 0 ? "none" : profiles[random.Next(profiles.Length)].Name)}"));
            var scenario = MacScenario.Parse($"any: {steps}{(random.Next(2) == 0 ? $"; loop {step + 5}ms" : string.Empty)}");
            long[] times = new long[200];
            for (int i = 1; i < times.Length; i++)
            {
                times[i] = times[i - 1] + random.Next(0, 5);
            }

            var sink = RunWhole(scenario, profiles[0].Name, times, profiles).GetAwaiter().GetResult();
            Assert.Equal(Enumerable.Range(0, 200), sink.Numbers);
            Assert.Equal(sink.Times.Order(), sink.Times);
            waited += sink.Times.Zip(times, (left, came) => left > Began + (came * Millisecond)).Count(has => has);
        }));
        Assert.True(waited > 1_000, $"{waited}");

        static LinkProfile LossLess(LinkProfile link) => link with { QueueLimit = 100_000, Trace = LinkTrace.Read("time,rate,delay\n0,1mbit,5ms\n30ms,0,\n50ms,200kbit,20ms\n90ms,4mbit,1ms") };
    }

    /// <summary>By the real clock and its own threads: a step comes though no frame does, and what waits goes on by it.</summary>
    [Theory]
    [InlineData(ProfileDirection.Egress)]
    [InlineData(ProfileDirection.Ingress)]
    public async Task On_a_wire_a_step_comes_though_no_frame_does(ProfileDirection direction)
    {
        var source = new MemorySource("in");
        var sink = new NumberSink();
        var outage = new LinkProfile { Trace = LinkTrace.Read("time,rate\n0,1kbit\n1h,0") };
        var snapshot = Snapshot(new MacProfile { Name = "outage", Ingress = outage, Egress = outage });
        using var enforcer = new PolicyEnforcer(
            snapshot, DecisionTable.Compile(snapshot), [new EnforcerRoute(source, sink).With("outage", direction, MacScenario.Parse("s: 1500ms none"))], new EnforcerOptions());
        for (int i = 0; i < 100; i++)
        {
            source.Add(Numbered(i), timestamp: i);
        }

        enforcer.Start();
        await Await.Until(() => sink.Numbers.Count == 100, "the frames");
        Assert.Equal(Enumerable.Range(0, 100), sink.Numbers);
        var told = new List<MacEnforcerEvent>();
        while (enforcer.Events.Reader.TryRead(out var happened))
        {
            told.Add(happened);
        }

        Assert.EndsWith("has no profile: scenario s, step 1.", Assert.Single(told, one => one.Kind == EnforcerEventKind.ProfileScheduled).Message, StringComparison.Ordinal);
        enforcer.Stop();
        await Await.End(enforcer);
    }

    /// <summary>At a switch's port a step comes by itself at its time; it is told with its cause, and the store is not asked.</summary>
    [Fact]
    public void At_a_port_steps_and_schedules_come_by_themselves()
    {
        var bench = new ScheduledBench(MacScenario.Parse("flaky-line: 1s far a*; 2s none; 3s default"), schedule: null);
        Assert.Equal(0, bench.Delay());
        bench.Advance(999);
        Assert.Equal(0, bench.Delay());
        bench.Advance(1);
        Assert.Equal(20, bench.Delay());
        Assert.Equal("a has the profile 'far': scenario flaky-line, step 1.", bench.Told);
        bench.Advance(980);
        Assert.Equal(0, bench.Delay());
        Assert.Contains("no profile: scenario flaky-line, step 2", bench.Told, StringComparison.Ordinal);
    }

    /// <summary>Between two of its steps, a session that is suspended has no profile and its clock stands still.</summary>
    [Fact]
    public void A_suspended_session_pauses_scenario_and_recording()
    {
        var scenario = MacScenario.Parse("s: 0s stairs; 100s none");
        var stairs = new MacProfile { Name = "stairs", Egress = new LinkProfile { Trace = LinkTrace.Read("time,delay\n0,1ms\n1s,2ms\n2s,3ms\n3s,4ms\n") } };
        var bench = new ScheduledBench(scenario, schedule: null, stairs);
        Assert.Equal(1, bench.Delay());
        bench.Advance(1_200);
        Assert.Equal(2, bench.Delay());
        bench.Suspend();
        bench.Advance(5_000);
        Assert.Equal(0, bench.Delay());
        bench.Resume(TimeSpan.FromMilliseconds(5_000));
        Assert.Equal(2, bench.Delay());
        bench.Advance(900);
        Assert.Equal(3, bench.Delay());
    }

    [Fact]
    public void A_schedule_of_its_own_counts_more_and_comes_again()
    {
        var bench = new ScheduledBench(MacScenario.Parse("s: 0s none"), new ProfileSchedule("far", ScheduledBench.Start + TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10)));
        var seen = new List<long>();
        for (int i = 0; i < 24; i++)
        {
            seen.Add(bench.Delay());
            bench.Advance(500 - (int)seen[^1]);
        }

        Assert.Equal([2, 22], Enumerable.Range(0, 24).Where(i => seen[i] == 20));
    }

    private static byte[] Numbered(int number)
    {
        byte[] frame = Udp(MacA, MacB, A, B);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(^4..), number);
        return frame;
    }

    private const long Began = 1_700_000_000_000_000_000;

    private static ConfigurationSnapshot Snapshot(params MacProfile[] profiles) => new ConfigurationSnapshot(1, [new VlanPolicies(1, PolicyAction.Allow, [])]).With<MacProfile>([.. profiles]);

    private static async Task<IReadOnlyList<long>> Run(MacScenario scenario, string? profile, long[] milliseconds) => (await RunWhole(scenario, profile, milliseconds, [Far, Rough, Traced, Cellular])).Times;

    private static async Task<(List<long> Times, List<int> Numbers)> RunWhole(MacScenario scenario, string? profile, long[] milliseconds, MacProfile[] profiles)
    {
        var source = new MemorySource("in");
        var sink = new NumberSink();
        var snapshot = Snapshot(profiles);
        using var enforcer = new PolicyEnforcer(snapshot, DecisionTable.Compile(snapshot), [new EnforcerRoute(source, sink) { IsCapture = true }.With(profile, ProfileDirection.Ingress, scenario)], new EnforcerOptions { Seed = 1 });
        for (int i = 0; i < milliseconds.Length; i++)
        {
            source.Add(Numbered(i), timestamp: Began + (milliseconds[i] * Millisecond));
        }

        source.End();
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Null(enforcer.Error);
        return (sink.Times, sink.Numbers);
    }

    private static async Task<string> Judge(string capture, string destination, MacScenario scenario, long seed)
    {
        var snapshot = Snapshot(Far, Rough, Traced, Cellular);
        using var enforcer = new PolicyEnforcer(
            snapshot, DecisionTable.Compile(snapshot), [CaptureRoute.Open(capture, destination).With("far", ProfileDirection.Ingress, scenario)], new EnforcerOptions { Seed = seed });
        enforcer.Start();
        await Await.End(enforcer);
        Assert.Null(enforcer.Error);
        return Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(destination, TestContext.Current.CancellationToken)));
    }

    /// <summary>Notes when which frame leaves.</summary>
    private sealed class NumberSink : IFrameSink
    {
        public List<long> Times { get; } = [];

        public List<int> Numbers { get; } = [];

        public string Name => "out";

        public bool Send(in Frames.Frame frame)
        {
            Times.Add(frame.Timestamp);
            Numbers.Add(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(frame.Bytes[^4..]));
            return true;
        }

        public int Flush() => 0;

        public void Dispose()
        {
        }
    }

    /// <summary>A switch with a port of an instance, and one where its frames leave, on a clock that the test moves.</summary>
    private sealed class ScheduledBench
    {
        private readonly ManualClock clock = new();
        private readonly MemorySource from = new("a");
        private readonly NumberSink to = new();
        private readonly EnforcerEventQueue events = new(capacity: 1_000);
        private readonly MacSwitch tested;
        private readonly IReadOnlyList<IServedPort> ports;
        private readonly MacProfile[] profiles;
        private readonly ProfileSchedule? schedule;
        private MacSession session;

        public ScheduledBench(MacScenario scenario, ProfileSchedule? schedule, params MacProfile[] profiles)
        {
            this.profiles = [Far, .. profiles];
            this.schedule = schedule;
            session = new MacSession { Name = "lab", VlanId = 10, Scenario = scenario, ScenarioStartedAt = clock.GetUtcNow() };
            SwitchPortAssignment[] assignments =
            [
                new(PortOf("a") with { Adapter = "a" }, from, new NumberSink()), new(PortOf("b") with { Adapter = "b" }, new MemorySource("b"), to),
            ];
            tested = new MacSwitch(new SwitchLayout(assignments, new SwitchOptions()), new EnforcerOptions { TimeProvider = clock, Seed = 1 }, events);
            ports = ((IForwardingEngine)tested).Ports;
            Use(session);
        }

        public static DateTimeOffset Start { get; } = new ManualClock().GetUtcNow();

        public string Told
        {
            get
            {
                string told = string.Empty;
                while (events.Reader.TryRead(out var happened))
                {
                    told = happened.Kind == EnforcerEventKind.ProfileScheduled ? happened.Message : told;
                }

                return told;
            }
        }

        /// <summary>How many milliseconds a frame takes that is sent now.</summary>
        public int Delay()
        {
            to.Times.Clear();
            from.Add(Numbered(1), timestamp: clock.Nanoseconds);
            Assert.True(ports[0].Serve(waits: true));
            Serve();
            int passed = 0;
            for (; to.Times.Count == 0; passed++)
            {
                Assert.True(passed < 100);
                Advance(1);
            }

            return passed;
        }

        public void Advance(int milliseconds)
        {
            for (int i = 0; i < milliseconds; i++)
            {
                clock.Advance(TimeSpan.FromMilliseconds(1));
                Serve();
            }
        }

        public void Suspend() => Use(session = session with { State = SessionState.Suspended, ScenarioPausedAt = clock.GetUtcNow() });

        public void Resume(TimeSpan passed) => Use(session = session with { State = SessionState.Running, ScenarioPausedAt = null, ScenarioStartedAt = session.ScenarioStartedAt + passed });

        private void Use(MacSession now)
        {
            var snapshot = TestBridge.Snapshot(
                Record("a", 10, MacA, "10.0.0.11/24") with { InterfaceId = 1, Session = "lab" },
                Record("b", 10, MacB, "10.0.0.12/24") with { InterfaceId = 2 })
                .With<MacProfile>([.. profiles]).With<MacSession>([now]).With<InstanceSchedule>(schedule is null ? [] : [new InstanceSchedule("a", 1, schedule)]);
            ((IForwardingEngine)tested).Prepare(snapshot, DecisionTable.Compile(snapshot))();
        }

        private void Serve()
        {
            foreach (var port in ports)
            {
                port.ServeQueues();
            }
        }
    }
}

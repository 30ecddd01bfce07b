using System.Diagnostics;
using MacSegmentation.Events;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Benchmarks.Switch;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tracing;
using MacSegmentation.Pipeline;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;
using MacSegmentation.Workers;

namespace MacSegmentation.Benchmarks.Emulation;

/// <summary>Frames through a whole switch in memory with a vNIC profile on each of 64 ports: delayed and held to a rate at both ends; beside the same switch without profiles.</summary>
internal sealed class EmulationMeasurement : IComparison
{
    private const int PortCount = 64;
    private const int Batch = 64;
    private const int FramesOfRound = 1_000_000;
    private const int Rounds = 7;
    private const double Goal = 500_000;

    /// <summary>Between two batches: at 16 Mbit/s each of 64 ports sends and gets a frame of 1,000 octets each half millisecond.</summary>
    private static readonly TimeSpan BatchTime = TimeSpan.FromMicroseconds(520);

    public string Name => "emulation";

    public string Description => "frames a second through a switch of 64 ports, each with a vNIC profile of delay and rate, and without profiles";

    public void Run(string[] arguments)
    {
        var delay = new LinkProfile { Latency = TimeSpan.FromMilliseconds(25) };
        var narrow = delay with { Bandwidth = BitRate.Parse("16mbit") };
        Measure("no profile", profile: null);
        Measure("25 ms and 16 mbit both ways", new MacProfile { Name = "p", Ingress = narrow, Egress = narrow });
        var jitter = narrow with { Jitter = TimeSpan.FromMilliseconds(5), LossRate = Percentage.Parse("0.1%"), QueueManagement = QueueManagement.FqCoDel };
        Measure("25 ms, jitter of 5 ms, 0.1 % loss, 16 mbit with FQ-CoDel both ways", new MacProfile { Name = "p", Ingress = jitter, Egress = jitter });
    }

    private static void Measure(string what, MacProfile? profile)
    {
        var clock = new SteppedClock();
        var wires = Enumerable.Range(0, PortCount).Select(_ => new NoWire("memory")).ToArray();
        var assignments = wires.Select((wire, port) => new SwitchPortAssignment(new SwitchPortSettings { Adapter = $"memory{port}", MacInterface = $"vm{port}" }, wire, wire));
        var bridge = new MacSwitch(new SwitchLayout([.. assignments], new SwitchOptions()), new EnforcerOptions { TimeProvider = clock, Seed = 1 }, new EnforcerEventQueue(capacity: 16));
        var snapshot = new ConfigurationSnapshot(1, [new VlanPolicies(10, PolicyAction.Allow, [])])
        {
            Interfaces = [.. Enumerable.Range(0, PortCount).Select(port => new MacInterface { InterfaceId = port, Name = $"vm{port}", VlanId = 10, MacAddress = MacOf(port), InstanceId = $"vm{port}", Profile = profile?.Name })],
        };
        snapshot = profile is null ? snapshot : snapshot.With<MacProfile>([profile]);
        ((IForwardingEngine)bridge).Prepare(snapshot, DecisionTable.Compile(snapshot))();
        byte[][] frames = [.. Enumerable.Range(0, PortCount).Select(port =>
            new FrameBuilder(MacOf(port), MacOf((port + 1) % PortCount)).Udp(new System.Net.IPAddress([10, 0, 0, (byte)port]), new System.Net.IPAddress([10, 0, 0, (byte)(port + 1)]), 4000, 5000, new byte[958]))];
        var ports = ((IForwardingEngine)bridge).Ports;
        var figures = new List<double>();
        long allocated = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            Drive(bridge, ports, frames, clock);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - bytes;
            if (round > 0)
            {
                figures.Add(FramesOfRound / seconds);
            }
        }

        long taken = wires.Sum(wire => wire.Taken);
        var counts = bridge.DescribePorts();
        Console.WriteLine(
            $"{PortCount} ports, {what}: median {figures.Order().ElementAt(Rounds / 2):N0} frames/s, worst {figures.Min():N0}{(profile is null ? string.Empty : $" (goal: {Goal:N0})")}; "
            + $"{taken:N0} of {counts.Sum(port => port.Counts.FramesIn):N0} frames left, {counts.Sum(port => port.FromInstance?.FramesWaiting + port.ToInstance?.FramesWaiting) ?? 0:N0} on their way; "
            + $"allocated per frame: {(double)allocated / FramesOfRound} bytes (goal: 0)");
    }

    private static void Drive(MacSwitch bridge, IReadOnlyList<IServedPort> ports, byte[][] frames, SteppedClock clock)
    {
        for (int done = 0; done < FramesOfRound; done += Batch)
        {
            clock.Step(BatchTime);
            long now = clock.Nanoseconds;
            bridge.Enter();
            var none = default(NoTrace);
            for (int i = 0; i < Batch; i++)
            {
                bridge.Forward(bridge.Ports[i], new Frame(frames[i], frames[i].Length, now), ref none);
            }

            bridge.FinishBatch(now);
            bridge.Exit();
            for (int i = 0; i < ports.Count; i++)
            {
                while (ports[i].Delay == 0)
                {
                    ports[i].ServeQueues();
                }
            }
        }
    }

    private static MacAddress MacOf(int port) => new(0x0200_0000_0000UL + (ulong)port);

    /// <summary>A clock that goes by the frames: the figure is of the work, not of the waiting.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private long ticks = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public long Nanoseconds => (ticks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick;

        public void Step(TimeSpan by) => ticks += by.Ticks;

        public override DateTimeOffset GetUtcNow() => new(ticks, TimeSpan.Zero);

        public override long GetTimestamp() => ticks;
    }
}

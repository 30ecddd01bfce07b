using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Events;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tracing;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Benchmarks.Switch;

/// <summary>
/// What one frame costs in a switch in memory, by the code that a live one runs: 8 ports of interface records, each a member of two of 100
/// security groups with 10 rules each, among 10,000 records with two pairs each, under 1,000 policies.
/// </summary>
internal sealed class SwitchComparison : IComparison
{
    private const int PortCount = 8;
    private const int FlowsOfPair = 64;
    private const int Batch = 64;
    private const int Rounds = 15;
    private const int FramesOfRound = 2_000_000;
    private const double GoalOfFrame = 2;
    private const double GoalOfMemory = 250;
    private const byte Syn = 0x02;
    private const byte Acknowledge = 0x10;

    public string Name => "switch";

    public string Description => "a frame through the whole switch in memory, and the memory that 100,000 interface records take";

    public void Run(string[] arguments)
    {
        if (arguments is ["memory"])
        {
            MeasureMemory();
            return;
        }

        MeasureFrames();
        MeasureChanges(records: 10_000);
        MeasureChanges(records: 100_000);
        MeasureMemoryInProcessOfItsOwn();
    }

    private static void MeasureFrames()
    {
        var ports = Enumerable.Range(0, PortCount).Select(_ => new NoWire("memory")).ToArray();
        var bridge = Start(SwitchWorkload.Configuration(records: 10_000, policies: 1_000), ports);
        var frames = new List<(int Port, byte[] Bytes)>();
        long now = FrameTime.Now(TimeProvider.System);
        foreach (int from in Enumerable.Range(0, PortCount))
        {
            foreach (int to in Enumerable.Range(0, PortCount).Where(to => to != from))
            {
                for (int flow = 0; flow < FlowsOfPair; flow++)
                {
                    Forward(bridge, from, SwitchWorkload.Segment(from, to, flow, Syn), now);
                    frames.Add((from, SwitchWorkload.Segment(from, to, flow, Acknowledge)));
                }
            }
        }

        // In random sequence: no two frames of a flow behind each other.
        (int Port, byte[] Bytes)[] shuffled = [.. frames];
        new Random(1).Shuffle(shuffled);
        var yardstick = Yardstick.For(shuffled);
        var (figures, yardsticks) = (new List<double>(), new List<double>());
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // In turn, so that a machine that becomes slower is slower for both.
            yardsticks.Add(yardstick.Measure(FramesOfRound));
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            Drive(bridge, shuffled, now);
            figures.Add(Stopwatch.GetElapsedTime(started).TotalNanoseconds / FramesOfRound);
            allocated = GC.GetAllocatedBytesForCurrentThread() - bytes;
        }

        double ratio = figures.Zip(yardsticks, (figure, least) => figure / least).Order().ElementAt(Rounds / 2);
        long taken = ports.Sum(port => port.Taken);
        long expected = frames.Count + ((long)FramesOfRound * Rounds);
        if (taken != expected)
        {
            throw new InvalidOperationException($"{taken} of {expected} frames were forwarded: the figure is not what it says.");
        }

        Console.WriteLine(
            $"{PortCount} ports, 10,000 records, 1,000 policies, 100 groups of 10 rules, {shuffled.Length} flows: "
            + $"median {figures.Order().ElementAt(Rounds / 2):F1} ns a frame, best {figures.Min():F1}, worst {figures.Max():F1}; "
            + $"{ratio:F2} of the yardstick, {yardsticks.Order().ElementAt(Rounds / 2):F1} ns (goal: under {GoalOfFrame}); "
            + $"allocated per frame: {(double)allocated / FramesOfRound} bytes (goal: 0)");
    }

    private static void Drive(MacSwitch bridge, (int Port, byte[] Bytes)[] frames, long now)
    {
        int next = 0;
        for (int done = 0; done < FramesOfRound; done += Batch)
        {
            bridge.Enter();
            var none = default(NoTrace);
            for (int i = 0; i < Batch; i++)
            {
                ref readonly var frame = ref frames[next];
                bridge.Forward(bridge.Ports[frame.Port], new Frame(frame.Bytes, frame.Bytes.Length, now), ref none);
                next = next + 1 == frames.Length ? 0 : next + 1;
            }

            bridge.FinishBatch(now);
            bridge.Exit();
        }
    }

    private static void Forward(MacSwitch bridge, int port, byte[] bytes, long now)
    {
        var none = default(NoTrace);
        bridge.Enter();
        var verdict = bridge.Forward(bridge.Ports[port], new Frame(bytes, bytes.Length, now), ref none);
        bridge.Exit();
        if (verdict.Action != PolicyAction.Allow)
        {
            throw new InvalidOperationException($"A frame that should open a flow was refused: {verdict}.");
        }
    }

    /// <summary>From the new configuration to the tables in force: a record joins a group, and a record gets another address.</summary>
    private static void MeasureChanges(int records)
    {
        var ports = Enumerable.Range(0, PortCount).Select(_ => new NoWire("memory")).ToArray();
        var snapshot = SwitchWorkload.Configuration(records, policies: 1_000);
        var bridge = Start(snapshot, ports);
        var policies = DecisionTable.Compile(snapshot);
        var (joining, moving) = (new List<double>(), new List<double>());
        for (int i = 1; i <= Rounds; i++)
        {
            var record = snapshot.Interfaces[i];
            joining.Add(Use(record with { SecurityGroup = [.. record.SecurityGroup, "group-7"] }));
            moving.Add(Use(record with { MacAddress = new MacAddress(0x0A00_0000_0000 + (ulong)i) }));

            double Use(MacInterface changed)
            {
                snapshot = snapshot with { Interfaces = snapshot.Interfaces.SetItem(i, changed) };
                long started = Stopwatch.GetTimestamp();
                ((IForwardingEngine)bridge).Prepare(snapshot, policies)();
                return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }

        Console.WriteLine(
            $"{records:N0} records: a record that joins a group is in force after {joining.Order().ElementAt(Rounds / 2):F1} ms (slowest {joining.Max():F1}), "
            + $"another address of a record after {moving.Order().ElementAt(Rounds / 2):F1} ms (slowest {moving.Max():F1})");
    }

    private static MacSwitch Start(ConfigurationSnapshot snapshot, NoWire[] wires)
    {
        var assignments = wires.Select((wire, port) =>
            new SwitchPortAssignment(new SwitchPortSettings { Adapter = $"{wire.Name}{port}", MacInterface = SwitchWorkload.NameOf(port) }, wire, wire));
        var bridge = new MacSwitch(new SwitchLayout([.. assignments], new SwitchOptions()), new EnforcerOptions(), new EnforcerEventQueue(capacity: 16));
        var table = DecisionTable.Compile(snapshot);
        ((IForwardingEngine)bridge).Prepare(snapshot, table)();
        return bridge;
    }

    private static void MeasureMemoryInProcessOfItsOwn()
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["switch", "memory"]) { UseShellExecute = false })!;
        process.WaitForExit();
    }

    private static void MeasureMemory()
    {
        var ports = Enumerable.Range(0, PortCount).Select(_ => new NoWire("memory")).ToArray();
        var snapshot = SwitchWorkload.Configuration(records: 100_000, policies: 1_000);
        double configured = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        long started = Stopwatch.GetTimestamp();
        var bridge = Start(snapshot, ports);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(
            $"100,000 records with 2 pairs each: {GC.GetTotalMemory(forceFullCollection: true) / 1e6:F0} MB in objects ({configured:F0} of them the records themselves), "
            + $"{self.WorkingSet64 / 1e6:F0} MB the whole process, {self.PeakWorkingSet64 / 1e6:F0} MB at its peak (goal: under {GoalOfMemory}); compiled in {milliseconds:F0} ms");
        GC.KeepAlive((bridge, snapshot));
    }
}

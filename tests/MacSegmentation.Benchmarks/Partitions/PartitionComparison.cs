using System.Collections.Immutable;
using System.Diagnostics;
using MacSegmentation.Addressing;
using MacSegmentation.Benchmarks.Switch;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Switch;
using MacSegmentation.Tags;

namespace MacSegmentation.Benchmarks.Partitions;

/// <summary>What partitions cost a frame over a switch that has MAC policies only, and what they and a changed tag take to be put in force.</summary>
internal sealed class PartitionComparison : IComparison
{
    private const int PortCount = 8;
    private const int FlowsOfPair = 64;
    private const int Batch = 64;
    private const int Rounds = 15;
    private const int FramesOfRound = 1_000_000;

    public string Name => "partition";

    public string Description => "a frame with partitions over one without, compiling and changing them";

    public void Run(string[] arguments)
    {
        MeasureFrames(records: 10_000, classes: 100);
        MeasureFrames(records: 100_000, classes: 1_000);
        MeasureCompiling(records: 100_000, tags: 5_000, partitions: 1_000, policies: 10_000);
    }

    private static void MeasureFrames(int records, int classes)
    {
        var plain = SwitchWorkload.Configuration(records, policies: 1_000);
        plain = (plain with { Interfaces = [.. plain.Interfaces.Select(record => record with { SecurityGroup = [] })] }).With<SecurityGroups.MacSecurityGroup>([]);
        var tagged = (plain with { Interfaces = [.. plain.Interfaces.Select((record, index) => record with { Tag = [MacTag.OfText($"tag-{index % classes}")] })] })
            .With<MacPartition>([.. Enumerable.Range(0, classes).Select(number => Admitting(number, classes))]);
        var (without, with) = (new Driven(plain), new Driven(tagged));
        var (before, after) = (new List<double>(), new List<double>());
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            before.Add(without.Measure(out _));
            after.Add(with.Measure(out long bytes));
            allocated = bytes;
        }

        double cost = before.Zip(after, (one, other) => other - one).Order().ElementAt(Rounds / 2);
        Console.WriteLine(
            $"{records:N0} records in {classes:N0} classes: without partitions {before.Order().ElementAt(Rounds / 2):F1} ns a frame, with {after.Order().ElementAt(Rounds / 2):F1}; "
            + $"median of {Rounds} differences {cost:F1} ns (goal: under 25 at 10,000 records); allocated per frame: {(double)allocated / FramesOfRound} bytes (goal: 0)");
    }

    private static MacPartition Admitting(int number, int classes) => new()
    {
        Id = number + 1,
        Name = $"partition-{number}",
        Tag = [MacTag.OfText($"tag-{number}")],
        Policy =
        [
            Policy(number, 1, PartitionPeer.OfPartition($"partition-{(number + 1) % classes}")) with { Protocol = IpProtocol.Udp, Action = PartitionAction.Deny },
            Policy(number, 2, PartitionPeer.Any) with { Protocol = IpProtocol.Tcp },
            Policy(number, 3, PartitionPeer.Any) with { Action = PartitionAction.Deny },
        ],
    };

    private static MacPartitionPolicy Policy(int partition, int order, PartitionPeer peer) => new()
    {
        PolicyId = (partition * 100L) + order,
        Partition = $"partition-{partition}",
        Order = order,
        Peer = peer,
        Action = PartitionAction.Allow,
    };

    private static void MeasureCompiling(int records, int tags, int partitions, int policies)
    {
        var random = new Random(1);
        var plain = SwitchWorkload.Configuration(records, policies: 1);
        MacInterface[] tagged = [.. plain.Interfaces.Select(record => record with { Tag = [.. Enumerable.Range(0, 3).Select(_ => MacTag.OfText($"tag-{random.Next(tags)}")).Distinct()] })];
        var snapshot = (plain with { Interfaces = [.. tagged] }).With<SecurityGroups.MacSecurityGroup>([]).With<MacPartition>([.. Enumerable.Range(0, partitions).Select(number => new MacPartition
        {
            Id = number + 1,
            Name = $"partition-{number}",
            Match = PartitionMatch.Any,
            Tag = [MacTag.OfText($"tag-{random.Next(tags)}"), MacTag.OfText($"tag-{random.Next(tags)}")],
            Policy = [.. Enumerable.Range(1, policies / partitions).Select(order => Policy(number, order, PartitionPeer.OfPartition($"partition-{random.Next(partitions)}")))],
        })]);
        var (compiled, changed) = (new List<double>(), new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            // All but the partitions is in force already: what is measured is them.
            var bridge = Driven.Start(snapshot.With<MacPartition>([]));
            long started = Stopwatch.GetTimestamp();
            ((IForwardingEngine)bridge).Prepare(snapshot with { Revision = 2 }, DecisionTable.Compile(snapshot))();
            compiled.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            ImmutableArray<MacInterface> others = [.. tagged[..^1], tagged[^1] with { Tag = [MacTag.OfText("tag-1")] }];
            var next = snapshot with { Revision = 3, Interfaces = others };
            var policiesOfNext = DecisionTable.Compile(next);
            started = Stopwatch.GetTimestamp();
            ((IForwardingEngine)bridge).Prepare(next, policiesOfNext)();
            changed.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Console.WriteLine(
            $"{records:N0} records, {tags:N0} tags, {partitions:N0} partitions, {policies:N0} policies: in force after {compiled.Order().ElementAt(Rounds / 2):F0} ms (goal: under 2,000), "
            + $"a record's tag after {changed.Order().ElementAt(Rounds / 2):F1} ms, slowest {changed.Max():F1} (goal: under 50)");
    }

    /// <summary>A switch in memory and the frames that it is given.</summary>
    private sealed class Driven
    {
        private readonly MacSwitch bridge;
        private readonly (int Port, byte[] Bytes)[] frames;
        private readonly long now = FrameTime.Now(TimeProvider.System);

        public Driven(ConfigurationSnapshot snapshot)
        {
            bridge = Start(snapshot);
            frames =
            [
                .. from port in Enumerable.Range(0, PortCount)
                   from to in Enumerable.Range(0, PortCount)
                   where to != port
                   from flow in Enumerable.Range(0, FlowsOfPair)
                   select (port, SwitchWorkload.Segment(port, to, flow, 0x10)),
            ];
            new Random(1).Shuffle(frames);
        }

        public static MacSwitch Start(ConfigurationSnapshot snapshot)
        {
            var ports = Enumerable.Range(0, PortCount).Select(number => new NoWire($"memory-{number}")).ToArray();
            var assignments = ports.Select((port, number) => new SwitchPortAssignment(new SwitchPortSettings { Adapter = port.Name, MacInterface = SwitchWorkload.NameOf(number) }, port, port));
            var made = new MacSwitch(new SwitchLayout([.. assignments], new SwitchOptions()), new EnforcerOptions(), new EnforcerEventQueue(capacity: 1_000));
            ((IForwardingEngine)made).Prepare(snapshot, DecisionTable.Compile(snapshot))();
            return made;
        }

        /// <summary>Nanoseconds a frame.</summary>
        public double Measure(out long allocated)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
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

            double figure = Stopwatch.GetElapsedTime(started).TotalNanoseconds / FramesOfRound;
            allocated = GC.GetAllocatedBytesForCurrentThread() - bytes;
            return figure;
        }
    }
}

using MacSegmentation.Events;
using MacSegmentation.Ingress;
using MacSegmentation.Pipeline;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Profiles;
using MacSegmentation.Queues;
using MacSegmentation.Stores;
using MacSegmentation.Workers;

namespace MacSegmentation.Switch;

/// <summary>
/// A switch whose ports are connected across: a bump in the wire, or the way from one capture to another. Its directions share nothing but the flows that partitions have admitted, so
/// each has a pipeline and a thread of its own.
/// </summary>
internal sealed class Wire : IForwardingEngine
{
    private readonly PortService<WireKind>[] directions;
    private readonly FramePipeline<WireKind>[] pipelines;
    private readonly FairLock[] turns;

    public Wire(IEnumerable<EnforcerRoute> routes, EnforcerOptions options, EnforcerEventQueue events)
    {
        ArgumentNullException.ThrowIfNull(routes);
        EnforcerRoute[] all = [.. routes];
        ArgumentOutOfRangeException.ThrowIfZero(all.Length, nameof(routes));
        turns = [.. all.Select(_ => new FairLock())];
        pipelines = new FramePipeline<WireKind>[all.Length];
        directions = new PortService<WireKind>[all.Length];

        // Of one direction, such as that of a capture, both ends are one: questions and answers come the same way.
        ulong seed = options.DrawSeed();
        var flows = new PartitionFlows(PartitionFlows.DefaultCapacity, isShared: all.Length > 1);
        for (int i = 0; i < all.Length; i++)
        {
            var route = all[i];
            var clock = new QueueClock(route.IsCapture ? null : options.TimeProvider);
            bool hasProfile = route.Profile is not null || route.Scenario is not null;
            var from = new SwitchPort(0, Side(route, route.Source.Name) with { IngressQueue = route.IngressQueue }, clock) { MayQueue = hasProfile && !route.IsTowardsInstance };
            var to = new SwitchPort(1, Side(route, route.Sink.Name) with { EgressQueue = route.EgressQueue }, clock) { MayQueue = hasProfile && route.IsTowardsInstance };
            ProfileUse[] uses = [new ProfileUse(route.Profile, from.MayQueue, HasToInstance: false, route.Scenario), new ProfileUse(route.Profile, HasFromInstance: false, to.MayQueue, route.Scenario)];
            uint[] numbers = all.Length == 1 ? [0, 0] : [(uint)i, (uint)(1 - i)];
            pipelines[i] = new FramePipeline<WireKind>(from, to, new ReceiveRules(NativeVlan: route.NativeVlanId, AdmitsCut: route.IsCapture), clock, numbers, flows, uses, events, seed + (ulong)i);
            directions[i] = new PortService<WireKind>(from, [to], pipelines[i], turns[i], clock, options, events, route);
        }
    }

    /// <summary>The directions, in the order of the routes.</summary>
    public IReadOnlyList<PortService<WireKind>> Directions => directions;

    public IReadOnlyList<IServedPort> Ports => directions;

    public Action Prepare(ConfigurationSnapshot snapshot, DecisionTable policies)
    {
        Action[] commits = [.. pipelines.Select(pipeline => pipeline.Prepare(snapshot, policies))];
        return () =>
        {
            for (int i = 0; i < commits.Length; i++)
            {
                turns[i].Enter();
                try
                {
                    commits[i]();
                }
                finally
                {
                    turns[i].Exit();
                }
            }
        };
    }

    public long[] ReadPolicyHits()
    {
        long[] sum = pipelines[0].Policy.Hits.ReadAll();
        foreach (var other in pipelines.Skip(1))
        {
            long[] counts = other.Policy.Hits.ReadAll();
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += counts[i];
            }
        }

        return sum;
    }

    public IReadOnlyList<PartitionHits> ReadPartitionHits() =>
    [
        .. pipelines
            .SelectMany(pipeline => pipeline.Partitions.ReadHits())
            .GroupBy(hits => hits.Policy.PolicyId)
            .Select(same => same.First() with { Frames = same.Sum(hits => hits.Frames) }),
    ];

    private static SwitchPortAssignment Side(EnforcerRoute route, string name) =>
        new(new SwitchPortSettings { Adapter = name, IsUplink = true }, route.Source, route.Sink);

    public IReadOnlyList<IWorker> MakeWorkers() => 
        [.. directions.SelectMany(direction => WorkerFactory.MakeFor(direction.Name, [direction], isTimed: !direction.Route!.IsCapture))];
}

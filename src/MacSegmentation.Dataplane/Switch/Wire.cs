using MacSegmentation.Events;
using MacSegmentation.Ingress;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;
using MacSegmentation.Workers;

namespace MacSegmentation.Switch;

/// <summary>
/// A switch whose ports are connected across: a bump in the wire, or the way from one capture to another. Its directions share nothing, so each has a pipeline
/// and a thread of its own.
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
        for (int i = 0; i < all.Length; i++)
        {
            var route = all[i];
            var from = new SwitchPort(0, new SwitchPortAssignment(new SwitchPortSettings { Interface = route.Source.Name, IsUplink = true }, route.Source, route.Sink));
            var to = new SwitchPort(1, new SwitchPortAssignment(new SwitchPortSettings { Interface = route.Sink.Name, IsUplink = true }, route.Source, route.Sink));
            pipelines[i] = new FramePipeline<WireKind>(from, to, new ReceiveRules(NativeVlan: route.NativeVlanId, AdmitsCut: route.IsCapture));
            directions[i] = new PortService<WireKind>(from, [to], pipelines[i], turns[i], options, events, route);
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

    public IReadOnlyList<IWorker> MakeWorkers() => [.. directions.Select(direction => WorkerFactory.MakeFor(direction.Name, [direction]).Single())];
}

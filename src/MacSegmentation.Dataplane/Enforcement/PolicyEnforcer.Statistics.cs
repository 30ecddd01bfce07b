using MacSegmentation.Counting;
using MacSegmentation.Emulation;
using MacSegmentation.Partitions;
using MacSegmentation.Policies;
using MacSegmentation.Profiles;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcement;

/// <content>What it tells of itself; from any thread.</content>
public sealed partial class PolicyEnforcer
{
    /// <summary>What it did so far.</summary>
    public EnforcerStatistics GetStatistics()
    {
        lock (gate)
        {
            long now = clock.GetTimestamp();
            var elapsed = clock.GetElapsedTime(startedAt, endedAt == 0 ? now : endedAt);
            TrafficCounts[] each = [.. ports.Select(port => new TrafficCounts(port.ReadTraffic()))];
            var total = each.Aggregate(TrafficCounts.Zero, (sum, one) => sum.Add(one));
            return new EnforcerStatistics
            {
                Time = clock.GetUtcNow(),
                Elapsed = elapsed,
                State = state,
                Total = total,
                Directions = engine is Wire wire ? [.. wire.Directions.Zip(each, Describe)] : [],
                Ports = Switch?.DescribePorts() ?? [],
                Rates = meter.Measure(elapsed, total),
                TableRevision = table.Revision,
                TableAge = clock.GetElapsedTime(swappedAt, now),
                IsStoreReachable = isStoreReachable,
                TableError = tableError?.Message,
                EventsLost = Events.Lost,
            };
        }
    }

    /// <summary>How many frames each policy of the table in force decided over, in the table's order.</summary>
    public IReadOnlyList<PolicyHits> GetPolicyHits()
    {
        DecisionTable active;
        long[] frames;
        lock (gate)
        {
            active = table;
            frames = engine.ReadPolicyHits();
        }

        var hits = new PolicyHits[frames.Length];
        for (int i = 0; i < hits.Length; i++)
        {
            hits[i] = new PolicyHits(active.Policies[i], frames[i]);
        }

        return hits;
    }

    /// <summary>How many frames each policy of the partitions in force decided over, or would have if it is staged; by partition and place.</summary>
    public IReadOnlyList<PartitionHits> GetPartitionHits()
    {
        lock (gate)
        {
            return engine.ReadPartitionHits();
        }
    }

    /// <summary>What came in by the ports of interface records; from any thread.</summary>
    /// <param name="into">Gets an entry for each of them.</param>
    internal void ReadArrivals(List<PortArrivals> into) => engine.ReadArrivals(into);

    /// <summary>What goes by the ports of interface records, and what their profiles do; from any thread. All who look within moments share one look.</summary>
    /// <param name="isNew">True to look anew.</param>
    internal IReadOnlyList<NicLook> LookAtNics(bool isNew = false) => nics.Look(configuration.Of<MacProfile>(), isNew);

    private static DirectionStatistics Describe(PortService<WireKind> direction, TrafficCounts counts)
    {
        var route = direction.Route!;
        return new DirectionStatistics(route.Source.Name, route.Sink.Name, route.NativeVlanId, direction.IsUp, counts) { Link = direction.DescribeLink() };
    }
}

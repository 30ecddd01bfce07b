using System.Collections.Frozen;
using System.Collections.Immutable;
using MacSegmentation.Conditions;
using MacSegmentation.Counting;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Looks at the ports of interface records, and finds where the condition of a trigger is met. One thread at a time.</summary>
internal sealed class TriggerWatch
{
    private readonly Dictionary<long, PortCounts> ports = [];
    private ConfigurationSnapshot? known;
    private ImmutableArray<MacSecurityTrigger> triggers = [];
    private WatchedTrigger[] watched = [];
    private MacConditionComparison[] comparisons = [];
    private FrozenDictionary<string, MacPartition> partitions = FrozenDictionary<string, MacPartition>.Empty;
    private FrozenSet<(string Trigger, string Interface)> inForce = FrozenSet<(string, string)>.Empty;

    /// <summary>Looks once.</summary>
    /// <param name="snapshot">The configuration in force.</param>
    /// <param name="arrivals">What has come in by the ports.</param>
    /// <param name="now">When, in ticks of 100 ns of a clock that never goes back.</param>
    /// <param name="met">Told of each trigger whose condition is met, with the record and what was counted there; not of one that is in force at the record.</param>
    public void Look(ConfigurationSnapshot snapshot, List<PortArrivals> arrivals, long now, Action<MacSecurityTrigger, MacInterface, string> met)
    {
        if (!ReferenceEquals(snapshot, known))
        {
            Take(snapshot);
        }

        if (watched.Length == 0)
        {
            ports.Clear();
            return;
        }

        foreach (var arrival in arrivals)
        {
            if (!ports.TryGetValue(arrival.Record.InterfaceId, out var port))
            {
                ports.Add(arrival.Record.InterfaceId, new PortCounts(arrival, now));
                continue;
            }

            port.Look(arrival, now, comparisons);
            if (port.HasAny)
            {
                Judge(port, arrival.Record, now, met);
            }
        }

        if (ports.Count > arrivals.Count)
        {
            var present = arrivals.Select(arrival => arrival.Record.InterfaceId).ToHashSet();
            foreach (long gone in ports.Keys.Where(id => !present.Contains(id)).ToArray())
            {
                ports.Remove(gone);
            }
        }
    }

    private void Judge(PortCounts port, MacInterface record, long now, Action<MacSecurityTrigger, MacInterface, string> met)
    {
        foreach (var (trigger, condition) in watched)
        {
            if (port.Meets(condition, trigger.Name)
                && !inForce.Contains((trigger.Name, record.Name))
                && SecurityTriggerCatalog.Watches(trigger, record, name => partitions.GetValueOrDefault(name)))
            {
                string counted = port.Describe(condition, trigger.Name);
                port.SpentAt[trigger.Name] = now;
                met(trigger, record, counted);
            }
        }
    }

    private void Take(ConfigurationSnapshot snapshot)
    {
        var next = snapshot.Of<MacSecurityTrigger>();
        if (next != triggers)
        {
            triggers = next;
            watched = [.. next.Where(trigger => !trigger.IsDisabled).Select(trigger => new WatchedTrigger(trigger, SecurityTriggerCatalog.Parse(trigger.When)))];
            comparisons = [.. watched.SelectMany(trigger => trigger.Condition.Comparisons).DistinctBy(PortCounts.KeyOf)];
        }

        partitions = snapshot.Of<MacPartition>().ToFrozenDictionary(partition => partition.Name, StringComparer.OrdinalIgnoreCase);
        inForce = snapshot.Of<TriggerHold>().Select(hold => (hold.Trigger, hold.Interface)).ToFrozenSet();

        // What is gone takes no memory.
        var asked = comparisons.Select(PortCounts.KeyOf).ToFrozenSet();
        var names = triggers.Select(trigger => trigger.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        foreach (var port in ports.Values)
        {
            port.Keep(asked, names);
        }

        known = snapshot;
    }
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using MacSegmentation.Conditions;
using MacSegmentation.Counting;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityTriggers;

/// <summary>Looks at the ports of interface records, and finds where the condition of a trigger is met. One thread at a time.</summary>
/// <param name="unreadable">Told once of each trigger whose condition cannot be read, as a newer version's, and why: the others are watched.</param>
internal sealed class TriggerWatch(Action<MacSecurityTrigger, string> unreadable)
{
    private readonly Dictionary<long, PortCounts> ports = [];
    private readonly HashSet<(string Trigger, string When)> unreadableTold = [];
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

    private WatchedTrigger? Read(MacSecurityTrigger trigger)
    {
        try
        {
            return new WatchedTrigger(trigger, SecurityTriggerCatalog.Parse(trigger.When));
        }
        catch (MacSegmentationException error)
        {
            // Each change of any trigger reads all of them anew.
            if (unreadableTold.Add((trigger.Name, trigger.When)))
            {
                unreadable(trigger, error.Message);
            }

            return null;
        }
    }

    private void Take(ConfigurationSnapshot snapshot)
    {
        var next = snapshot.Of<MacSecurityTrigger>();
        if (next != triggers)
        {
            watched = [.. next.Where(trigger => !trigger.IsDisabled).Select(Read).OfType<WatchedTrigger>()];
            comparisons = [.. watched.SelectMany(trigger => trigger.Condition.Comparisons).DistinctBy(PortCounts.KeyOf)];
            triggers = next;
        }

        partitions = snapshot.Of<MacPartition>().ToFrozenDictionary(partition => partition.Name, StringComparer.OrdinalIgnoreCase);
        inForce = snapshot.Of<TriggerHold>().Select(hold => (hold.Trigger, hold.Interface)).ToFrozenSet();

        // What is gone takes no memory.
        var asked = comparisons.Select(PortCounts.KeyOf).ToFrozenSet();
        unreadableTold.IntersectWith(triggers.Select(trigger => (trigger.Name, trigger.When)));
        var names = triggers.Select(trigger => trigger.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        foreach (var port in ports.Values)
        {
            port.Keep(asked, names);
        }

        known = snapshot;
    }
}

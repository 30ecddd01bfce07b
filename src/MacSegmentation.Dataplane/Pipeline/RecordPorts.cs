using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ports;

namespace MacSegmentation.Pipeline;

/// <summary>At which port each interface record is: those that a port was given for, and instances that a spare port is for as long as they want one. Immutable.</summary>
internal sealed class RecordPorts
{
    private readonly Dictionary<string, int> portOf;

    private RecordPorts(Dictionary<string, int> portOf, IReadOnlyList<MacInterface> unplaced)
    {
        this.portOf = portOf;
        Unplaced = unplaced;
    }

    /// <summary>Instances that want a port, and no spare one was left for.</summary>
    public IReadOnlyList<MacInterface> Unplaced { get; }

    /// <summary>True if no record has a port.</summary>
    public bool IsEmpty => portOf.Count == 0;

    /// <summary>The records that ports were given for.</summary>
    public static RecordPorts Of(IReadOnlyList<SwitchPort> ports) => new(
        ports.Where(port => port is { IsSpare: false, Settings.MacInterface: not null }).ToDictionary(port => port.Settings.MacInterface!, port => port.Index, StringComparer.OrdinalIgnoreCase), []);

    /// <summary>The index of a record's port, or −1 if it has none at this switch.</summary>
    public int Find(string name) => portOf.GetValueOrDefault(name, -1);

    /// <summary>The same under the names that records have now, for ports that were given for them. What is made for an instance is made anew under its new name.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="ports">The switch's ports.</param>
    /// <param name="records">The record of each port, before the changes.</param>
    public RecordPorts FollowNames(List<RecordChange> changes, IReadOnlyList<SwitchPort> ports, MacInterface?[] records)
    {
        (string Before, string After, int Port)[] renamed =
        [
            .. changes.Where(change => change is { Before: { } before, After: { } after } && !string.Equals(before.Name, after.Name, StringComparison.OrdinalIgnoreCase))
                .Where(change => Find(change.Before!.Name) is >= 0 and var port && !ports[port].IsSpare && ReferenceEquals(records[port], change.Before))
                .Select(change => (change.Before!.Name, change.After!.Name, Find(change.Before.Name))),
        ];
        if (renamed.Length == 0)
        {
            return this;
        }

        var followed = new Dictionary<string, int>(portOf, StringComparer.OrdinalIgnoreCase);
        foreach (var (before, _, _) in renamed)
        {
            followed.Remove(before);
        }

        foreach (var (_, after, port) in renamed)
        {
            followed[after] = port;
        }

        return new RecordPorts(followed, Unplaced);
    }

    /// <summary>The same after changes of records: spare ports of those that want none any more are free, and those that want one get one.</summary>
    /// <param name="changes">The changes; gets an entry for each record that gets a port without having changed.</param>
    /// <param name="ports">The switch's ports.</param>
    /// <param name="isWanted">True of a record that wants a spare port.</param>
    public RecordPorts With(List<RecordChange> changes, IReadOnlyList<SwitchPort> ports, Predicate<MacInterface> isWanted)
    {
        var changed = changes.Select(change => (change.Before ?? change.After)!.InterfaceId).ToHashSet();
        MacInterface[] waiting = [.. Unplaced.Where(record => !changed.Contains(record.InterfaceId))];
        MacInterface[] candidates = [.. changes.Select(change => change.After).OfType<MacInterface>().Where(isWanted.Invoke), .. waiting.Where(isWanted.Invoke)];
        var gone = changes
            .Where(change => change.Before is { } before && Find(before.Name) is >= 0 and var port && ports[port].IsSpare && (change.After is not { } after || !isWanted(after)))
            .Select(change => change.Before!.Name)
            .ToArray();
        if (candidates.Length == 0 && gone.Length == 0)
        {
            return waiting.Length == Unplaced.Count ? this : new RecordPorts(portOf, []);
        }

        var next = new Dictionary<string, int>(portOf, StringComparer.OrdinalIgnoreCase);
        Array.ForEach(gone, name => next.Remove(name));

        // A port that has become free just now still has the adapter of whom it was for.
        var taken = portOf.Values.Concat(next.Values).ToHashSet();
        var free = new Queue<int>(ports.Where(port => port is { IsSpare: true, Source: SpareSource { IsPlugged: false } } && !taken.Contains(port.Index)).Select(port => port.Index));
        var unplaced = new List<MacInterface>();
        foreach (var record in candidates.Where(record => !next.ContainsKey(record.Name)))
        {
            if (free.TryDequeue(out int port))
            {
                next.Add(record.Name, port);
                if (!changed.Contains(record.InterfaceId))
                {
                    changes.Add(new RecordChange(record, record));
                }
            }
            else
            {
                unplaced.Add(record);
            }
        }

        return new RecordPorts(next, unplaced);
    }
}

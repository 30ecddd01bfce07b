using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;

namespace MacSegmentation.Pipeline;

/// <summary>A configuration on its way to the frames, with what all stages want to know of it, found out once.</summary>
internal sealed class EnforcerTables
{
    private readonly Dictionary<string, int> portOf;

    private EnforcerTables(ConfigurationSnapshot snapshot, DecisionTable policies, Dictionary<string, int> portOf, List<RecordChange>? changes, MacInterface?[] records)
    {
        this.portOf = portOf;
        Snapshot = snapshot;
        Policies = policies;
        Changes = changes;
        Records = records;
    }

    /// <summary>The configuration.</summary>
    public ConfigurationSnapshot Snapshot { get; }

    /// <summary>Its compiled policies.</summary>
    public DecisionTable Policies { get; }

    /// <summary>How the interface records differ from the active ones; null if there are none active yet.</summary>
    public List<RecordChange>? Changes { get; }

    /// <summary>The interface record of each port; null if the port has none, or it was removed. One that has not changed is the same instance.</summary>
    public IReadOnlyList<MacInterface?> Records { get; }

    /// <summary>False if all interface records are the active ones.</summary>
    public bool HasOtherRecords => Changes is not { Count: 0 };

    /// <summary>The index of a record's port, or −1 if it has none at this switch.</summary>
    public int PortOf(MacInterface record) => portOf.GetValueOrDefault(record.Name, -1);

    /// <summary>Compares a configuration with the active one. What it costs follows the difference, but for one look at each record.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="policies">Its compiled policies.</param>
    /// <param name="ports">The switch's ports.</param>
    /// <param name="active">The active one, or null.</param>
    public static EnforcerTables Of(ConfigurationSnapshot snapshot, DecisionTable policies, IReadOnlyList<SwitchPort> ports, EnforcerTables? active)
    {
        var portOf = active?.portOf ?? ports
            .Where(port => port.Settings.MacInterface is not null)
            .ToDictionary(port => port.Settings.MacInterface!, port => port.Index, StringComparer.OrdinalIgnoreCase);
        if (active is null)
        {
            var found = new MacInterface?[ports.Count];
            foreach (var record in portOf.Count == 0 ? [] : snapshot.Interfaces)
            {
                if (portOf.TryGetValue(record.Name, out int port))
                {
                    found[port] = record;
                }
            }

            return new EnforcerTables(snapshot, policies, portOf, changes: null, found);
        }

        var changes = snapshot.Interfaces == active.Snapshot.Interfaces ? [] : RecordChange.List(active.Snapshot.Interfaces.AsSpan(), snapshot.Interfaces.AsSpan());
        MacInterface?[] records = [.. active.Records];
        portOf = FollowNames(portOf, changes, records);
        foreach (var change in changes)
        {
            if (change.Before is { } before && active.portOf.TryGetValue(before.Name, out int port) && ReferenceEquals(records[port], before))
            {
                records[port] = null;
            }
        }

        foreach (var change in changes)
        {
            if (change.After is { } after && portOf.TryGetValue(after.Name, out int port))
            {
                records[port] = after;
            }
        }

        return new EnforcerTables(snapshot, policies, portOf, changes, records);
    }

    /// <summary>A port stays that of its record when the record gets another name: the machine behind it is the same.</summary>
    private static Dictionary<string, int> FollowNames(Dictionary<string, int> portOf, List<RecordChange> changes, MacInterface?[] records)
    {
        (string Before, string After, int Port)[] renamed =
        [
            .. changes.Where(change => change is { Before: { } before, After: { } after } && !string.Equals(before.Name, after.Name, StringComparison.OrdinalIgnoreCase))
                .Where(change => portOf.TryGetValue(change.Before!.Name, out int port) && ReferenceEquals(records[port], change.Before))
                .Select(change => (change.Before!.Name, change.After!.Name, portOf[change.Before.Name])),
        ];
        if (renamed.Length == 0)
        {
            return portOf;
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

        return followed;
    }
}

using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Stores;

namespace MacSegmentation.Pipeline;

/// <summary>A configuration on its way to the frames, with what all stages want to know of it, found out once.</summary>
internal sealed class EnforcerTables
{
    private readonly RecordPorts places;
    private readonly RecordPorts placesBefore;

    private EnforcerTables(ConfigurationSnapshot snapshot, DecisionTable policies, RecordPorts places, RecordPorts placesBefore, List<RecordChange>? changes, MacInterface?[] records)
    {
        this.places = places;
        this.placesBefore = placesBefore;
        Snapshot = snapshot;
        Policies = policies;
        Changes = changes;
        Records = records;
    }

    /// <summary>The configuration.</summary>
    public ConfigurationSnapshot Snapshot { get; }

    /// <summary>Its compiled policies.</summary>
    public DecisionTable Policies { get; }

    /// <summary>How the interface records differ from the active ones, or their ports; null if there are none active yet.</summary>
    public List<RecordChange>? Changes { get; }

    /// <summary>The interface record of each port; null if the port has none, or it was removed. One that has not changed is the same instance.</summary>
    public IReadOnlyList<MacInterface?> Records { get; }

    /// <summary>Instances that the switch is to make a port for, and has none to spare.</summary>
    public IReadOnlyList<MacInterface> Unplaced => places.Unplaced;

    /// <summary>False if all interface records are the active ones, at the same ports.</summary>
    public bool HasOtherRecords => Changes is not { Count: 0 };

    /// <summary>The index of a record's port, or −1 if it has none at this switch.</summary>
    public int PortOf(MacInterface record) => places.Find(record.Name);

    /// <summary>The index of the port that a record has in the active tables, or −1.</summary>
    public int PortBefore(MacInterface record) => placesBefore.Find(record.Name);

    /// <summary>Compares a configuration with the active one. What it costs follows the difference, but for one look at each record.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="policies">Its compiled policies.</param>
    /// <param name="ports">The switch's ports.</param>
    /// <param name="active">The active one, or null.</param>
    /// <param name="attachments">Which instances the switch makes ports for; null for none.</param>
    public static EnforcerTables Of(ConfigurationSnapshot snapshot, DecisionTable policies, IReadOnlyList<SwitchPort> ports, EnforcerTables? active, AttachmentRules? attachments = null)
    {
        if (active is null)
        {
            var given = RecordPorts.Of(ports);
            var found = new MacInterface?[ports.Count];
            foreach (var record in given.IsEmpty ? [] : snapshot.Interfaces)
            {
                if (given.Find(record.Name) is >= 0 and var port)
                {
                    found[port] = record;
                }
            }

            var first = given;
            if (attachments is not null)
            {
                first = given.With([.. snapshot.Interfaces.Where(record => record.Attachment is not null).Select(record => new RecordChange(Before: null, record))], ports, Wanted(attachments, ports, found));
                Place(snapshot.Interfaces.Where(record => record.Attachment is not null), first, found);
            }

            return new EnforcerTables(snapshot, policies, first, given, changes: null, found);
        }

        var changes = snapshot.Interfaces == active.Snapshot.Interfaces ? [] : RecordChange.List(active.Snapshot.Interfaces.AsSpan(), snapshot.Interfaces.AsSpan());
        MacInterface?[] records = [.. active.Records];

        // A port stays that of its record when the record gets another name: the machine behind it is the same.
        var places = active.places.FollowNames(changes, ports, records);
        foreach (var change in changes)
        {
            if (change.Before is { } before && active.PortOf(before) is >= 0 and var port && ReferenceEquals(records[port], before))
            {
                records[port] = null;
            }
        }

        Place(changes.Select(change => change.After).OfType<MacInterface>().Where(record => places.Find(record.Name) is var port && port >= 0 && !ports[port].IsSpare), places, records);
        var next = places;
        if (attachments is not null)
        {
            next = places.With(changes, ports, Wanted(attachments, ports, records));
            Place(changes.Select(change => change.After).OfType<MacInterface>(), next, records);
        }

        return new EnforcerTables(snapshot, policies, next, active.places, changes, records);
    }

    /// <summary>Puts records to their ports.</summary>
    private static void Place(IEnumerable<MacInterface> placed, RecordPorts places, MacInterface?[] records)
    {
        foreach (var record in placed)
        {
            if (places.Find(record.Name) is >= 0 and var port)
            {
                records[port] = record;
            }
        }
    }

    private static Predicate<MacInterface> Wanted(AttachmentRules rules, IReadOnlyList<SwitchPort> ports, MacInterface?[] records) =>
        record => rules.Want(record, vlan => ports.Any(port => !port.IsSpare && port.MembershipWith(records[port.Index]).Carries(vlan)));
}

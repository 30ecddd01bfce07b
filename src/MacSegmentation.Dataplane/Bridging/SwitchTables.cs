using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Bridging;

/// <summary>A configuration compiled for a switch's ports: what decides over its frames, swapped as one reference. Immutable.</summary>
internal sealed class SwitchTables
{
    private readonly ConfigurationSnapshot snapshot;
    private readonly bool[] hasResponder = new bool[Addressing.VlanId.FieldValues];

    private SwitchTables(ConfigurationSnapshot snapshot, DecisionTable policies, long epoch, SwitchTables? previous, IReadOnlyList<SwitchPortSettings> settings)
    {
        this.snapshot = snapshot;
        Policies = policies;
        Epoch = epoch;
        foreach (var vlan in snapshot.Vlans)
        {
            hasResponder[vlan.VlanId] = vlan.ArpResponder;
        }

        // An unchanged part of the configuration keeps what was compiled from it.
        Groups = GroupTable.Compile(snapshot, previous?.Groups);
        if (previous is not null && previous.snapshot.Interfaces == snapshot.Interfaces)
        {
            Records = previous.Records;
            Addresses = previous.Addresses;
            return;
        }

        var byName = settings
            .Select((port, index) => (port.MacInterface, index))
            .Where(port => port.MacInterface is not null)
            .ToDictionary(port => port.MacInterface!, port => port.index, StringComparer.OrdinalIgnoreCase);
        var records = new MacInterface?[settings.Count];
        foreach (var record in snapshot.Interfaces)
        {
            if (byName.TryGetValue(record.Name, out int port))
            {
                records[port] = record;
            }
        }

        Records = records;
        Addresses = previous is null
            ? AddressBook.Compile(snapshot.Interfaces, PortOf)
            : previous.Addresses.With(RecordChange.List(previous.snapshot.Interfaces.AsSpan(), snapshot.Interfaces.AsSpan()), snapshot.Interfaces, PortOf);

        int PortOf(MacInterface record) => byName.GetValueOrDefault(record.Name, -1);
    }

    /// <summary>The policies.</summary>
    public DecisionTable Policies { get; }

    /// <summary>Number of these tables among the enforcer's.</summary>
    public long Epoch { get; }

    /// <summary>The security groups.</summary>
    public GroupTable Groups { get; }

    /// <summary>The interface record of each port; null if the port has none, or it was removed.</summary>
    public IReadOnlyList<MacInterface?> Records { get; }

    /// <summary>The addresses of all interface records.</summary>
    public AddressBook Addresses { get; }

    /// <summary>All interface records.</summary>
    public IReadOnlyList<MacInterface> Interfaces => snapshot.Interfaces;

    /// <summary>Compiles a configuration.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="policies">Its compiled policies.</param>
    /// <param name="epoch">Number of these tables.</param>
    /// <param name="settings">The switch's ports.</param>
    /// <param name="previous">The tables in force.</param>
    public static SwitchTables Compile(
        ConfigurationSnapshot snapshot, DecisionTable policies, long epoch, IReadOnlyList<SwitchPortSettings> settings, SwitchTables? previous) =>
        new(snapshot, policies, epoch, previous, settings);

    /// <summary>True if the switch answers the VLAN's requests for addresses.</summary>
    public bool HasResponder(int vlanId) => hasResponder[vlanId];
}

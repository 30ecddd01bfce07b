using MacSegmentation.Errors;
using MacSegmentation.Ports;
using MacSegmentation.Stores;

namespace MacSegmentation.Switch;

/// <summary>The ports of a switch and how it works.</summary>
/// <param name="Ports">The ports, at least one.</param>
/// <param name="Options">How it works.</param>
public sealed record SwitchLayout(IReadOnlyList<SwitchPortAssignment> Ports, SwitchOptions Options)
{
    /// <summary>Throws what is wrong with ports before any is opened.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="snapshot">The configuration that has their interface records.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidPort, InvalidVlanId, InvalidStormLimit, InvalidAddressLimit, AdapterNamedTwice, InterfacePortTwice, InterfaceNotFound.
    /// </exception>
    public static void Validate(IReadOnlyList<SwitchPortSettings> ports, ConfigurationSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Validate(ports, record => snapshot.Interfaces.Any(known => string.Equals(known.Name, record, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Throws what is wrong with ports before any is opened.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="isRecord">Tells whether there is an interface record of a name.</param>
    /// <inheritdoc cref="Validate(IReadOnlyList{SwitchPortSettings}, ConfigurationSnapshot)" path="/exception"/>
    public static void Validate(IReadOnlyList<SwitchPortSettings> ports, Predicate<string> isRecord)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(isRecord);
        var interfaces = new HashSet<string>(StringComparer.Ordinal);
        var records = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var port in ports)
        {
            port.Validate();
            if (!interfaces.Add(port.Adapter))
            {
                throw SwitchErrors.AdapterNamedTwice(port.Adapter);
            }

            if (port.MacInterface is { } record && !records.TryAdd(record, port.Adapter))
            {
                throw SwitchErrors.RecordNamedTwice(record, records[record], port.Adapter);
            }
        }

        if (records.Keys.FirstOrDefault(record => !isRecord(record)) is { } unknown)
        {
            throw SwitchErrors.RecordNotFound(unknown);
        }
    }
}

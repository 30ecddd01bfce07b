using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Partitions;
using MacSegmentation.Ports;
using MacSegmentation.Stores;

namespace MacSegmentation.Switch;

/// <summary>The ports of a switch and how it works.</summary>
/// <param name="Ports">The ports, at least one.</param>
/// <param name="Options">How it works.</param>
public sealed record SwitchLayout(IReadOnlyList<SwitchPortAssignment> Ports, SwitchOptions Options)
{
    /// <summary>Which instances it makes ports for while it runs; null for none.</summary>
    internal AttachmentRules? Attachments { get; init; }

    /// <summary>The same, with ports for instances that come and go while it runs; an <see cref="Attaching.InstanceAttacher"/> makes their adapters.</summary>
    /// <param name="enforcer">Name of the enforcer by which instances name it, beside its host's; null for none.</param>
    public SwitchLayout WithAttachments(string? enforcer) => this with { Attachments = new AttachmentRules(enforcer, AuditActor.Current.HostName) };

    /// <summary>Throws what is wrong with ports before any is opened.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="snapshot">The configuration that has their interface records.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidPort, InvalidVlanId, InvalidStormLimit, InvalidAddressLimit, AdapterNamedTwice, TunnelNamedTwice, InterfacePortTwice, InterfaceNotFound.
    /// </exception>
    public static void Validate(IReadOnlyList<SwitchPortSettings> ports, ConfigurationSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Validate(ports, record => snapshot.Interfaces.Any(known => string.Equals(known.Name, record, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Says which of the tunnels do not take partitions along, where there are partitions; null if there is nothing to say.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="snapshot">The configuration that has the partitions.</param>
    public static string? WarnOfTunnels(IReadOnlyList<SwitchPortSettings> ports, ConfigurationSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(snapshot);
        string[] mute = [.. ports.Where(port => port.Tunnel is { CarriesPartition: false }).Select(port => port.Name)];
        return mute.Length == 0 || snapshot.Of<MacPartition>().IsEmpty
            ? null
            : $"There are partitions, and {string.Join(", ", mute)} {(mute.Length == 1 ? "does" : "do")} not take their ids along: "
                + "the other ends judge what comes from there by its addresses alone. Set Gbp of a VXLAN port, or OptionClass of a Geneve port, if the remotes understand it.";
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
            if (!interfaces.Add(port.Name))
            {
                throw port.Tunnel is null ? SwitchErrors.AdapterNamedTwice(port.Adapter) : SwitchErrors.TunnelNamedTwice(port.Name);
            }

            if (port.MacInterface is { } record && !records.TryAdd(record, port.Adapter))
            {
                throw SwitchErrors.RecordNamedTwice(record, records[record], port.Adapter);
            }
        }

        // What a tunnel sends on an adapter would come in by the same adapter's own port once more.
        if (ports.FirstOrDefault(port => port.Tunnel is not null && interfaces.Contains(port.Adapter)) is { } both)
        {
            throw SwitchErrors.AdapterNamedTwice(both.Adapter);
        }

        if (records.Keys.FirstOrDefault(record => !isRecord(record)) is { } unknown)
        {
            throw SwitchErrors.RecordNotFound(unknown);
        }
    }
}

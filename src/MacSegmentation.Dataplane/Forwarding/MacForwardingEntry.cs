using MacSegmentation.Addressing;
using MacSegmentation.Reports;

namespace MacSegmentation.Forwarding;

/// <summary>An address that a running switch knows, and where it is.</summary>
public sealed record MacForwardingEntry
{
    /// <summary>What is told of it.</summary>
    public static Report<MacForwardingEntry> Report { get; } = new Report<MacForwardingEntry>()
        .Text("enforcer", entry => entry.Enforcer)
        .Number("vlanId", entry => entry.VlanId)
        .Value<MacAddress>("macAddress", entry => entry.MacAddress)
        .Text("port", entry => entry.Port)
        .Text("interface", entry => entry.Interface)
        .Choice<ForwardingEntryKind>("kind", entry => entry.Kind)
        .Time("since", entry => entry.Since)
        .Time("lastSeen", entry => entry.LastSeen);

    /// <summary>The enforcer's name; null outside a session's enforcers.</summary>
    public string? Enforcer { get; init; }

    /// <summary>The VLAN.</summary>
    public required int VlanId { get; init; }

    /// <summary>The address.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>The network interface that it is behind.</summary>
    public required string Port { get; init; }

    /// <summary>Name of the interface record whose port that is, or null.</summary>
    public string? Interface { get; init; }

    /// <summary>Whether a record says so or a frame did.</summary>
    public required ForwardingEntryKind Kind { get; init; }

    /// <summary>When the first frame came from there; null for a static entry.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the last frame came from there; null for a static entry.</summary>
    public DateTimeOffset? LastSeen { get; init; }
}

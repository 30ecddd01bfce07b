using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Tags;

namespace MacSegmentation.NetworkSessions;

/// <summary>What an instance is launched from.</summary>
public sealed record InstanceRequest
{
    /// <summary>The machine: the name of the instance and of its interface record, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>Its session; null or the empty text for none.</summary>
    public string? Session { get; init; }

    /// <summary>Its VLAN, 1 to 4094; null for its session's.</summary>
    public int? VlanId { get; init; }

    /// <summary>A profile of its own; null or the empty text for that of a rule or its session.</summary>
    public string? Profile { get; init; }

    /// <summary>A certain MAC address; null for the next one of its profile's range, or of its VLAN's pool.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Fixed addresses of its interface record, such as <c>10.0.0.11/24</c>.</summary>
    public IReadOnlyList<string> IPAddress { get; init; } = [];

    /// <summary>Tags of its interface record, in any order; at most 64.</summary>
    public IReadOnlyList<MacTag> Tag { get; init; } = [];

    /// <summary>What an enforcer makes on its Linux host for the instance to use.</summary>
    public AttachmentKind Attach { get; init; }

    /// <summary>Name of the enforcer that makes it, or of its host, 1 to 64 characters; null or the empty text for whichever has a port that carries the VLAN.</summary>
    public string? AttachEnforcer { get; init; }
}

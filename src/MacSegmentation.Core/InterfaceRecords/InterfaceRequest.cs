using MacSegmentation.Addressing;
using MacSegmentation.Tags;

namespace MacSegmentation.InterfaceRecords;

/// <summary>What an interface record is created from.</summary>
public sealed record InterfaceRequest
{
    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>Its VLAN, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>Its MAC address, or null for the next one of the VLAN's pool.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Its fixed addresses with the lengths of their subnets' prefixes, such as <c>10.0.0.11/24</c>.</summary>
    public IReadOnlyList<string> IPAddress { get; init; } = [];

    /// <summary>The machine that it belongs to, 1 to 256 characters, or null for the interface's name.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Whether its port lets in only frames from its own addresses and those of its pairs.</summary>
    public bool PortSecurity { get; init; } = true;

    /// <summary>Whether its port lets in nothing that a DHCP server says.</summary>
    public bool DhcpGuard { get; init; } = true;

    /// <summary>Whether its port lets in no router advertisements and redirects.</summary>
    public bool RouterGuard { get; init; } = true;

    /// <summary>ARP packets a second that its port lets in, 1 to 1,000,000; 0 for no limit.</summary>
    public int ArpRateLimit { get; init; } = MacInterface.DefaultArpRateLimit;

    /// <summary>DHCP messages a second of both families that its port lets in, 1 to 1,000,000; 0 for no limit.</summary>
    public int DhcpRateLimit { get; init; } = MacInterface.DefaultDhcpRateLimit;

    /// <summary>Router solicitations a second that its port lets in, 1 to 1,000,000; 0 for no limit.</summary>
    public int RsRateLimit { get; init; } = MacInterface.DefaultRsRateLimit;

    /// <summary>What its port lets in beside IPv4, IPv6 and ARP: EtherTypes such as <c>0x8847</c>, <c>Llc</c>, or <c>Any</c>.</summary>
    public IReadOnlyList<string> PermittedEtherType { get; init; } = [];

    /// <summary>Whether no security trigger ever tags it.</summary>
    public bool TriggerExempt { get; init; }

    /// <summary>The vNIC profile that its port has; null or empty for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Its tags, in any order; at most 64.</summary>
    public IReadOnlyList<MacTag> Tag { get; init; } = [];
}

using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Configuration;

/// <summary>An interface record of the declarative document.</summary>
public sealed record InterfaceConfiguration
{
    /// <summary>Its name, unique in the document without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>Its MAC address. Null: the one that the record has in this VLAN already, else the next free one of the pool.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Its fixed addresses with the lengths of their subnets' prefixes, such as <c>10.0.0.11/24</c>.</summary>
    public IReadOnlyList<string> IPAddresses { get; init; } = [];

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

    /// <summary>Further addresses that its port may use, in any order.</summary>
    public IReadOnlyList<AddressPairConfiguration> AddressPairs { get; init; } = [];

    /// <summary>Names of the security groups that it is a member of, in any order.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];
}

using MacSegmentation.Addressing;
using MacSegmentation.Tags;
using MacSegmentation.Units;

namespace MacSegmentation.InterfaceRecords;

/// <summary>
/// An interface record: the virtual network adapter (vNIC) of a machine, with the addresses that its port may use and the security groups
/// that it is a member of.
/// </summary>
public sealed record MacInterface
{
    /// <summary>ARP packets a second that a port lets in by default.</summary>
    public const int DefaultArpRateLimit = 15;

    /// <summary>DHCP messages a second that a port lets in by default.</summary>
    public const int DefaultDhcpRateLimit = 15;

    /// <summary>Router solicitations a second that a port lets in by default.</summary>
    public const int DefaultRsRateLimit = 15;

    /// <summary>Running number, which the record keeps for its life.</summary>
    public long InterfaceId { get; init; }

    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>Its VLAN, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>Its own MAC address, unique in its VLAN.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>Its fixed addresses, in the order given; none if it is not held to any.</summary>
    public IReadOnlyList<InterfaceAddress> IPAddress { get; init => field = TextList.Of<InterfaceAddress>(value); } = TextList.Of<InterfaceAddress>([]);

    /// <summary>The machine that it belongs to, 1 to 256 characters; the interface's name if none was given.</summary>
    public required string InstanceId { get; init; }

    /// <summary>True if its port lets in only frames from its own addresses and those of its pairs.</summary>
    public bool PortSecurity { get; init; } = true;

    /// <summary>True if its port lets in nothing that a DHCP server says (Hyper-V's DHCP guard).</summary>
    public bool DhcpGuard { get; init; } = true;

    /// <summary>True if its port lets in no router advertisements and redirects (Hyper-V's router guard).</summary>
    public bool RouterGuard { get; init; } = true;

    /// <summary>ARP packets a second that its port lets in, 1 to 1,000,000; 0 for no limit.</summary>
    public int ArpRateLimit { get; init; } = DefaultArpRateLimit;

    /// <summary>DHCP messages a second of both families that its port lets in, 1 to 1,000,000; 0 for no limit.</summary>
    public int DhcpRateLimit { get; init; } = DefaultDhcpRateLimit;

    /// <summary>Router solicitations a second that its port lets in, 1 to 1,000,000; 0 for no limit.</summary>
    public int RsRateLimit { get; init; } = DefaultRsRateLimit;

    /// <summary>
    /// What its port lets in beside IPv4, IPv6 and ARP while port security is on, as <see cref="PermittedEtherTypes"/> writes it, by number; none by default.
    /// </summary>
    public IReadOnlyList<string> PermittedEtherType { get; init => field = TextList.Of<string>(value); } = TextList.Of<string>([]);

    /// <summary>True if no security trigger ever tags it.</summary>
    public bool TriggerExempt { get; init; }

    /// <summary>Its tags: texts, whole numbers and JSON values, each once; at most 64.</summary>
    public IReadOnlyList<MacTag> Tag { get; init => field = TagList.Of(value); } = TagList.None;

    /// <summary>Its allowed address pairs, by address.</summary>
    public IReadOnlyList<MacAddressPair> AddressPair { get; init => field = TextList.Of<MacAddressPair>(value); } = TextList.Of<MacAddressPair>([]);

    /// <summary>Names of the security groups that it is a member of, ascending.</summary>
    public IReadOnlyList<string> SecurityGroup { get; init => field = TextList.Of<string>(value); } = TextList.Of<string>([]);

    /// <summary>Name of the vNIC profile that its port has; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Name of the session that it belongs to as an instance; null for none.</summary>
    public string? Session { get; init; }

    /// <summary>What an enforcer is to make for it as an instance; null for nothing.</summary>
    public InterfaceAttachment? Attachment { get; init; }

    /// <summary>True if the record's MAC address was taken from the VLAN's pool for it and goes back when the record goes.</summary>
    public bool HoldsAllocation { get; init; }

    /// <summary>The machine, under the name by which Hyper-V's cmdlets bind it.</summary>
    public string VMName => InstanceId;

    /// <summary>The MAC address in the form that Set-VMNetworkAdapter wants: 12 capital digits.</summary>
    public string StaticMacAddress => MacAddress.ToString("N");
}

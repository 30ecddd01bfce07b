using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Naming;
using MacSegmentation.Pools;
using MacSegmentation.Tags;

namespace MacSegmentation.InterfaceRecords;

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

    /// <summary>DHCP messages a second of both families that its port lets in, 1 to 1,000,000; 0 for no limit.</summary>
    public int DhcpRateLimit { get; init; } = MacInterface.DefaultDhcpRateLimit;

    /// <summary>Router solicitations a second that its port lets in, 1 to 1,000,000; 0 for no limit.</summary>
    public int RsRateLimit { get; init; } = MacInterface.DefaultRsRateLimit;

    /// <summary>What its port lets in beside IPv4, IPv6 and ARP: EtherTypes such as <c>0x8847</c>, <c>Llc</c>, or <c>Any</c>.</summary>
    public IReadOnlyList<string> PermittedEtherTypes { get; init; } = [];

    /// <summary>Whether no security trigger ever tags it.</summary>
    public bool TriggerExempt { get; init; }

    /// <summary>The vNIC profile that its port has, or null.</summary>
    public string? Profile { get; init; }

    /// <summary>Its tags, in any order; at most 64.</summary>
    public IReadOnlyList<MacTag> Tags { get; init; } = [];

    /// <summary>Further addresses that its port may use, in any order.</summary>
    public IReadOnlyList<AddressPairConfiguration> AddressPairs { get; init; } = [];

    /// <summary>Names of the security groups that it is a member of, in any order.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<InterfaceConfiguration> Document { get; } = new DocumentObject<InterfaceConfiguration>("interface", "an interface", new() { Name = string.Empty })
        .Required(
            "name",
            "Its name, unique in the document whatever its case.",
            RecordName.Type,
            record => record.Name,
            (record, name) => record with { Name = name },
            "InvalidInterfaceName",
            "InterfaceNameReserved")
        .Optional(
            "macAddress",
            "Its MAC address. Without it: the one that the interface has in this VLAN already, else the next free one of the pool. One that lies in the VLAN's pool is allocated to the interface's machine.",
            AddressTypes.Address,
            record => record.MacAddress,
            (record, address) => record with { MacAddress = address },
            "AddressNotInPool",
            "AddressAllocated",
            "InterfaceAddressTaken",
            "GroupAddressNotAllowed",
            "ZeroAddressNotAllowed")
        .List(
            "ipAddresses",
            "Its fixed addresses with the lengths of their subnets' prefixes, such as 10.0.0.11/24 or fd00::11/64. Without any, its port is held to its MAC address only.",
            AddressTypes.InterfaceAddress,
            record => record.IPAddresses,
            (record, addresses) => record with { IPAddresses = addresses },
            (record, error) => error.ErrorId is "InvalidInterfaceAddress" or "DuplicateIPAddress" or "IPAddressTaken" ? IndexOf(error.Target, record.IPAddresses) : null)
        .Optional(
            "instanceId",
            "The machine that it belongs to. Without it: the interface's name.",
            AllocationConfiguration.InstanceType,
            record => record.InstanceId,
            (record, instanceId) => record with { InstanceId = instanceId },
            "InvalidInstanceId")
        .Optional(
            "portSecurity",
            "Whether its port lets in only frames from its own addresses and those of its pairs.",
            FlagType.Instance,
            record => record.PortSecurity,
            (record, isOn) => record with { PortSecurity = isOn })
        .Optional("dhcpGuard", "Whether its port lets in nothing that a DHCP server says.", FlagType.Instance, record => record.DhcpGuard, (record, isOn) => record with { DhcpGuard = isOn })
        .Optional("routerGuard", "Whether its port lets in no router advertisements and redirects.", FlagType.Instance, record => record.RouterGuard, (record, isOn) => record with { RouterGuard = isOn })
        .Optional(
            "arpRateLimit",
            "ARP packets a second that its port lets in; 0 for no limit.",
            new NumberType(0, 1_000_000),
            record => record.ArpRateLimit,
            (record, limit) => record with { ArpRateLimit = limit },
            "InvalidArpRateLimit")
        .Optional(
            "dhcpRateLimit",
            "DHCP messages a second, of both families, that its port lets in; 0 for no limit.",
            new NumberType(0, 1_000_000),
            record => record.DhcpRateLimit,
            (record, limit) => record with { DhcpRateLimit = limit },
            "InvalidDhcpRateLimit")
        .Optional(
            "rsRateLimit",
            "Router solicitations a second that its port lets in; 0 for no limit.",
            new NumberType(0, 1_000_000),
            record => record.RsRateLimit,
            (record, limit) => record with { RsRateLimit = limit },
            "InvalidRsRateLimit")
        .List(
            "permittedEtherTypes",
            "What its port lets in beside IPv4, IPv6 and ARP, which port security checks.",
            InterfaceRecords.PermittedEtherTypes.Type,
            record => record.PermittedEtherTypes,
            (record, types) => record with { PermittedEtherTypes = types },
            (record, error) => error.ErrorId is "InvalidEtherType" ? IndexOfText(error.Target, record.PermittedEtherTypes) : null)
        .Optional("triggerExempt", "Whether no security trigger ever tags it.", FlagType.Instance, record => record.TriggerExempt, (record, isExempt) => record with { TriggerExempt = isExempt })
        .Optional(
            "profile",
            "The vNIC profile that its port has.",
            RecordName.Type,
            record => record.Profile,
            (record, profile) => record with { Profile = profile },
            "InvalidProfileName",
            "ProfileNotFound",
            "ProfileRangeOutsidePool")
        .List(
            "tags",
            "Its tags: texts, whole numbers and JSON objects or arrays, in any order. Partitions are made of the records that have certain tags.",
            TagType.Instance,
            record => record.Tags,
            (record, tags) => record with { Tags = tags },
            maxItems: MacTags.MaxCount)
        .List(
            "addressPairs",
            "Further addresses that its port may use, alone or in turn with others.",
            AddressPairConfiguration.Document,
            record => record.AddressPairs,
            (record, pairs) => record with { AddressPairs = pairs },
            maxItems: InterfaceCatalog.MaxAddressPairs)
        .List(
            "securityGroups",
            "Names of the security groups that it is a member of. A member of any admits only what a rule of one of its groups admits.",
            RecordName.Type,
            record => record.SecurityGroups,
            (record, groups) => record with { SecurityGroups = groups });

    /// <summary>What a document says of a store's record.</summary>
    internal static InterfaceConfiguration Of(MacInterface record) => new()
    {
        Name = record.Name,
        MacAddress = record.MacAddress,
        IPAddresses = [.. record.IPAddress.Select(address => address.ToString())],
        InstanceId = string.Equals(record.InstanceId, record.Name, StringComparison.Ordinal) ? null : record.InstanceId,
        PortSecurity = record.PortSecurity,
        DhcpGuard = record.DhcpGuard,
        RouterGuard = record.RouterGuard,
        ArpRateLimit = record.ArpRateLimit,
        DhcpRateLimit = record.DhcpRateLimit,
        RsRateLimit = record.RsRateLimit,
        PermittedEtherTypes = record.PermittedEtherType,
        TriggerExempt = record.TriggerExempt,
        Profile = record.Profile,
        Tags = record.Tag,
        AddressPairs = [.. record.AddressPair.Select(AddressPairConfiguration.Of)],
        SecurityGroups = record.SecurityGroup,
    };

    private static int? IndexOfText(object? text, IReadOnlyList<string> texts)
    {
        int index = texts.ToList().FindIndex(one => one.Equals(text));
        return index < 0 ? null : index;
    }

    // An address that another record has is known as an address; what is no address, or given twice, by its text.
    private static int IndexOf(object? address, IReadOnlyList<string> texts)
    {
        int index = texts.Count - 1;
        while (index > 0 && !(address is InterfaceAddress ? FixedAddress.Parse(texts[index]).Equals(address) : texts[index].Equals(address)))
        {
            index--;
        }

        return index;
    }
}

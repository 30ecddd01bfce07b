using MacSegmentation.Addressing;
using MacSegmentation.Tags;

namespace MacSegmentation.InterfaceRecords;

/// <summary>What to change about an interface record; what is null stays as it is.</summary>
public sealed record InterfaceChange
{
    /// <summary>The new MAC address. Pairs without an address of their own follow it.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>All fixed addresses from now on, such as <c>10.0.0.11/24</c>; an empty list for none.</summary>
    public IReadOnlyList<string>? IPAddress { get; init; }

    /// <summary>The new machine, 1 to 256 characters.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Whether its port lets in only frames from its own addresses and those of its pairs from now on.</summary>
    public bool? PortSecurity { get; init; }

    /// <summary>Whether its port lets in nothing that a DHCP server says from now on.</summary>
    public bool? DhcpGuard { get; init; }

    /// <summary>Whether its port lets in no router advertisements and redirects from now on.</summary>
    public bool? RouterGuard { get; init; }

    /// <summary>The new limit of ARP packets a second, 1 to 1,000,000; 0 for no limit.</summary>
    public int? ArpRateLimit { get; init; }

    /// <summary>The new limit of DHCP messages a second, 1 to 1,000,000; 0 for no limit.</summary>
    public int? DhcpRateLimit { get; init; }

    /// <summary>The new limit of router solicitations a second, 1 to 1,000,000; 0 for no limit.</summary>
    public int? RsRateLimit { get; init; }

    /// <summary>All that its port lets in beside IPv4, IPv6 and ARP from now on; an empty list for nothing.</summary>
    public IReadOnlyList<string>? PermittedEtherType { get; init; }

    /// <summary>Whether no security trigger ever tags it from now on. Tags that one has set stay for their time.</summary>
    public bool? TriggerExempt { get; init; }

    /// <summary>The vNIC profile that its port has from now on; the empty text for none.</summary>
    public string? Profile { get; init; }

    /// <summary>All its tags from now on; an empty list for none.</summary>
    public IReadOnlyList<MacTag>? Tag { get; init; }

    /// <summary>Tags that it has from now on beside those that it has.</summary>
    public IReadOnlyList<MacTag> AddTag { get; init; } = [];

    /// <summary>Tags that it has no longer; one that it does not have is none the less gone.</summary>
    public IReadOnlyList<MacTag> RemoveTag { get; init; } = [];

    /// <summary>The tags of a record after the change, in any order; a tag may come twice.</summary>
    /// <param name="before">The tags that it has.</param>
    public IEnumerable<MacTag> TagsAfter(IReadOnlyList<MacTag> before) => (Tag ?? before).Except(RemoveTag).Concat(AddTag);

    /// <summary>The tags that the change decides over: those that it names by themselves, and of all together those that differ.</summary>
    /// <param name="before">The tags that the record has.</param>
    internal IReadOnlyList<MacTag> DecidedTags(IReadOnlyList<MacTag> before) =>
        [.. AddTag.Concat(RemoveTag).Concat(Tag is null ? [] : Tag.Except(before).Concat(before.Except(Tag))).Distinct()];
}

using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Tags;

namespace MacSegmentation.InterfaceRecords;

/// <summary>An interface record of the document on its way into a store.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="VlanId">Its VLAN.</param>
/// <param name="Record">What the document says.</param>
/// <param name="IPAddress">Its fixed addresses.</param>
internal sealed record WantedInterface(DocumentPlace Place, int VlanId, InterfaceConfiguration Record, IReadOnlyList<InterfaceAddress> IPAddress)
{
    /// <summary>The MAC address that the document names or that the record keeps, or null if the pool is to choose.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The store's record that stays and is changed where it differs, or null if a new one is to be made.</summary>
    public MacInterface? Staying { get; init; }

    /// <summary>The machine that it belongs to.</summary>
    public string InstanceId => Record.InstanceId ?? Record.Name;

    /// <summary>True if the store's record says the same; its pairs are compared apart.</summary>
    public bool IsSameAs(MacInterface other)
    {
        var existing = InterfaceConfiguration.Of(other with { AddressPair = [] });
        return InterfaceConfiguration.Document.AreSame(existing, Record with
        {
            MacAddress = existing.MacAddress,
            IPAddresses = [.. IPAddress.Select(address => address.ToString())],
            InstanceId = string.Equals(InstanceId, Record.Name, StringComparison.Ordinal) ? null : InstanceId,
            AddressPairs = [],
            PermittedEtherTypes = InterfaceRecords.PermittedEtherTypes.Parse(Record.PermittedEtherTypes),
            Tags = MacTags.Normalize(Record.Tags, $"Interface '{Record.Name}'"),
        });
    }

    /// <summary>The record as it is asked for.</summary>
    public InterfaceRequest ToRequest() => new()
    {
        Name = Record.Name,
        VlanId = VlanId,
        MacAddress = MacAddress,
        IPAddress = Record.IPAddresses,
        InstanceId = InstanceId,
        PortSecurity = Record.PortSecurity,
        DhcpGuard = Record.DhcpGuard,
        RouterGuard = Record.RouterGuard,
        ArpRateLimit = Record.ArpRateLimit,
        DhcpRateLimit = Record.DhcpRateLimit,
        RsRateLimit = Record.RsRateLimit,
        PermittedEtherType = Record.PermittedEtherTypes,
        TriggerExempt = Record.TriggerExempt,
        Profile = Record.Profile,
        Tag = Record.Tags,
    };

    /// <summary>What is to become of the record that stays.</summary>
    public InterfaceChange ToChange() => new()
    {
        IPAddress = Record.IPAddresses,
        InstanceId = InstanceId,
        PortSecurity = Record.PortSecurity,
        DhcpGuard = Record.DhcpGuard,
        RouterGuard = Record.RouterGuard,
        ArpRateLimit = Record.ArpRateLimit,
        DhcpRateLimit = Record.DhcpRateLimit,
        RsRateLimit = Record.RsRateLimit,
        PermittedEtherType = Record.PermittedEtherTypes,
        TriggerExempt = Record.TriggerExempt,
        Profile = Record.Profile ?? string.Empty,
        Tag = Record.Tags,
    };
}

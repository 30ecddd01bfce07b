using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Configuration;

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

    /// <summary>True if the store's record says the same, whatever its pairs and groups.</summary>
    public bool IsSameAs(MacInterface other) =>
        string.Equals(InstanceId, other.InstanceId, StringComparison.Ordinal)
        && Record.PortSecurity == other.PortSecurity
        && Record.DhcpGuard == other.DhcpGuard
        && Record.RouterGuard == other.RouterGuard
        && Record.ArpRateLimit == other.ArpRateLimit
        && IPAddress.SequenceEqual(other.IPAddress);
}

using MacSegmentation.Addressing;
using MacSegmentation.Documents;

namespace MacSegmentation.InterfaceRecords;

/// <summary>An allowed address pair of the declarative document.</summary>
public sealed record AddressPairConfiguration
{
    /// <summary>One address in the subnet of one of the interface's fixed addresses, such as <c>10.0.0.100</c>.</summary>
    public required string IPAddress { get; init; }

    /// <summary>The MAC address that it is used with, or null for the interface's, whatever that becomes.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Its members in the document.</summary>
    internal static DocumentObject<AddressPairConfiguration> Document { get; } = new DocumentObject<AddressPairConfiguration>("addressPair", "an address pair", new() { IPAddress = string.Empty })
        .Required(
            "ipAddress",
            "One address, not a prefix, in the subnet of one of the interface's fixed addresses.",
            AddressTypes.IpAddress,
            pair => pair.IPAddress,
            (pair, address) => pair with { IPAddress = address },
            "AddressPairIsPrefix",
            "InvalidIPAddress",
            "AddressOutsideSubnet")
        .Optional(
            "macAddress",
            "The MAC address that it is used with, such as a virtual router's 00:00:5e:00:01:0a. Without it: the interface's, whatever that becomes.",
            AddressTypes.Address,
            pair => pair.MacAddress,
            (pair, address) => pair with { MacAddress = address },
            "GroupAddressNotAllowed",
            "ZeroAddressNotAllowed");

    /// <summary>What a document says of a store's pair.</summary>
    internal static AddressPairConfiguration Of(MacAddressPair pair) => new() { IPAddress = pair.IPAddress.ToString(), MacAddress = pair.HasOwnMacAddress ? pair.MacAddress : null };

    /// <summary>True if a store's pair is this one.</summary>
    internal bool IsSameAs(MacAddressPair existing) =>
        IpText.TryParse(IPAddress, out var address)
        && address.Equals(existing.IPAddress)
        && (MacAddress is { } own ? existing.HasOwnMacAddress && existing.MacAddress == own : !existing.HasOwnMacAddress);
}

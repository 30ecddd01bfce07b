using System.Net;
using MacSegmentation.Addressing;

namespace MacSegmentation.InterfaceRecords;

/// <summary>
/// An allowed address pair: a further address that the port of an interface may use, alone or in turn with others (a virtual router's).
/// </summary>
public sealed record MacAddressPair
{
    /// <summary>Name of the interface whose port may use it.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>The interface's VLAN.</summary>
    public required int VlanId { get; init; }

    /// <summary>One address in the subnet of one of the interface's fixed addresses.</summary>
    public required IPAddress IPAddress { get; init; }

    /// <summary>The MAC address that it is used with: the pair's own, or the interface's.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>True if the pair has a MAC address of its own; false if it follows the interface's.</summary>
    public bool HasOwnMacAddress { get; init; }

    /// <summary>The two addresses, such as <c>10.0.0.100 with 00:00:5e:00:01:0a</c>.</summary>
    public override string ToString() => $"{IPAddress} with {MacAddress}";
}

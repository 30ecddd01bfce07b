using MacSegmentation.Addressing;

namespace MacSegmentation.InterfaceRecords;

/// <summary>The address pair that a record of the pipeline means.</summary>
/// <param name="InterfaceName">The interface record.</param>
/// <param name="IPAddress">The pair's IP address.</param>
/// <param name="MacAddress">The MAC address that it is used with, or null if none was said.</param>
/// <param name="Force">Also if another record has the address for itself.</param>
public readonly record struct AddressPairRequest(string InterfaceName, string IPAddress, MacAddress? MacAddress, bool Force = false)
{
    /// <summary>The pair, as a user names it.</summary>
    public override string ToString() => MacAddress is null ? IPAddress : $"{IPAddress} with {MacAddress}";
}

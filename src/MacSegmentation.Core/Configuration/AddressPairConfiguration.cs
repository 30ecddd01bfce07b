using MacSegmentation.Addressing;

namespace MacSegmentation.Configuration;

/// <summary>An allowed address pair of the declarative document.</summary>
public sealed record AddressPairConfiguration
{
    /// <summary>One address in the subnet of one of the interface's fixed addresses, such as <c>10.0.0.100</c>.</summary>
    public required string IPAddress { get; init; }

    /// <summary>The MAC address that it is used with, or null for the interface's, whatever that becomes.</summary>
    public MacAddress? MacAddress { get; init; }
}

using MacSegmentation.Ports;

namespace MacSegmentation.Switch;

/// <summary>How a switch works.</summary>
public sealed record SwitchOptions
{
    /// <summary>Most flows that a switch can be told to remember.</summary>
    public const int LargestFlowLimit = 1 << 20;

    /// <summary>How long an address stays learned without a frame from it, 10 seconds to 1,000,000 seconds (IEEE 802.1Q-2022 table 8-6).</summary>
    public TimeSpan AgeingTime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Addresses that it learns at most, 1 to 1,048,576; one port or uplink alone at most three quarters of them.</summary>
    public int AddressLimit { get; init; } = 16_384;

    /// <summary>Flows that its security groups remember at most, 1 to 1,048,576.</summary>
    public int FlowLimit { get; init; } = 65_536;

    /// <summary>True to send unicast frames for unknown addresses to all ports of the VLAN, and not to its uplinks only.</summary>
    public bool FloodUnknownUnicast { get; init; }

    /// <summary>True to forward link-local control frames (01:80:c2:00:00:00 to 0f) like other multicast frames.</summary>
    public bool ForwardLinkLocal { get; init; }

    /// <summary>Throws what is wrong with it.</summary>
    /// <exception cref="Errors.MacSegmentationException">InvalidAgeingTime, InvalidAddressLimit, InvalidFlowLimit.</exception>
    public void Validate()
    {
        if (AgeingTime < TimeSpan.FromSeconds(10) || AgeingTime > TimeSpan.FromSeconds(1_000_000))
        {
            throw SwitchErrors.OutOfRange("InvalidAgeingTime", $"The ageing time {AgeingTime}", "10 seconds to 1,000,000 seconds", AgeingTime);
        }

        if (AddressLimit is < 1 or > SwitchPortSettings.MaxAddressLimit)
        {
            throw SwitchErrors.OutOfRange("InvalidAddressLimit", $"The address limit {AddressLimit}", "1 to 1,048,576 addresses", AddressLimit);
        }

        if (FlowLimit is < 1 or > LargestFlowLimit)
        {
            throw SwitchErrors.OutOfRange("InvalidFlowLimit", $"The flow limit {FlowLimit}", "1 to 1,048,576 flows", FlowLimit);
        }
    }
}

using MacSegmentation.Ports;
using MacSegmentation.Settings;

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

    /// <summary>Instances that it makes a port for at most, 1 to 1,024; 0 for none. A port that waits for an instance costs a look in each round.</summary>
    public int AttachmentLimit { get; init; } = 16;

    /// <summary>
    /// How long after the start, and after a port came up again, unicast frames for unknown addresses go to that port as well, 0 to 1,000,000 seconds; not if it
    /// is the port of an interface record with port security. Stations that have not spoken since are reached so.
    /// </summary>
    public TimeSpan LearningPeriod { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>True to send unicast frames for unknown addresses to all ports of the VLAN, and not to its uplinks only.</summary>
    public bool FloodUnknownUnicast { get; init; }

    /// <summary>True to forward link-local control frames (01:80:c2:00:00:00 to 0f) like other multicast frames.</summary>
    public bool ForwardLinkLocal { get; init; }

    /// <summary>Its settings, for cmdlets and macseg.</summary>
    public static IReadOnlyList<Setting<SwitchOptions>> Settings { get; } =
    [
        new TimeSetting<SwitchOptions>(
            nameof(AgeingTime), "How long an address stays learned without a frame from it", "InvalidAgeingTime", options => options.AgeingTime, (options, time) => options with { AgeingTime = time })
        {
            Minimum = TimeSpan.FromSeconds(10),
            Maximum = TimeSpan.FromSeconds(1_000_000),
        },
        new TimeSetting<SwitchOptions>(
            nameof(LearningPeriod),
            "How long a port that has come up is sent unicast frames for unknown addresses as well",
            "InvalidLearningPeriod",
            options => options.LearningPeriod,
            (options, time) => options with { LearningPeriod = time })
        {
            Minimum = TimeSpan.Zero,
            Maximum = TimeSpan.FromSeconds(1_000_000),
        },
        new NumberSetting<SwitchOptions>(
            nameof(AddressLimit), "Addresses that the switch learns at most", "InvalidAddressLimit", options => options.AddressLimit, (options, limit) => options with { AddressLimit = limit })
        {
            Maximum = SwitchPortSettings.MaxAddressLimit,
            Unit = "addresses",
        },
        new NumberSetting<SwitchOptions>(
            nameof(FlowLimit), "Flows that the security groups remember at most", "InvalidFlowLimit", options => options.FlowLimit, (options, limit) => options with { FlowLimit = limit })
        {
            Maximum = LargestFlowLimit,
            Unit = "flows",
        },
        new NumberSetting<SwitchOptions>(
            nameof(AttachmentLimit),
            "Instances that the switch makes a tap or veth port for at most",
            "InvalidAttachmentLimit",
            options => options.AttachmentLimit,
            (options, limit) => options with { AttachmentLimit = limit })
        {
            Maximum = 1024,
            Unit = "instances",
            Zero = "none",
        },
        new FlagSetting<SwitchOptions>(
            nameof(FloodUnknownUnicast),
            "Send unicast frames for unknown addresses to all ports of the VLAN, and not to uplinks only",
            "InvalidSetting",
            options => options.FloodUnknownUnicast,
            (options, isOn) => options with { FloodUnknownUnicast = isOn })
        {
            OptionAliases = ["--flood-unknown"],
        },
        new FlagSetting<SwitchOptions>(
            nameof(ForwardLinkLocal),
            "Forward link-local control frames (01:80:c2:00:00:00 to 0f) like other multicast frames",
            "InvalidSetting",
            options => options.ForwardLinkLocal,
            (options, isOn) => options with { ForwardLinkLocal = isOn }),
    ];

    /// <summary>Throws what is wrong with it.</summary>
    /// <exception cref="Errors.MacSegmentationException">InvalidAgeingTime, InvalidLearningPeriod, InvalidAddressLimit, InvalidFlowLimit, InvalidAttachmentLimit.</exception>
    public void Validate()
    {
        foreach (var setting in Settings)
        {
            setting.Validate(this);
        }
    }
}

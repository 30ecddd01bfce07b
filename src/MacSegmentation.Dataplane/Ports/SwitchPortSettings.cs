using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Carriers;
using MacSegmentation.Frames;
using MacSegmentation.Settings;
using MacSegmentation.Units;

namespace MacSegmentation.Ports;

/// <summary>What a port of a switch is: the port of an interface record, an uplink, or an access or trunk port of its own.</summary>
public sealed record SwitchPortSettings
{
    /// <summary>Addresses that a port which is no uplink may learn by default.</summary>
    public const int DefaultAddressLimit = 1024;

    /// <summary>Addresses that a port or a switch can be told to learn at most.</summary>
    public const int MaxAddressLimit = 1 << 20;

    private const int MaxStormLimit = 10_000_000;
    private const string InvalidPort = "InvalidPort";
    private const string InvalidTunnel = "InvalidTunnel";
    private const string MetadataKinds = "None or Cisco";
    private const string TagTypes = "0x8100, 0x88a8, 0x9100 or 0x9200";

    /// <summary>The network adapter.</summary>
    public required string Adapter { get; init; }

    /// <summary>Name of the interface record whose port it is: an access port of the record's VLAN with port security. Null for other ports.</summary>
    public string? MacInterface { get; init; }

    /// <summary>What makes it a tunnel, whose frames leave the adapter in UDP; null for other ports. A tunnel is an uplink: it leads to other hosts.</summary>
    public TunnelSettings? Tunnel { get; init; }

    /// <summary>The header that takes the id of a partition along in its frames; a tunnel has its own.</summary>
    public MetadataKind Metadata { get; init; }

    /// <summary>The port's name: the adapter's, and which of its tunnels it is, such as <c>eth0/vxlan5000</c>.</summary>
    public string Name => Tunnel is { } tunnel ? $"{Adapter}/{tunnel.Name}" : Adapter;

    /// <summary>True if the port leads to other switches: it gets what is unknown, and its stations are not held to a record.</summary>
    public bool IsUplink
    {
        get => field || Tunnel is not null;
        init;
    }

    /// <summary>
    /// The VLANs that it carries, each 1 to 4094; empty for all of an uplink. One VLAN of a tunnel, or of a port that is no uplink, makes an access port,
    /// which is untagged (of a tunnel: RFC 7348 section 6.1); all others are trunk ports and tagged.
    /// </summary>
    public IReadOnlyList<int> Vlans { get; init; } = [];

    /// <summary>The VLAN that a trunk port carries without a tag (IEEE 802.1Q-2022 section 6.9: the port's PVID), or null if it takes no untagged frame.</summary>
    public int? NativeVlan { get; init; }

    /// <summary>
    /// True if tags behind the one of the frame's VLAN belong to the network behind the port (IEEE 802.1Q-2022 clause 15): it may uncover them. An access port then takes
    /// every frame into its VLAN, tagged as it is. Where it is false, nothing leaves without a tag that would uncover another.
    /// </summary>
    public bool QinQ { get; init; }

    /// <summary>The type of the tags that it writes: 0x8100 (the default), 0x88a8, 0x9100 or 0x9200. It understands all of them.</summary>
    public int TagType { get; init; } = EtherTypes.CustomerTag;

    /// <summary>Broadcast and unknown frames a second that it lets in, 1 to 10,000,000; 0 for no limit.</summary>
    public int StormLimit { get; init; }

    /// <summary>
    /// Multicast frames a second that it lets in, 1 to 10,000,000; 0 for no limit. Apart from <see cref="StormLimit"/>, because video is multicast and no storm.
    /// </summary>
    public int MulticastStormLimit { get; init; }

    /// <summary>
    /// Addresses that the port may learn; 0 for <see cref="DefaultAddressLimit"/>, or for as many as the switch may at an uplink; alone a port takes at most three quarters of those. An uplink that
    /// has learned so many still forwards, and so does every port for addresses of interface records.
    /// </summary>
    public int AddressLimit { get; init; }

    /// <summary>Its settings, for the tables of cmdlets and the options of macseg.</summary>
    public static IReadOnlyList<Setting<SwitchPortSettings>> Settings { get; } =
    [
        new TextSetting<SwitchPortSettings>(nameof(Adapter), "The network adapter", InvalidPort, "ADAPTER", port => port.Adapter, (port, name) => port with { Adapter = name }) { Aliases = ["Interface"] },
        new TextSetting<SwitchPortSettings>(
            nameof(MacInterface), "The interface record whose port it is", InvalidPort, "RECORD", port => port.MacInterface ?? string.Empty, (port, name) => port with { MacInterface = name }),
        new FlagSetting<SwitchPortSettings>("Uplink", "Leads to other switches", InvalidPort, port => port.IsUplink, (port, isOn) => port with { IsUplink = isOn }),
        TunnelSetting("Vxlan", "A VXLAN tunnel to remotes on the adapter's network", TunnelKind.Vxlan, "vni=N,remote=ADDRESS,gbp=FLAG"),
        TunnelSetting("Geneve", "A Geneve tunnel to remotes on the adapter's network", TunnelKind.Geneve, "vni=N,remote=ADDRESS,optionClass=N,optionType=N"),
        new TextSetting<SwitchPortSettings>("Vlan", "The VLANs that it carries", "InvalidVlanId", "VLANS", port => VlanList.ToText(port.Vlans), (port, vlans) => port with { Vlans = VlanList.Parse(vlans) }),
        new TextSetting<SwitchPortSettings>(
            nameof(NativeVlan),
            "The VLAN that it carries without a tag",
            "InvalidVlanId",
            "VLAN",
            port => $"{port.NativeVlan}",
            (port, vlan) => port with { NativeVlan = VlanId.Parse(vlan) }),
        new FlagSetting<SwitchPortSettings>(
            nameof(QinQ), "Tags behind that of the VLAN belong to the network behind the port, which gets them", InvalidPort, port => port.QinQ, (port, isOn) => port with { QinQ = isOn })
        {
            OptionName = "--qinq",
            IsOption = true,
        },
        new TextSetting<SwitchPortSettings>(
            nameof(TagType),
            "The type of the tags that it writes",
            InvalidPort,
            "TYPE",
            port => $"0x{port.TagType:x4}",
            (port, type) => port with { TagType = ParseTagType(type) })
        {
            Choices = TagTypes,
        },
        new TextSetting<SwitchPortSettings>(
            nameof(Metadata),
            "The header in its frames that takes the number of the source's partition along",
            InvalidPort,
            "KIND",
            port => $"{port.Metadata}",
            (port, kind) => port with
            {
                Metadata = Enum.TryParse<MetadataKind>(kind, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : throw new FormatException($"'{kind}' is no header. Give {MetadataKinds}."),
            })
        {
            Choices = MetadataKinds,
        },
        new NumberSetting<SwitchPortSettings>(
            nameof(StormLimit), "Broadcast and unknown frames a second that a port lets in", "InvalidStormLimit", port => port.StormLimit, (port, limit) => port with { StormLimit = limit })
        {
            Maximum = MaxStormLimit,
            Unit = "frames a second",
            Zero = "none",
            IsRate = true,
        },
        new NumberSetting<SwitchPortSettings>(
            nameof(MulticastStormLimit),
            "Multicast frames a second that a port lets in",
            "InvalidStormLimit",
            port => port.MulticastStormLimit,
            (port, limit) => port with { MulticastStormLimit = limit })
        {
            Maximum = MaxStormLimit,
            Unit = "frames a second",
            Zero = "none",
            IsRate = true,
        },
        new NumberSetting<SwitchPortSettings>(
            nameof(AddressLimit), "Addresses that a port may learn", "InvalidAddressLimit", port => port.AddressLimit, (port, limit) => port with { AddressLimit = limit })
        {
            Maximum = MaxAddressLimit,
            Unit = "addresses",
            Zero = "the default",
            OptionName = "--port-address-limit",
        },
    ];

    /// <summary>True if its carrier takes the id of a partition along.</summary>
    internal bool CarriesPartition => Tunnel is { CarriesPartition: true } || Metadata != MetadataKind.None;

    internal bool IsAccess => MacInterface is not null || ((!IsUplink || Tunnel is not null) && Vlans.Count == 1 && NativeVlan is null);

    /// <summary>Throws what is wrong with it.</summary>
    /// <exception cref="Errors.MacSegmentationException">InvalidPort, InvalidVlanId, InvalidStormLimit, InvalidAddressLimit.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Adapter))
        {
            throw SwitchErrors.InvalidPort("A port has no adapter. Give the name of a network adapter, such as eth1.", this);
        }

        if (MacInterface is not null && Tunnel is not null)
        {
            throw SwitchErrors.InvalidPort($"The port {Name} is given an interface record and is a tunnel, behind which are many stations. Give one of the two.", this);
        }

        if (Metadata != MetadataKind.None && Tunnel is not null)
        {
            throw SwitchErrors.InvalidPort($"The port {Name} is a tunnel, which takes partitions along by Gbp or OptionClass. Leave Metadata out.", this);
        }

        if (MacInterface is not null && (IsUplink || Vlans.Count > 0 || NativeVlan is not null))
        {
            throw SwitchErrors.InvalidPort(
                $"The port {Adapter} is given an interface record and {(IsUplink ? "is an uplink" : "VLANs")} as well. The port of a record carries the record's VLAN: give one of the two.", this);
        }

        if (MacInterface is null && !IsUplink && Vlans.Count == 0 && NativeVlan is null)
        {
            throw SwitchErrors.InvalidPort(
                $"The port {Adapter} is nothing yet. Name its interface record, make it an uplink, or give it VLANs.", this);
        }

        if (!TagStack.IsTag(TagType))
        {
            throw SwitchErrors.InvalidPort($"The tag type 0x{TagType:x4} of the port {Adapter} is none. Give {TagTypes}.", this);
        }

        foreach (int vlan in Vlans.Concat(NativeVlan is { } native ? [native] : []))
        {
            VlanId.Validate(vlan);
        }

        foreach (var setting in Settings)
        {
            setting.Validate(this, $" of the port {Adapter}");
        }
    }

    private static TextSetting<SwitchPortSettings> TunnelSetting(string name, string help, TunnelKind kind, string valueName) => new(
        name,
        help,
        InvalidTunnel,
        valueName,
        port => port.Tunnel?.Kind == kind ? $"{port.Tunnel}" : string.Empty,
        (port, text) => port.Tunnel is { } other && other.Kind != kind
            ? throw new FormatException($"The port is a tunnel of another kind already ({other.Name}). Give one of the two, or make a port for each.")
            : port with { Tunnel = TunnelSettings.Parse(kind, text) });

    /// <summary>Reads the type of a tag, such as <c>0x88a8</c> or <c>88a8</c>; a number that PowerShell has read already comes in decimal digits.</summary>
    private static int ParseTagType(string text) =>
        int.TryParse(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int type) && TagStack.IsTag(type) ? type
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && TagStack.IsTag(number) ? number
            : throw new FormatException($"'{text}' is not the type of a tag. Give {TagTypes}.");
}

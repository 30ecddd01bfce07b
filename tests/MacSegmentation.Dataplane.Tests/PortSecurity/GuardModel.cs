using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>The rules of port security as they are told, over what is sent in words and addresses in text.</summary>
internal sealed class GuardModel
{
    public const string LinkLocal = "fe80::ff:fe00:1";
    public const string VirtualLinkLocal = "fe80::200:5eff:fe00:10a";

    public static readonly MacAddress Own = MacAddress.Parse("02:00:00:00:00:01");
    public static readonly MacAddress Virtual = MacAddress.Parse("00:00:5e:00:01:0a");
    public static readonly MacAddress Strange = MacAddress.Parse("02:00:00:00:00:66");

    private static readonly HashSet<(MacAddress Mac, string Address)> Bound =
    [
        (Own, "10.0.0.11"), (Own, "fd00::11"), (Own, "10.0.0.101"), (Virtual, "10.0.0.100"), (Virtual, "fd00::100"),
        (Own, LinkLocal), (Virtual, VirtualLinkLocal),
    ];

    private readonly MacInterface record;
    private readonly bool checksAddresses;

    public GuardModel(MacInterface record)
    {
        this.record = record;
        checksAddresses = record.PortSecurity && record.IPAddress.Count > 0;
    }

    /// <summary>A record with the bound addresses above, or one without fixed addresses but with its own MAC address only.</summary>
    public static MacInterface Record(bool hasAddresses, bool portSecurity = true, bool dhcpGuard = true, bool routerGuard = true) => new()
    {
        Name = "web-1",
        VlanId = 10,
        MacAddress = Own,
        InstanceId = "web-1",
        PortSecurity = portSecurity,
        DhcpGuard = dhcpGuard,
        RouterGuard = routerGuard,
        ArpRateLimit = 0,
        DhcpRateLimit = 0,
        RsRateLimit = 0,
        IPAddress = hasAddresses ? [Fixed("10.0.0.11", 24), Fixed("fd00::11", 64)] : [],
        AddressPair = hasAddresses ? [Pair("10.0.0.100", Virtual), Pair("10.0.0.101", Own), Pair("fd00::100", Virtual)] : [],
    };

    public VerdictReason? Judge(SentFrame frame)
    {
        if (record.PortSecurity && !IsAllowed(frame.Mac))
        {
            return PortSecurityReasons.SourceMacNotAllowed;
        }

        return frame switch
        {
            SentArp arp => record.PortSecurity && !IsArpAllowed(arp) ? PortSecurityReasons.ArpSenderNotAllowed : null,
            SentPacket packet => JudgePacket(packet),
            SentOther other => record.PortSecurity && !IsPermitted(other) ? PortSecurityReasons.EtherTypeNotPermitted : null,
            _ => null,
        };
    }

    private bool IsPermitted(SentOther other) =>
        record.PermittedEtherType.Any(permitted => permitted is "Any" || string.Equals(permitted, other.Type < 0x600 ? "Llc" : $"0x{other.Type:x4}", StringComparison.Ordinal));

    private static InterfaceAddress Fixed(string address, int prefixLength) => new(System.Net.IPAddress.Parse(address), prefixLength);

    private static MacAddressPair Pair(string address, MacAddress mac) =>
        new() { InterfaceName = "web-1", VlanId = 10, IPAddress = System.Net.IPAddress.Parse(address), MacAddress = mac, HasOwnMacAddress = mac != Own };

    /// <summary>::ffff:10.0.0.11 has no place on a wire.</summary>
    private static bool IsMapped(string address) => address.StartsWith("::ffff:", StringComparison.Ordinal);

    private static bool IsBound(string address) => Bound.Any(binding => string.Equals(binding.Address, address, StringComparison.Ordinal));

    private bool IsAllowed(MacAddress mac) => mac == Own || (mac == Virtual && record.AddressPair.Count > 0);

    private bool IsArpAllowed(SentArp arp) =>
        checksAddresses && arp.Sender is not "0.0.0.0" ? Bound.Contains((arp.SenderMac, arp.Sender)) : IsAllowed(arp.SenderMac);

    private VerdictReason? JudgePacket(SentPacket packet)
    {
        bool asksForTransport = packet switch
        {
            SentUdp => record.DhcpGuard || record.PortSecurity,
            SentIcmp { IsIPv4: true } => record.RouterGuard,
            SentIcmp or SentNeighbor => record.RouterGuard || checksAddresses,
            _ => false,
        };

        bool isInvalid = packet.Part == SentPart.CutHeader || IsMapped(packet.Source);
        if ((isInvalid && (record.DhcpGuard || record.RouterGuard || record.PortSecurity))
            || (packet.Part == SentPart.TinyFragment && asksForTransport))
        {
            return PacketReasons.TruncatedHeader;
        }

        bool shows = packet.Part is SentPart.Whole or SentPart.FirstFragment;
        if (record.DhcpGuard && shows && packet is SentUdp datagram && IsDhcpServer(datagram))
        {
            return PortSecurityReasons.DhcpServerNotAllowed;
        }

        if (record.RouterGuard && shows && packet is SentNeighbor { Type: 134 or 137 } or SentIcmp { IsIPv4: true, Type: 5 or 9 })
        {
            return PortSecurityReasons.RouterAdvertisementNotAllowed;
        }

        if (record.PortSecurity && shows && packet is SentUdp { IsIPv4: true, DestinationPort: 67 } question && JudgeClient(question) is { } refusal)
        {
            return refusal;
        }

        return checksAddresses ? JudgeAddresses(packet, shows) : null;
    }

    /// <summary>A client is leased an address for its hardware address; what a relay agent or server says is of others.</summary>
    private VerdictReason? JudgeClient(SentUdp question) =>
        question.Part != SentPart.Whole ? PacketReasons.FragmentNotAllowed
        : question.Client is { } client && (question.IsRelayed || question.Operation == 2 || IsAllowed(client)) ? null
        : PortSecurityReasons.DhcpClientAddressNotAllowed;

    /// <summary>An address of the link is whose machine shows it first; nobody else is there.</summary>
    private static bool IsOfLink(string address) => address.StartsWith("fe80::", StringComparison.Ordinal);

    private bool MayShow(MacAddress mac, string address) => Bound.Contains((mac, address)) || (IsOfLink(address) && IsAllowed(mac));

    private static bool IsDhcpServer(SentUdp datagram) => datagram.IsIPv4
        ? datagram.SourcePort == 67
            || (datagram is { DestinationPort: 67, Part: SentPart.Whole, Client: not null } && (datagram.IsRelayed || datagram.Operation == 2))
            || (datagram.DestinationPort == 68 && (datagram.Operation == 2 || datagram.Part == SentPart.FirstFragment))
        : datagram.SourcePort == 547 || datagram.DestinationPort == 546;

    private VerdictReason? JudgeAddresses(SentPacket packet, bool shows)
    {
        if (packet is SentVrrp vrrp)
        {
            return JudgeVrrp(vrrp);
        }

        bool isAddressless = shows && packet switch
        {
            SentUdp { Source: "0.0.0.0", SourcePort: 68, DestinationPort: 67 } => true,
            SentIgmp { Source: "0.0.0.0", Type: not 0x11, Part: SentPart.Whole } => true,
            SentIcmp { Source: "::", Type: 131 or 132 or 143 } => true,
            SentNeighbor { Source: "::", Type: 133 or 135 } => true,
            _ => false,
        };
        bool showsAddress = shows && packet is SentNeighbor && IsOfLink(packet.Source);
        if (!isAddressless && !showsAddress && !Bound.Contains((packet.Mac, packet.Source)))
        {
            return PortSecurityReasons.SourceIPNotAllowed;
        }

        if (!shows || packet is not SentNeighbor message)
        {
            return null;
        }

        if (packet.Part != SentPart.Whole)
        {
            return PacketReasons.FragmentNotAllowed;
        }

        bool isOptionAllowed = message.Option is null || Bound.Any(binding => binding.Mac == message.Option);
        bool isAllowed = message.Type switch
        {
            136 => isOptionAllowed && MayShow(message.Option ?? message.Mac, message.Target),
            137 => true,
            135 when message.Source is "::" => isOptionAllowed && MayShow(message.Mac, message.Target),
            _ => isOptionAllowed,
        };
        bool isMalformed = message.IsMalformed
            || (message is { Source: "::", Type: 133 or 135, Option: not null })
            || (message.Type is 134 or 137 && !IsOfLink(message.Source))
            || (message.Type >= 135 && IsMapped(message.Target));
        return isAllowed && !isMalformed ? null : PacketReasons.NeighborDiscoveryNotAllowed;
    }

    private static VerdictReason? JudgeVrrp(SentVrrp vrrp)
    {
        if (!IsBound(vrrp.Source))
        {
            return PortSecurityReasons.SourceIPNotAllowed;
        }

        if (vrrp.Part != SentPart.Whole)
        {
            return PacketReasons.FragmentNotAllowed;
        }

        return vrrp.HopLimit == 255 && vrrp.Addresses.Length > 0 && vrrp.Addresses.All(IsBound)
            ? null
            : PortSecurityReasons.VrrpAddressNotAllowed;
    }
}

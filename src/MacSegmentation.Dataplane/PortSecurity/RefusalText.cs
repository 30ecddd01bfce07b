using MacSegmentation.Pipeline;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>Words what a refused frame had and what its interface may have.</summary>
internal sealed class RefusalText(MacInterface record, PortBindings bindings)
{
    private const int ListedAddresses = 8;

    public string Of(VerdictReason reason, in FrameHeader header, in PacketHeader packet, ReadOnlySpan<byte> frame) => 
        reason == PortSecurityReasons.SourceMacNotAllowed ? $"source {Mac(header.Source)}; {record.Name} may use {Macs()}"
        : reason == PortSecurityReasons.SourceIPNotAllowed ? $"source {IP(packet.Source)} with {Mac(header.Source)}; {MayUse(packet)}{LinkLocalWay(packet.Source)}"
        : reason == PortSecurityReasons.ArpSenderNotAllowed ? $"ARP sender {IP(packet.Source)} with {Mac(packet.ArpSenderMac)}; {MayUse(packet)}"
        : reason == PacketReasons.NeighborDiscoveryNotAllowed ? $"{Neighbor(header, packet, frame)}; {MayUse(packet)}{Taken(packet, frame)}"
        : reason == PortSecurityReasons.VrrpAddressNotAllowed ? $"{VirtualRouter(packet, frame)}; {MayUse(packet)}"
        : reason == PortSecurityReasons.DhcpServerNotAllowed ? $"DHCP server's message from {IP(packet.Source)} port {packet.SourcePort}; {record.Name} has DHCP guard"
        : reason == PortSecurityReasons.RouterAdvertisementNotAllowed ? $"ICMP type {packet.IcmpType} from {IP(packet.Source)}; {record.Name} has router guard"
        : reason == PortSecurityReasons.ArpRateLimit ? $"ARP from {Mac(header.Source)}; {record.Name} may send {record.ArpRateLimit} ARP packets a second"
        : reason == PortSecurityReasons.DhcpClientAddressNotAllowed ? $"{DhcpClient(packet, frame)}; {record.Name} may use {Macs()}"
        : reason == PortSecurityReasons.DhcpRateLimit ? $"DHCP from {Mac(header.Source)}; {record.Name} may send {record.DhcpRateLimit} DHCP messages a second"
        : reason == PortSecurityReasons.RsRateLimit ? $"router solicitation from {Mac(header.Source)}; {record.Name} may send {record.RsRateLimit} a second"
        : reason == PortSecurityReasons.EtherTypeNotPermitted ? $"{EtherType(packet)} from {Mac(header.Source)}; {record.Name} may send IPv4, IPv6, ARP{Permitted()}. Set-MacInterface -PermittedEtherType admits more"
        : reason == PacketReasons.FragmentNotAllowed ? $"fragment of protocol {packet.Protocol} from {IP(packet.Source)}, which must come whole"
        : reason == PacketReasons.TruncatedHeader ? $"type 0x{packet.EtherType:x4} from {Mac(header.Source)} whose headers are cut or invalid"
        : $"source {Mac(header.Source)}";

    private static string Mac(ulong address) => new MacAddress(address).ToString();

    private static string IP(UInt128 address) => IpNumber.ToAddress(address).ToString();

    private static string EtherType(in PacketHeader packet) =>
        packet.EtherType < EtherTypes.Minimum ? $"frame with an LLC header (IEEE 802.3, length {packet.EtherType})" : $"EtherType 0x{packet.EtherType:x4}";

    private string Permitted() => string.Concat(record.PermittedEtherType.Select(type => $", {type}"));

    private static string DhcpClient(in PacketHeader packet, ReadOnlySpan<byte> frame) => DhcpMessage.TryReadClient(packet, frame, out ulong mac, out _)
        ? $"DHCP client {Mac(mac)}"
        : "DHCP client's message that is cut or has no MAC address";

    /// <summary>How a link-local address that does not follow from the MAC address can be used.</summary>
    private string LinkLocalWay(UInt128 address) => LinkLocal.Is(address)
        ? $". A link-local address that nobody else has is admitted once its machine shows it by duplicate address detection; or give the interface an address pair: Add-MacAddressPair {record.Name} {IP(address)}"
        : string.Empty;

    private static string Neighbor(in FrameHeader header, in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        if (!NeighborDiscovery.TryRead(packet, frame, out var message))
        {
            return $"neighbour discovery of type {packet.IcmpType} from {IP(packet.Source)} {NeighborDiscovery.DescribeFault(packet, frame)}";
        }

        string mac = Mac(message.LinkLayerAddress ?? header.Source);
        return message.Target == UInt128.Zero
            ? $"neighbour discovery from {IP(packet.Source)} with {mac}"
            : $"neighbour discovery of {IP(message.Target)} with {mac}";
    }

    private static string Taken(in PacketHeader packet, ReadOnlySpan<byte> frame) =>
        NeighborDiscovery.TryRead(packet, frame, out var message) && LinkLocal.Is(message.Target) ? ". The link-local address is another's" : string.Empty;

    private string VirtualRouter(in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        if (!VrrpAdvertisement.TryRead(packet, frame, out var advertisement))
        {
            return $"VRRP from {IP(packet.Source)} {VrrpAdvertisement.DescribeFault(packet, frame)}";
        }

        var refused = new List<string>();
        for (int i = 0; i < advertisement.Count; i++)
        {
            if (!bindings.AllowsWithAnyMac(advertisement[i]))
            {
                refused.Add(IP(advertisement[i]));
            }
        }

        return $"virtual router {advertisement.VirtualRouterId} with {List(refused)}";
    }

    private string Macs() => List([.. bindings.Macs.ToArray().Select(Mac)]);

    /// <summary>Names the addresses of the packet's family, or the MAC addresses if the record has no IP addresses.</summary>
    private string MayUse(in PacketHeader packet)
    {
        bool isIPv6 = packet.Network == NetworkProtocol.IPv6;
        var addresses = bindings.Bindings.ToArray().Where(binding => IpNumber.IsIPv4(binding.Address) != isIPv6).Select(Binding);
        return $"{record.Name} may use {(bindings.ChecksAddresses ? List([.. addresses]) : Macs())}";
    }

    /// <summary>The IP address, and its MAC address where that is not the interface's own.</summary>
    private string Binding((UInt128 Address, ulong Mac) binding) =>
        binding.Mac == record.MacAddress.Value ? IP(binding.Address) : $"{IP(binding.Address)} (with {Mac(binding.Mac)})";

    private static string List(List<string> items) => items.Count switch
    {
        0 => "none",
        <= ListedAddresses => string.Join(", ", items),
        _ => $"{string.Join(", ", items.Take(ListedAddresses))} and {items.Count - ListedAddresses} more",
    };
}

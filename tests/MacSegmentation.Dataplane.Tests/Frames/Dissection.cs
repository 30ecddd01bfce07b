using System.Globalization;
using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;

namespace MacSegmentation.Frames;

/// <summary>What Wireshark's dissectors say of a frame, field by field: the independent answer to what this code reads.</summary>
internal sealed class Dissection
{
    private static readonly string[] Names =
    [
        "frame.protocols", "eth.type", "eth.len", "vlan.etype", "vlan.len",
        "arp.opcode", "arp.src.hw_mac", "arp.src.proto_ipv4", "arp.dst.hw_mac", "arp.dst.proto_ipv4",
        "ip.src", "ip.dst", "ip.ttl", "ip.proto", "ip.id", "ip.flags.mf", "ip.frag_offset", "ip.checksum.status",
        "ipv6.src", "ipv6.dst", "ipv6.hlim", "ipv6.nxt", "ipv6.hopopts.nxt", "ipv6.dstopts.nxt", "ipv6.routing.nxt", "ah.next_header",
        "ipv6.fraghdr.nxt", "ipv6.fraghdr.more", "ipv6.fraghdr.offset", "ipv6.fraghdr.ident",
        "tcp.srcport", "tcp.dstport", "tcp.flags", "tcp.checksum.status", "udp.srcport", "udp.dstport", "udp.checksum.status",
        "sctp.srcport", "sctp.dstport", "dccp.srcport", "dccp.dstport",
        "icmp.type", "icmp.code", "icmp.ident", "icmp.checksum.status", "icmpv6.type", "icmpv6.code", "icmpv6.echo.identifier", "icmpv6.checksum.status",
        "icmpv6.nd.ns.target_address", "icmpv6.nd.na.target_address", "icmpv6.nd.na.flag", "icmpv6.opt.linkaddr",
        "vrrp.virt_rtr_id", "vrrp.ip_addr", "vrrp.ipv6_addr",
    ];

    private readonly Dictionary<string, string[]> fields;

    private Dissection(string line) => fields = Names
        .Zip(line.Split('\t'))
        .ToDictionary(field => field.First, field => field.Second.Split(',', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    /// <summary>Dissects every frame of a capture, without putting fragments together.</summary>
    public static async Task<List<Dissection>> Run(string capture)
    {
        Tool.Require("tshark");
        string[] preferences =
        [
            "ip.defragment:FALSE", "ipv6.defragment:FALSE", "ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE",
        ];
        string output = await Tool.Run(
            "tshark",
            ["-n", "-r", capture, .. preferences.SelectMany(item => (string[])["-o", item]), "-T", "fields", .. Names.SelectMany(name => (string[])["-e", name])]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new Dissection(line))];
    }

    /// <summary>The first value of a field, which is the outermost header's; null if the frame has none.</summary>
    public string? Text(string name) => fields[name].FirstOrDefault();

    public string[] All(string name) => fields[name];

    /// <summary>The first value as a number; 0 if there is none, as in a <see cref="PacketHeader"/>.</summary>
    public uint Number(string name) => Text(name) switch
    {
        null => 0,
        ['0', 'x', .. string digits] => uint.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        { } text => uint.Parse(text, CultureInfo.InvariantCulture),
    };

    public ulong Mac(string name) => Text(name) is { } text ? MacAddress.Parse(text).Value : 0;

    public UInt128 IP(string name) => Text(name) is { } text ? IpNumber.From(IPAddress.Parse(text)) : UInt128.Zero;

    /// <summary>What stands behind Ethernet and its tags.</summary>
    public NetworkProtocol Network =>
        Text("frame.protocols")!.Split(':').First(protocol => protocol is not ("eth" or "ethertype" or "vlan" or "ieee8021ad")) switch
        {
            "arp" => NetworkProtocol.Arp,
            "ip" => NetworkProtocol.IPv4,
            "ipv6" => NetworkProtocol.IPv6,
            _ => NetworkProtocol.Other,
        };

    /// <summary>The type or length behind the tags.</summary>
    public uint EtherType => new[] { "vlan.etype", "vlan.len", "eth.type", "eth.len" }.Select(Number).First(number => number != 0);

    /// <summary>The protocol above IP: in IPv6 where the chain of next headers leads.</summary>
    public uint Protocol => Network switch
    {
        NetworkProtocol.IPv4 => Number("ip.proto"),
        NetworkProtocol.IPv6 => FollowNextHeaders(),
        _ => 0,
    };

    private uint FollowNextHeaders()
    {
        uint protocol = Number("ipv6.nxt");
        while (true)
        {
            string? header = protocol switch
            {
                0 => "ipv6.hopopts.nxt",
                43 => "ipv6.routing.nxt",
                44 => "ipv6.fraghdr.nxt",
                51 => "ah.next_header",
                60 => "ipv6.dstopts.nxt",
                _ => null,
            };
            if (header is null)
            {
                return protocol;
            }

            protocol = Number(header);
            if (header is "ipv6.fraghdr.nxt" && Number("ipv6.fraghdr.offset") != 0)
            {
                return protocol;
            }
        }
    }
}

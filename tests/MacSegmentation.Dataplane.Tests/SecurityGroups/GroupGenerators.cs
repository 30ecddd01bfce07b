using System.Net;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

/// <summary>Random configurations and packets from so few values that they meet.</summary>
internal static class GroupGenerators
{
    public static readonly string[] Addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.9", "fd00::1", "fd00::2", "fd00::9"];

    private static readonly string[] GroupNames = ["web", "bare", "db"];

    private static readonly Gen<PortRange> Ranges = Gen.Elements(
        new PortRange(80, 80), new PortRange(80, 81), new PortRange(0, 79), new PortRange(1000, 2000), new PortRange(81, 65535), new PortRange(0, 65535));

    private static readonly Gen<MacSecurityGroupRule> Rules =
        from direction in Gen.Frequency([(3, Gen.Constant(TrafficDirection.Inbound)), (1, Gen.Constant(TrafficDirection.Outbound))])
        from protocol in Gen.Elements(IpProtocol.Tcp, IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp, IpProtocol.IcmpV6, IpProtocol.Any, new IpProtocol(TestPacket.Gre))
        from ranges in Gen.Choose(0, 2).SelectMany(count => Gen.ArrayOf(Ranges, protocol.HasPorts ? count : 0))
        from remote in Gen.Choose(0, 3)
        from network in Gen.Elements("10.0.0.0/8", "10.0.0.2/32", "0.0.0.0/0", "::/0", "fd00::/126", "fd00::9/128")
        from remoteGroup in Gen.Elements(GroupNames)
        select new MacSecurityGroupRule
        {
            GroupName = string.Empty,
            Direction = direction,
            Protocol = protocol,
            Port = ranges,
            RemoteAddress = remote == 1 ? IPNetwork.Parse(network) : null,
            RemoteGroup = remote == 2 ? remoteGroup : null,
        };

    /// <summary>Three records, each in some of three groups, of which one is stateless.</summary>
    public static Gen<ConfigurationSnapshot> Configurations { get; } =
        from rules in Gen.ArrayOf(Gen.ListOf(Rules, 3), 3)
        from counts in Gen.ArrayOf(Gen.Choose(0, 3), 3)
        from memberships in Gen.ArrayOf(Gen.Choose(0, 7), 3)
        from pairs in Gen.ArrayOf(Gen.Elements(Addresses), 3)
        select new ConfigurationSnapshot(1, [])
        {
            Interfaces =
            [
                .. memberships.Select((membership, i) => new MacInterface
                {
                    InterfaceId = i + 1,
                    Name = $"port-{i + 1}",
                    VlanId = 10,
                    MacAddress = new MacAddress((ulong)i + 1),
                    InstanceId = "vm",
                    IPAddress = i == 0 ? [] : [new InterfaceAddress(IPAddress.Parse($"10.0.0.{i + 1}"), 24), new InterfaceAddress(IPAddress.Parse($"fd00::{i + 1}"), 64)],
                    AddressPair = [new MacAddressPair { InterfaceName = $"port-{i + 1}", VlanId = 10, IPAddress = IPAddress.Parse(pairs[i]), MacAddress = default }],
                    SecurityGroup = [.. GroupNames.Where((_, bit) => (membership & (1 << bit)) != 0)],
                }),
            ],
        }.With<MacSecurityGroup>(
        [
            .. GroupNames.Select((name, i) => new MacSecurityGroup { Name = name, IsStateless = i == 1, Rule = [.. rules[i].Take(counts[i])] }),
        ]);

    public static Gen<TestPacket> Packets { get; } =
        from addresses in Gen.ArrayOf(Gen.Elements(Addresses), 2)
        from kind in Gen.Frequency([(6, Gen.Constant(TestPacket.Tcp)), (4, Gen.Constant(TestPacket.Udp)), (3, Gen.Constant(TestPacket.Icmp)), (1, Gen.Constant(TestPacket.Gre))])
        from ports in Gen.ArrayOf(Gen.Elements(80, 80, 81, 1000, 50_000, 67, 68, 546, 547), 2)
        from flags in Flags
        from icmpType in Gen.Elements<byte>(8, 8, 0, 13, 128, 129, 135, 143)
        from identifier in Gen.Choose(0, 1)
        from fragment in Gen.Frequency([(8, Gen.Constant(TestPacket.Part.Whole)), (2, Gen.Constant(TestPacket.Part.First)), (2, Gen.Constant(TestPacket.Part.Later)), (1, Gen.Constant(TestPacket.Part.Overlapping))])
        from isCut in Gen.Frequency([(15, Gen.Constant(false)), (1, Gen.Constant(true))])
        select Build(addresses, kind, ports, flags, icmpType, identifier, fragment, isCut);

    public static Gen<byte> Flags { get; } = Gen.Elements(
        TestPacket.Syn,
        TestPacket.Syn,
        (byte)(TestPacket.Syn | TestPacket.Ack),
        TestPacket.Ack,
        TestPacket.Ack,
        (byte)(TestPacket.Fin | TestPacket.Ack),
        TestPacket.Rst,
        (byte)(TestPacket.Rst | TestPacket.Ack));

    private static TestPacket Build(string[] addresses, byte kind, int[] ports, byte flags, byte icmpType, int identifier, TestPacket.Part fragment, bool isCut)
    {
        var source = IPAddress.Parse(addresses[0]);
        var destination = IPAddress.Parse(addresses[1]);
        if (destination.AddressFamily != source.AddressFamily)
        {
            destination = source;
        }

        var packet = new TestPacket(source, destination, kind);
        packet = kind == TestPacket.Icmp && packet.IsIPv6 ? packet with { Protocol = TestPacket.IcmpV6 } : packet;
        bool isEcho = packet.IsIcmp && packet with { IcmpType = icmpType } is { IsEchoRequest: true } or { IsEchoReply: true };
        return packet with
        {
            SourcePort = packet.HasPorts ? ports[0] : 0,
            DestinationPort = packet.HasPorts ? ports[1] : 0,
            Flags = kind == TestPacket.Tcp ? flags : (byte)0,
            IcmpType = packet.IsIcmp ? icmpType : (byte)0,
            Identifier = isEcho ? identifier : 0,
            Fragment = fragment == TestPacket.Part.Overlapping && kind != TestPacket.Tcp ? TestPacket.Part.Whole : fragment,
            FragmentId = (uint)identifier,
            IsCut = isCut && kind != TestPacket.Gre,
        };
    }
}

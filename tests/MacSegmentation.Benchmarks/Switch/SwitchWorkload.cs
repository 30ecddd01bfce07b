using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Benchmarks.Switch;

/// <summary>A network of many interface records, of which a few have their port at one switch, and the traffic between those.</summary>
internal static class SwitchWorkload
{
    public const int Vlan = 10;
    private const int GroupCount = 100;
    private const int RulesOfGroup = 10;
    private const int FirstPort = 8000;

    /// <summary>Records with two pairs each: an address shared with a neighbour, as a virtual router has, and one of its own.</summary>
    public static ConfigurationSnapshot Configuration(int records, int policies) => new ConfigurationSnapshot(1, [new VlanPolicies(Vlan, PolicyAction.Allow, Policies(policies))])
    {
        Interfaces = [.. Enumerable.Range(0, records).Select(Record)],
    }.With<MacSecurityGroup>([.. Enumerable.Range(0, GroupCount).Select(Group).OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)]);

    public static string NameOf(int record) => $"host-{record}";

    /// <summary>A segment of TCP from one record to another, that a rule of the groups admits.</summary>
    public static byte[] Segment(int from, int to, int flow, byte flags) =>
        new FrameBuilder(MacOf(from), MacOf(to)).Tcp(AddressOf(from), AddressOf(to), 30_000 + flow, FirstPort + (flow % RulesOfGroup), flags);

    private static MacInterface Record(int index) => new()
    {
        InterfaceId = index + 1,
        Name = NameOf(index),
        VlanId = Vlan,
        MacAddress = MacOf(index),
        InstanceId = NameOf(index),
        IPAddress = [new InterfaceAddress(AddressOf(index), 8)],
        AddressPair =
        [
            new MacAddressPair { InterfaceName = NameOf(index), VlanId = Vlan, IPAddress = Number(0x0A80_0000, index / 2), MacAddress = new MacAddress(0x0000_5E00_0100 + (ulong)(index / 2 % 255)), HasOwnMacAddress = true },
            new MacAddressPair { InterfaceName = NameOf(index), VlanId = Vlan, IPAddress = Number(0x0A40_0000, index), MacAddress = MacOf(index) },
        ],
        SecurityGroup = [GroupName(index % GroupCount), "group-shared"],
        ArpRateLimit = 0,
    };

    private static MacSecurityGroup Group(int index)
    {
        // All records are members of the last one, so that a remote group has all of them.
        string name = index == GroupCount - 1 ? "group-shared" : GroupName(index);
        return new MacSecurityGroup
        {
            Name = name,
            Rule = [.. Enumerable.Range(0, RulesOfGroup).Select(rule => new MacSecurityGroupRule
            {
                RuleId = (index * RulesOfGroup) + rule + 1,
                GroupName = name,
                Direction = TrafficDirection.Inbound,
                Protocol = IpProtocol.Tcp,
                Port = [new PortRange((ushort)(FirstPort + rule), (ushort)(FirstPort + rule))],
                RemoteGroup = "group-shared",
            })],
        };
    }

    /// <summary>Denials of hosts that send nothing: every frame is looked up among them.</summary>
    private static MacPolicy[] Policies(int count) =>
    [
        .. Enumerable.Range(1, count).Select(order => new MacPolicy
        {
            PolicyId = order,
            VlanId = Vlan,
            Order = order,
            SourceAddress = MacPattern.Exactly(new MacAddress(0x0600_0000_0000 + (ulong)order)),
            DestinationAddress = MacPattern.Any,
            Action = PolicyAction.Deny,
        }),
    ];

    private static string GroupName(int index) => $"group-{index}";

    private static MacAddress MacOf(int record) => new(0x0200_0000_0000 + (ulong)record);

    private static IPAddress AddressOf(int record) => Number(0x0A00_0001, record);

    private static IPAddress Number(uint first, int index) => IpNumber.ToAddress(IpNumber.FromIPv4(first + (uint)index));
}

using System.Net;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityGroups;

public class GroupTableTests
{
    [Fact]
    public void The_compiled_rules_of_a_port_admit_what_a_walk_over_the_records_admits() => Prop.ForAll(
        GroupGenerators.Configurations.Zip(Gen.ListOf(Questions, 40)).ToArbitrary(),
        given =>
        {
            var (configuration, questions) = given;
            var table = CompiledGroups.Compile(configuration, previous: null);
            var model = new GroupModel(capacity: 1) { Configuration = configuration };
            foreach (var (index, direction, protocol, port, address, withoutFlow) in questions)
            {
                var record = configuration.Interfaces[index];
                var groups = table.Of(record);
                Assert.Equal(record.SecurityGroup.Count == 0, ReferenceEquals(groups, PortGroups.Unrestricted));
                if (record.SecurityGroup.Count == 0)
                {
                    continue;
                }

                bool restricts = model.Restricts(new GroupModel.Side(record, direction));
                Assert.Equal(restricts, groups.Restricts(direction));
                var remote = IPAddress.Parse(address);
                int? portOfRule = protocol is TestPacket.Tcp or TestPacket.Udp ? port : null;
                bool byStateful = restricts ? model.AdmitsByWalk(record, direction, isStateless: false, protocol, portOfRule, remote) : groups.IsStateful;
                bool byStateless = !restricts || model.AdmitsByWalk(record, direction, isStateless: true, protocol, portOfRule, remote);
                var expected = byStateful && !withoutFlow ? RuleAdmission.Stateful : byStateless ? RuleAdmission.Stateless : RuleAdmission.None;
                Assert.Equal(expected, groups.Judge(direction, protocol, port, IpNumber.From(remote), withoutFlow));

                bool byPortless = model.AdmitsByWalk(record, direction, isStateless: false, protocol, null, remote)
                    || model.AdmitsByWalk(record, direction, isStateless: true, protocol, null, remote);
                Assert.Equal(!restricts || byPortless, groups.AdmitsLaterFragment(direction, protocol, IpNumber.From(remote)));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_set_of_addresses_has_its_members_and_no_others() => Prop.ForAll(
        Gen.ListOf(Numbers).Zip(Gen.ListOf(Numbers)).ToArbitrary(),
        given =>
        {
            var set = new AddressSet(given.Item1);
            Assert.All(given.Item1, number => Assert.True(set.Contains(number)));
            Assert.All(given.Item2, number => Assert.Equal(given.Item1.Contains(number), set.Contains(number)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_table_is_kept_as_long_as_nothing_that_it_is_made_of_changes()
    {
        var snapshot = Snapshot([Group("web")], [Member(1, "10.0.0.1", "web")]);
        var table = CompiledGroups.Compile(snapshot, previous: null);
        Assert.Same(table, CompiledGroups.Compile(snapshot with { Revision = 2 }, table));
        Assert.NotSame(table, CompiledGroups.Compile(snapshot.With<MacSecurityGroup>([Group("web")]), table));
        Assert.NotSame(table, CompiledGroups.Compile(snapshot with { Interfaces = [Member(1, "10.0.0.1", "web")] }, table));
    }

    [Fact]
    public void A_remote_group_stands_for_fixed_addresses_and_pairs_of_its_members_the_port_itself_included()
    {
        var rule = Rule(TrafficDirection.Inbound, IpProtocol.Tcp) with { RemoteGroup = "web" };
        var member = Member(1, "10.0.0.1", "web") with
        {
            AddressPair = [new MacAddressPair { InterfaceName = "port-1", VlanId = 10, IPAddress = IPAddress.Parse("10.0.0.100"), MacAddress = default }],
        };
        var configuration = Snapshot([Group("web", rule)], [member, Member(2, "fd00::2", "WEB"), Member(3, "10.0.0.3")]);
        var groups = CompiledGroups.Compile(configuration, previous: null).Of(member);
        Assert.All(["10.0.0.1", "10.0.0.100", "fd00::2"], address => Assert.Equal(RuleAdmission.Stateful, Ask(address)));
        Assert.All(["10.0.0.3", "::", "fd00::1"], address => Assert.Equal(RuleAdmission.None, Ask(address)));

        RuleAdmission Ask(string address) =>
            groups.Judge(TrafficDirection.Inbound, TestPacket.Tcp, destinationPort: 1, IpNumber.From(IPAddress.Parse(address)), withoutFlow: false);
    }

    [Fact]
    public void A_group_that_is_not_there_admits_nothing()
    {
        var member = Member(1, "10.0.0.1", "gone", "web");
        var rule = Rule(TrafficDirection.Inbound, IpProtocol.Tcp) with { RemoteGroup = "never" };
        var groups = CompiledGroups.Compile(Snapshot([Group("web", rule)], [member]), previous: null).Of(member);
        Assert.True(groups.RestrictsInbound);
        Assert.Equal(RuleAdmission.None, groups.Judge(TrafficDirection.Inbound, TestPacket.Tcp, 80, UInt128.Zero, withoutFlow: false));
    }

    [Fact]
    public void The_last_bit_of_a_prefix_counts_in_either_family()
    {
        Assert.True(Admits("10.0.0.128/25", "10.0.0.255"));
        Assert.False(Admits("10.0.0.128/25", "10.0.0.127"));
        Assert.True(Admits("10.0.0.1/32", "10.0.0.1"));
        Assert.False(Admits("10.0.0.1/32", "10.0.0.0"));
        Assert.True(Admits("0.0.0.0/0", "255.255.255.255"));
        Assert.False(Admits("0.0.0.0/0", "::1"));
        Assert.True(Admits("::/0", "ffff::"));
        Assert.False(Admits("::/0", "10.0.0.1"));
        Assert.True(Admits("fd00::/127", "fd00::1"));
        Assert.False(Admits("fd00::/127", "fd00::2"));

        static bool Admits(string network, string address) =>
            new GroupRule(Rule(TrafficDirection.Inbound, IpProtocol.Any) with { RemoteAddress = IPNetwork.Parse(network) }, isStateless: false, remoteMembers: null)
                .AdmitsRemote(IpNumber.From(IPAddress.Parse(address)));
    }

    private static Gen<UInt128> Numbers { get; } =
        from high in Gen.Elements(0UL, 1UL, 0xFD00_0000_0000_0000UL)
        from low in Gen.Choose(0, 40)
        from isIPv4 in Gen.Elements(true, false)
        select isIPv4 ? IpNumber.FromIPv4((uint)low) : new UInt128(high, (ulong)low);

    private static Gen<(int Index, TrafficDirection Direction, byte Protocol, ushort Port, string Address, bool WithoutFlow)> Questions { get; } =
        from index in Gen.Choose(0, 2)
        from direction in Gen.Elements(TrafficDirection.Inbound, TrafficDirection.Outbound)
        from protocol in Gen.Elements(TestPacket.Tcp, TestPacket.Udp, TestPacket.Icmp, TestPacket.IcmpV6, TestPacket.Gre)
        from port in Gen.Elements<ushort>(0, 79, 80, 81, 82, 999, 1000, 2000, 2001, 65535)
        from address in Gen.Elements(GroupGenerators.Addresses)
        from withoutFlow in Gen.Elements(true, false)
        select (index, direction, protocol, port, address, withoutFlow);

    internal static ConfigurationSnapshot Snapshot(MacSecurityGroup[] groups, MacInterface[] records) =>
        new ConfigurationSnapshot(1, []) { Interfaces = [.. records] }.With<MacSecurityGroup>([.. groups]);

    internal static MacSecurityGroup Group(string name, params MacSecurityGroupRule[] rules) => new() { Name = name, Rule = rules };

    internal static MacSecurityGroupRule Rule(TrafficDirection direction, IpProtocol protocol, params ushort[] ports) => new()
    {
        GroupName = "any",
        Direction = direction,
        Protocol = protocol,
        Port = [.. ports.Select(port => new PortRange(port, port))],
    };

    internal static MacInterface Member(long id, string address, params string[] groups) => new()
    {
        InterfaceId = id,
        Name = $"port-{id}",
        VlanId = 10,
        MacAddress = new MacAddress((ulong)id),
        InstanceId = "vm",
        IPAddress = [new InterfaceAddress(IPAddress.Parse(address), 24)],
        SecurityGroup = groups,
    };
}

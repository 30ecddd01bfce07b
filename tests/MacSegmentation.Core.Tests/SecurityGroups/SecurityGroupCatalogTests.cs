using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.SecurityGroups;

public sealed class SecurityGroupCatalogTests
{
    private readonly InMemoryStore store = new(new ManualTime());

    public SecurityGroupCatalogTests()
    {
        store.Write(w => VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:10/44")] }));
        store.Write(w => InterfaceCatalog.Create(w, new InterfaceRequest { Name = "web-1", VlanId = 10 }));
        Create("web");
        Create("Clients");
    }

    [Fact]
    public void A_group_exists_once_whatever_its_case()
    {
        var group = store.Write(w => SecurityGroupCatalog.Create(w, "db", "what stores", isStateless: true));
        Assert.Equal(("db", "what stores", true), (group.Name, group.Description, group.IsStateless));
        Assert.Equal((AuditAction.CreateSecurityGroup, 0, "db", "stateless"), LastEvent());
        Assert.Equal("db", store.Read(r => SecurityGroupCatalog.Get(r, "DB")).Name);
        Assert.Contains("'Clients'", Fails("SecurityGroupExists", () => Create("clients")).Message, StringComparison.Ordinal);
        Fails("InvalidSecurityGroupName", () => Create("web*"));
        Fails("InvalidSecurityGroupName", () => Create(" "));
        Fails("InvalidSecurityGroupDescription", () => store.Write(w => SecurityGroupCatalog.Create(w, "x", new string('d', 257))));
        Fails("SecurityGroupNotFound", () => store.Write(w => SecurityGroupCatalog.Remove(w, "nobody", force: true)));
    }

    [Fact]
    public void A_member_joins_once_and_leaves_once()
    {
        Assert.Equal(["web"], AddMember("WEB", "WEB-1").SecurityGroup);
        Assert.Equal((AuditAction.AddSecurityGroupMember, 10, "web-1", "to security group 'web'"), LastEvent());
        Fails("SecurityGroupMemberExists", () => AddMember("web", "web-1"));
        Fails("SecurityGroupNotFound", () => AddMember("nobody", "web-1"));
        Fails("InterfaceNotFound", () => AddMember("web", "nobody"));
        Assert.Equal(["Clients", "web"], AddMember("clients", "web-1").SecurityGroup);
        Assert.Equal(["web-1"], store.Read(r => SecurityGroupCatalog.Get(r, "clients")).Member);

        Assert.Equal(["web"], RemoveMember("clients", "web-1").SecurityGroup);
        Fails("SecurityGroupMemberNotFound", () => RemoveMember("clients", "web-1"));
        Assert.Empty(RemoveMember("web", "web-1").SecurityGroup);
        Assert.Empty(store.Read(r => SecurityGroupCatalog.Get(r, "web")).Member);
    }

    [Fact]
    public void A_group_in_use_goes_by_force_only_and_takes_rules_that_name_it_along()
    {
        AddMember("clients", "web-1");
        Assert.Contains("has 1 member. Remove them with Remove-MacSecurityGroupMember, or", Fails("SecurityGroupInUse", () => Remove("clients", force: false)).Message, StringComparison.Ordinal);
        AddRule(new RuleRequest { GroupName = "web", Direction = TrafficDirection.Inbound, RemoteGroup = "CLIENTS" });
        AddRule(new RuleRequest { GroupName = "clients", Direction = TrafficDirection.Inbound, RemoteGroup = "clients" });
        Assert.Contains(
            "has 1 member and 1 rule of other groups that names it. Remove them with Remove-MacSecurityGroupMember and Remove-MacSecurityGroupRule, or",
            Fails("SecurityGroupInUse", () => Remove("clients", force: false)).Message,
            StringComparison.Ordinal);
        Remove("clients", force: true);
        Assert.Equal((AuditAction.RemoveSecurityGroup, 0, "Clients", "with 1 member and 1 rule of other groups that names it"), LastEvent());
        Assert.Empty(store.Read(r => r.ListSecurityGroupRules()));
        Assert.Empty(store.Read(r => InterfaceCatalog.Get(r, "web-1")).SecurityGroup);

        // What a group says of itself is no other's use of it.
        AddRule(new RuleRequest { GroupName = "web", Direction = TrafficDirection.Inbound, RemoteGroup = "web" });
        Remove("web", force: false);
    }

    [Fact]
    public void A_group_does_not_go_if_another_s_members_could_then_send_anywhere()
    {
        AddRule(new RuleRequest { GroupName = "web", Direction = TrafficDirection.Outbound, RemoteGroup = "clients" });
        Assert.Contains("Security group 'web' has no Outbound rule but", Fails("LastOutboundRule", () => Remove("clients", force: true)).Message, StringComparison.Ordinal);
        Assert.Single(store.Read(r => r.ListSecurityGroupRules()));

        AddRule(new RuleRequest { GroupName = "web", Direction = TrafficDirection.Outbound, RemoteAddress = "10.0.0.0/24" });
        Remove("clients", force: true);
        Assert.Single(store.Read(r => r.ListSecurityGroupRules()));

        // Its own rules go with it: nobody is held to them any more.
        AddRule(new RuleRequest { GroupName = "web", Direction = TrafficDirection.Outbound, RemoteGroup = "web" });
        Remove("web", force: true);
    }

    [Fact]
    public void A_rule_is_stored_in_its_plainest_form()
    {
        var rule = AddRule(new RuleRequest
        {
            GroupName = "WEB",
            Direction = TrafficDirection.Inbound,
            Protocol = IpProtocol.Tcp,
            Port = [new PortRange(443, 443), new PortRange(80, 90), new PortRange(85, 95), new PortRange(96, 96)],
            RemoteGroup = "clients",
        });
        Assert.Equal(("web", "Clients", "Inbound Tcp 80-96,443 from Clients"), (rule.GroupName, rule.RemoteGroup, rule.ToString()));
        Assert.Equal((AuditAction.AddSecurityGroupRule, 0, "Inbound Tcp 80-96,443 from Clients", "to security group 'web'"), LastEvent());
        Assert.Contains($"number {rule.RuleId}", Fails("SecurityGroupRuleExists", () => AddRule(new RuleRequest
        {
            GroupName = "web",
            Direction = TrafficDirection.Inbound,
            Protocol = IpProtocol.Tcp,
            Port = [new PortRange(80, 96), new PortRange(443, 443)],
            RemoteGroup = "Clients",
        })).Message, StringComparison.Ordinal);
        Assert.Equal("10.0.0.5/32", AddRule(Outbound("10.0.0.5")).RemoteAddress?.ToString());
        Fails("SecurityGroupRuleExists", () => AddRule(Outbound("10.0.0.5/32")));
        Assert.Equal("fd00::/64", AddRule(Outbound("fd00::/64")).RemoteAddress?.ToString());
        Assert.Equal("0.0.0.0/0", AddRule(Outbound("0.0.0.0/0")).RemoteAddress?.ToString());
        Assert.Null(AddRule(Outbound(null)).RemoteAddress);

        store.Write(w => SecurityGroupCatalog.RemoveRule(w, rule.RuleId));
        Assert.Equal((AuditAction.RemoveSecurityGroupRule, 0, "Inbound Tcp 80-96,443 from Clients", "from security group 'web'"), LastEvent());
        Fails("SecurityGroupRuleNotFound", () => store.Write(w => SecurityGroupCatalog.RemoveRule(w, rule.RuleId)));
    }

    [Fact]
    public void Rules_that_can_never_be_right_are_refused()
    {
        Fails("SecurityGroupNotFound", () => AddRule(Outbound(null) with { GroupName = "nobody" }));
        Assert.Contains(
            "remote security group 'nobody'", Fails("SecurityGroupNotFound", () => AddRule(Outbound(null) with { RemoteGroup = "nobody" })).Message, StringComparison.Ordinal);
        Fails("RemoteTwice", () => AddRule(Outbound("10.0.0.0/24") with { RemoteGroup = "web" }));
        foreach (var protocol in (IpProtocol[])[IpProtocol.Any, IpProtocol.Icmp, new IpProtocol(132)])
        {
            Fails("PortsNeedTcpOrUdp", () => AddRule(Outbound(null) with { Protocol = protocol, Port = [new PortRange(80, 80)] }));
        }

        Fails("InvalidPortRange", () => AddRule(Outbound(null) with { Protocol = IpProtocol.Udp, Port = [new PortRange(81, 80)] }));
        Fails("ProtocolFamilyMismatch", () => AddRule(Outbound("10.0.0.0/24") with { Protocol = IpProtocol.IcmpV6 }));
        Fails("ProtocolFamilyMismatch", () => AddRule(Outbound("fd00::/64") with { Protocol = IpProtocol.Icmp }));
    }

    [Theory]
    [InlineData("10.0.0.5/24", "Give 10.0.0.0/24, or 10.0.0.5 alone.")]
    [InlineData("fd00::5/64", "Give fd00::/64, or fd00::5 alone.")]
    [InlineData("10.0/16", "such as 10.0.0.5")]
    [InlineData("10.0.0.0/33", "such as 10.0.0.5")]
    [InlineData("::ffff:10.0.0.0/120", "such as 10.0.0.5")]
    [InlineData("anyone", "such as 10.0.0.5")]
    [InlineData("", "such as 10.0.0.5")]
    public void Remote_addresses_that_are_none_are_refused(string remote, string wayOut) =>
        Assert.Contains(wayOut, Fails("InvalidRemoteAddress", () => AddRule(Outbound(remote))).Message, StringComparison.Ordinal);

    [Fact]
    public void Joined_ports_are_the_ports_that_were_given() => Property.Holds(
        Gen.Zip(Gen.Choose(0, 40), Gen.Choose(0, 5)).NonEmptyListOf(),
        ports =>
        {
            // At the upper end of the numbers, where one more would be too many.
            PortRange[] given = [.. ports.Select(port => new PortRange((ushort)(65490 + port.Item1), (ushort)(65490 + port.Item1 + port.Item2)))];
            var subject = new InMemoryStore(new ManualTime());
            subject.Write(w => SecurityGroupCatalog.Create(w, "g"));
            var stored = subject.Write(w => SecurityGroupCatalog.AddRule(
                w, new RuleRequest { GroupName = "g", Direction = TrafficDirection.Inbound, Protocol = IpProtocol.Udp, Port = given })).Port;
            foreach (ushort port in Enumerable.Range(65480, 56).Select(number => (ushort)number))
            {
                Assert.Equal(given.Any(range => range.Contains(port)), stored.Any(range => range.Contains(port)));
            }

            Assert.All(stored.Zip(stored.Skip(1)), pair => Assert.True(pair.First.Last + 1 < pair.Second.First));
        });

    private static RuleRequest Outbound(string? remote) => new() { GroupName = "web", Direction = TrafficDirection.Outbound, RemoteAddress = remote };

    private MacSecurityGroup Create(string name) => store.Write(w => SecurityGroupCatalog.Create(w, name));

    private MacSecurityGroup Remove(string name, bool force) => store.Write(w => SecurityGroupCatalog.Remove(w, name, force));

    private MacSecurityGroupRule AddRule(RuleRequest request) => store.Write(w => SecurityGroupCatalog.AddRule(w, request));

    private MacInterface AddMember(string group, string name) => store.Write(w => SecurityGroupCatalog.AddMember(w, group, name));

    private MacInterface RemoveMember(string group, string name) => store.Write(w => SecurityGroupCatalog.RemoveMember(w, group, name));

    private (AuditAction Action, int VlanId, string Subject, string Detail) LastEvent()
    {
        var last = store.Read(r => r.ListAuditEvents(new AuditQuery()))[^1];
        return (last.Action, last.VlanId, last.Subject, last.Detail);
    }

    private MacSegmentationException Fails(string errorId, Func<object> change)
    {
        long before = store.ReadRevision();
        var error = Assert.Throws<MacSegmentationException>(change);
        Assert.Equal((errorId, before), (error.ErrorId, store.ReadRevision()));
        return error;
    }
}

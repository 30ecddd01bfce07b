using System.Text;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pools;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

public sealed class InterfacePlanTests
{
    private const string Pool = "02:00:00:00:00:10-02:00:00:00:00:1f";
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public InterfacePlanTests() => store = new InMemoryStore(time);

    [Fact]
    public void What_is_equal_stays_untouched()
    {
        Apply("""{ "name": "a", "ipAddresses": ["10.0.0.1/24"], "addressPairs": [{ "ipAddress": "10.0.0.100" }, { "ipAddress": "10.0.0.101" }], "securityGroups": ["web", "db"] }, { "name": "b" }""", """{ "name": "web", "rules": [{ "direction": "Inbound", "protocol": "Tcp", "ports": "80" }, { "direction": "Inbound", "protocol": "Icmp" }] }, { "name": "db" }""");
        (var before, long rule) = (Get("a"), store.Read(r => r.ListSecurityGroupRules())[1].RuleId);
        var changes = Apply("""{ "name": "c" }, { "name": "a", "dhcpGuard": false, "ipAddresses": ["10.0.0.2/24"], "addressPairs": [{ "ipAddress": "10.0.0.101" }, { "ipAddress": "10.0.0.102" }], "securityGroups": ["WEB", "x"] }""", """{ "name": "x" }, { "name": "web", "rules": [{ "direction": "Inbound", "protocol": "Icmp" }, { "direction": "Outbound", "protocol": "Any" }] }""");
        Assert.Equal(
            [
                "RemoveSecurityGroup 0 db with 1 member",
                "RemoveSecurityGroupRule 0 Inbound Tcp 80 from anywhere from security group 'web'",
                "ReleaseAddress 10 02:00:00:00:00:11 from 'b'",
                "RemoveInterface 10 b 02:00:00:00:00:11",
                "RemoveAddressPair 10 10.0.0.100 with 02:00:00:00:00:10 from interface 'a'",
                "CreateSecurityGroup 0 x",
                "AddSecurityGroupRule 0 Outbound Any to anywhere to security group 'web'",
                "ChangeInterface 10 a fixed 10.0.0.2/24, DHCP guard off",
                "AllocateAddress 10 02:00:00:00:00:12 to 'c'",
                "CreateInterface 10 c 02:00:00:00:00:12",
                "AddAddressPair 10 10.0.0.102 with 02:00:00:00:00:10 to interface 'a'",
                "AddSecurityGroupMember 10 a to security group 'x'",
            ],
            changes.Select(change => $"{change.Action} {change.VlanId} {change.Subject} {change.Detail}".Trim()));
        Assert.Equal((before.InterfaceId, before.MacAddress), (Get("a").InterfaceId, Get("a").MacAddress));
        Assert.Contains(store.Read(r => r.ListSecurityGroupRules()), other => other.RuleId == rule);
    }

    [Fact]
    public void Names_and_addresses_change_places()
    {
        Apply("""{ "name": "a", "macAddress": "02:00:00:00:00:10", "ipAddresses": ["10.0.0.1/24"] }, { "name": "b", "macAddress": "02:00:00:00:00:11", "ipAddresses": ["10.0.0.2/24"] }, { "name": "c", "ipAddresses": ["10.0.0.3/24"] }""");
        Apply("""{ "name": "a", "macAddress": "02:00:00:00:00:11", "ipAddresses": ["10.0.0.1/24"] }, { "name": "b", "macAddress": "02:00:00:00:00:10", "ipAddresses": ["10.0.0.3/24"] }, { "name": "C", "ipAddresses": ["10.0.0.2/25"] }""");
        Assert.Equal(
            ["a 02:00:00:00:00:11 10.0.0.1/24", "b 02:00:00:00:00:10 10.0.0.3/24", "C 02:00:00:00:00:12 10.0.0.2/25"],
            store.Read(r => r.ListInterfaces()).Select(record => $"{record.Name} {record.MacAddress} {record.IPAddress[0]}"));
        Assert.All(store.Read(r => r.ListInterfaces()), record => Assert.True(record.HoldsAllocation));
    }

    [Fact]
    public void A_record_without_an_address_keeps_what_it_has_and_else_gets_what_no_other_names()
    {
        Apply("""{ "name": "a" }, { "name": "b", "macAddress": "02:00:00:00:00:11" }""");
        Apply("""{ "name": "new", "instanceId": "vm" }, { "name": "b" }, { "name": "a" }, { "name": "c", "macAddress": "02:00:00:00:00:12" }""");
        Assert.Equal(["a 10", "b 11", "c 12", "new 13"], store.Read(r => r.ListInterfaces()).Select(record => $"{record.Name} {record.MacAddress.ToString()[^2..]}"));

        Apply("""{ "name": "a" }, { "name": "b", "macAddress": "02:00:00:00:00:10" }""");
        Assert.Equal(["a 14", "b 10"], store.Read(r => r.ListInterfaces()).Select(record => $"{record.Name} {record.MacAddress.ToString()[^2..]}"));
    }

    [Fact]
    public void An_address_is_the_records_or_its_machines_as_the_document_lists_it()
    {
        const string Record = """{ "name": "a", "macAddress": "02:00:00:00:00:10", "instanceId": "vm-1" }""";
        const string Allocation = """{ "instanceId": "vm-1", "macAddress": "02:00:00:00:00:10" }""";
        foreach (string list in new[] { "", Allocation, "" })
        {
            Apply(Record, allocations: list);
            Assert.Equal(list.Length == 0, Get("a").HoldsAllocation);
            Assert.Equal(list.Length == 0 ? 0 : 1, Export().Vlans[0].Allocations.Count);
            Assert.Equal("vm-1", store.Read(r => AddressPool.Get(r, Get("a").MacAddress)).InstanceId);
            Assert.Empty(Apply(Record, allocations: list));
        }

        Apply(string.Empty);
        Assert.Empty(store.Read(r => r.ListAllocations()));
    }

    [Fact]
    public void A_document_without_interfaces_and_groups_removes_them_also_while_they_are_used()
    {
        Apply("""{ "name": "a", "securityGroups": ["web"] }""", """{ "name": "web" }""");
        store.Observe(observer =>
        {
            observer.UpsertInterfaceUse(new InterfaceUse { InterfaceId = Get("a").InterfaceId, EnforcerId = "e", HostName = "host-1", Process = "macseg/7", SeenAt = observer.Now });
            return 0;
        });
        Apply(string.Empty);
        Assert.Equal((0, 0), store.Read(r => (r.ListInterfaces().Count, r.ListSecurityGroups().Count)));
        Assert.Empty(store.Read(r => r.ListAllocations()));
    }

    [Fact]
    public void A_named_address_may_still_rest()
    {
        const string HeldDown = "\"reuseDelay\": \"01:00:00\", ";
        Apply("""{ "name": "a", "macAddress": "02:00:00:00:00:10" }""", vlan: HeldDown);
        Apply("""{ "name": "b", "macAddress": "02:00:00:00:00:10" }""", vlan: HeldDown);
        Assert.Equal("b", store.Read(r => r.ListAllocations()).Single().InstanceId);
    }

    [Theory]
    [InlineData("""{ "name": "web-*" }""", "InvalidInterfaceName", "interfaces[1].name")]
    [InlineData("""{ "name": "A" }""", "ConfigurationInvalid", "interfaces[1].name")]
    [InlineData("""{ "name": "b", "instanceId": " " }""", "InvalidInstanceId", "interfaces[1].instanceId")]
    [InlineData("""{ "name": "b", "arpRateLimit": 1000001 }""", "InvalidArpRateLimit", "interfaces[1].arpRateLimit")]
    [InlineData("""{ "name": "b", "dhcpRateLimit": 1000001 }""", "InvalidDhcpRateLimit", "interfaces[1].dhcpRateLimit")]
    [InlineData("""{ "name": "b", "rsRateLimit": -1 }""", "InvalidRsRateLimit", "interfaces[1].rsRateLimit")]
    [InlineData("""{ "name": "b", "permittedEtherTypes": ["0x88cc", "0x0800"] }""", "InvalidEtherType", "interfaces[1].permittedEtherTypes[1]")]
    [InlineData("""{ "name": "b", "ipAddresses": ["10.0.0.2/24", "10.0.0.3"] }""", "InvalidInterfaceAddress", "interfaces[1].ipAddresses[1]")]
    [InlineData("""{ "name": "b", "ipAddresses": ["10.0.0.2/24", "10.0.0.2/25"] }""", "DuplicateIPAddress", "interfaces[1].ipAddresses[1]")]
    [InlineData("""{ "name": "b", "ipAddresses": ["fd00::2/64", "FD00::0001/64"] }""", "IPAddressTaken", "interfaces[1].ipAddresses[1]")]
    [InlineData("""{ "name": "b", "macAddress": "01:00:5e:00:00:01" }""", "GroupAddressNotAllowed", "interfaces[1].macAddress")]
    [InlineData("""{ "name": "b", "macAddress": "00:00:00:00:00:00" }""", "ZeroAddressNotAllowed", "interfaces[1].macAddress")]
    [InlineData("""{ "name": "b", "macAddress": "02:00:00:00:00:10" }""", "InterfaceAddressTaken", "interfaces[1].macAddress")]
    [InlineData("""{ "name": "b", "macAddress": "02:00:00:00:00:1f" }""", "AddressAllocated", "interfaces[1].macAddress")]
    [InlineData("""{ "name": "b", "macAddress": "02:00:00:00:01:00" }""", "AddressNotInPool", "interfaces[1].macAddress")]
    [InlineData("""{ "name": "b", "ipAddresses": ["10.0.0.2/24"], "addressPairs": [{ "ipAddress": "10.0.0.0/24" }] }""", "AddressPairIsPrefix", "interfaces[1].addressPairs[0].ipAddress")]
    [InlineData("""{ "name": "b", "ipAddresses": ["10.0.0.2/24"], "addressPairs": [{ "ipAddress": "10.0.0.9" }, { "ipAddress": "ten" }] }""", "InvalidIPAddress", "interfaces[1].addressPairs[1].ipAddress")]
    [InlineData("""{ "name": "b", "ipAddresses": ["10.0.0.2/24"], "addressPairs": [{ "ipAddress": "10.0.1.9" }] }""", "AddressOutsideSubnet", "interfaces[1].addressPairs[0].ipAddress")]
    [InlineData("""{ "name": "b", "ipAddresses": ["10.0.0.2/24"], "addressPairs": [{ "ipAddress": "10.0.0.9" }, { "ipAddress": "10.0.0.9" }] }""", "AddressPairExists", "interfaces[1].addressPairs[1]")]
    [InlineData("""{ "name": "b", "ipAddresses": ["10.0.0.2/24"], "addressPairs": [{ "ipAddress": "10.0.0.2" }] }""", "AddressPairExists", "interfaces[1].addressPairs[0]")]
    [InlineData("""{ "name": "b", "ipAddresses": ["10.0.0.2/24"], "addressPairs": [{ "ipAddress": "10.0.0.9", "macAddress": "ff:ff:ff:ff:ff:ff" }] }""", "GroupAddressNotAllowed", "interfaces[1].addressPairs[0].macAddress")]
    [InlineData("""{ "name": "b", "securityGroups": ["web", "nobody"] }""", "SecurityGroupNotFound", "interfaces[1].securityGroups[1]")]
    [InlineData("""{ "name": "b", "securityGroups": ["web", "WEB"] }""", "SecurityGroupMemberExists", "interfaces[1].securityGroups[1]")]
    public void What_the_domain_refuses_of_an_interface_is_refused_with_its_place_whatever_the_store_held(string record, string errorId, string path)
    {
        string document = Document($$"""{ "name": "a", "macAddress": "02:00:00:00:00:10", "ipAddresses": ["fd00::1/64"] },{{"\n"}}{{record}}""", """{ "name": "web" }""", allocations: """{ "instanceId": "x", "macAddress": "02:00:00:00:00:1f" }""")
            .Replace("{ \"vlans\": [", "{ \"vlans\": [ { \"id\": 20, \"ranges\": [\"02:00:00:00:01:00\"], \"interfaces\": [] }, ", StringComparison.Ordinal)
            .Replace("fd00::1/64", errorId is "IPAddressTaken" ? "fd00::1/64" : "fd00::9/64", StringComparison.Ordinal);
        Refused(document, errorId, "line 2, ", $"vlans[1].{path}: ");
    }

    [Theory]
    [InlineData("""{ "name": "Web" }""", "ConfigurationInvalid", "securityGroups[1].name")]
    [InlineData("""{ "name": "?" }""", "InvalidSecurityGroupName", "securityGroups[1].name")]
    [InlineData("""{ "name": "db", "description": "a\tb" }""", "InvalidSecurityGroupDescription", "securityGroups[1].description")]
    [InlineData("""{ "name": "db", "rules": [{ "direction": "Inbound", "protocol": "Icmp", "ports": "80" }] }""", "PortsNeedTcpOrUdp", "securityGroups[1].rules[0].ports")]
    [InlineData("""{ "name": "db", "rules": [{ "direction": "Inbound", "protocol": "Tcp", "remoteAddress": "10.0.0.1/24" }] }""", "InvalidRemoteAddress", "securityGroups[1].rules[0].remoteAddress")]
    [InlineData("""{ "name": "db", "rules": [{ "direction": "Inbound", "protocol": "Tcp", "remoteAddress": "10.0.0.1", "remoteGroup": "web" }] }""", "RemoteTwice", "securityGroups[1].rules[0].remoteGroup")]
    [InlineData("""{ "name": "db", "rules": [{ "direction": "Inbound", "protocol": "IcmpV6", "remoteAddress": "10.0.0.1" }] }""", "ProtocolFamilyMismatch", "securityGroups[1].rules[0].protocol")]
    [InlineData("""{ "name": "db", "rules": [{ "direction": "Inbound", "protocol": "Tcp", "remoteGroup": "nobody" }] }""", "SecurityGroupNotFound", "securityGroups[1].rules[0].remoteGroup")]
    [InlineData("""{ "name": "db", "rules": [{ "direction": "Inbound", "protocol": "Tcp", "ports": "80,81" }, { "direction": "Inbound", "protocol": "Tcp", "ports": "80-81" }] }""", "SecurityGroupRuleExists", "securityGroups[1].rules[1]")]
    public void What_the_domain_refuses_of_a_security_group_is_refused_with_its_place_whatever_the_store_held(string group, string errorId, string path) =>
        Refused(Document(string.Empty, $$"""{ "name": "web" },{{"\n"}}{{group}}"""), errorId, "line 2, ", $"{path}: ");

    private static string Document(string interfaces, string groups = "", string allocations = "", string vlan = "") =>
        $$"""{ "vlans": [{ "id": 10, "ranges": ["{{Pool}}"], {{vlan}}"allocations": [{{allocations}}], "interfaces": [{{interfaces}}] }], "securityGroups": [{{groups}}] }""";

    private static MacConfiguration Parse(string json) => MacConfiguration.Parse(Encoding.UTF8.GetBytes(json), "lab.json");

    private void Refused(string document, string errorId, params string[] words)
    {
        Try();
        Apply(
            """{ "name": "b", "macAddress": "02:00:00:00:00:1e", "ipAddresses": ["10.0.0.2/24", "10.0.1.2/24"], "addressPairs": [{ "ipAddress": "10.0.0.9" }, { "ipAddress": "10.0.1.9" }], "securityGroups": ["web"] }""",
            """{ "name": "web" }, { "name": "db", "rules": [{ "direction": "Inbound", "protocol": "Tcp", "ports": "80-81" }] }, { "name": "nobody" }""",
            """{ "instanceId": "x", "macAddress": "02:00:00:00:00:1f" }""");
        Try();

        void Try()
        {
            (string before, long revision) = (Export().ToJson(), store.ReadRevision());
            var error = Assert.Throws<MacSegmentationException>(() => ConfigurationPlan.Apply(store, Parse(document)));
            Assert.Equal(errorId, error.ErrorId);
            Assert.StartsWith("lab.json, ", error.Message, StringComparison.Ordinal);
            Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
            Assert.Equal((before, revision), (Export().ToJson(), store.ReadRevision()));
        }
    }

    private IReadOnlyList<ConfigurationChange> Apply(string interfaces, string groups = "", string allocations = "", string vlan = "")
    {
        var document = Parse(Document(interfaces, groups, allocations, vlan));
        var preview = ConfigurationPlan.Preview(store, document);
        var changes = ConfigurationPlan.Apply(store, document);
        Assert.Equal(preview, changes);
        long revision = store.ReadRevision();
        Assert.Empty(ConfigurationPlan.Apply(store, document));
        Assert.Empty(ConfigurationPlan.Apply(store, Export()));
        Assert.Equal(revision, store.ReadRevision());
        return changes;
    }

    private MacInterface Get(string name) => store.Read(r => InterfaceCatalog.Get(r, name));

    private MacConfiguration Export() => store.Read(StoreConfiguration.Read);
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Configuration;

public sealed class MacConfigurationTests
{
    [Fact]
    public void The_whole_form_is_read()
    {
        var vlan = Assert.Single(Parse("""
            { // for the camera network
              "$schema": "macsegmentation.schema.json",
              "vlans": [ { "id": 10, "name": "caméras", "ranges": [ "00:1a:2b:3c:40:00-00:1a:2b:3c:4f:ff", "02-00-5E-10-00-00/32" ],
                "defaultAction": "Drop", "reuseDelay": "7.00:10:00",
                "allocations": [ { "instanceId": "vm-1", "macAddress": "00:1a:2b:3c:40:01" }, { "instanceId": "vm-2" } ],
                "policies": [ { "source": "00:1a:2b:00:00:00/24", "destination": "*", "action": "Deny" },
                              { "order": 5, "source": "*", "destination": "00:1a:2b:3c:40:01", "action": "Allow" }, ] } ]
            }
            """).Vlans);
        Assert.Equal((10, "caméras", PolicyAction.Drop, new TimeSpan(7, 0, 10, 0)), (vlan.Id, vlan.Name, vlan.DefaultAction, vlan.ReuseDelay));
        Assert.Equal([MacRange.Parse("00:1a:2b:3c:40:00-00:1a:2b:3c:4f:ff"), MacRange.Parse("02:00:5e:10:00:00/32")], vlan.Ranges);
        Assert.Equal([new() { InstanceId = "vm-1", MacAddress = MacAddress.Parse("001a2b3c4001") }, new() { InstanceId = "vm-2" }], vlan.Allocations);
        Assert.Equal(
            [
                new() { Source = MacPattern.Parse("00:1a:2b:00:00:00/24"), Destination = MacPattern.Any, Action = PolicyAction.Deny },
                new() { Order = 5, Source = MacPattern.Any, Destination = MacPattern.Parse("00:1a:2b:3c:40:01"), Action = PolicyAction.Allow },
            ],
            vlan.Policies);
    }

    [Fact]
    public void The_whole_form_of_interfaces_and_security_groups_is_read()
    {
        var document = Parse("""
            { "securityGroups": [ { "name": "web", "description": "servers", "stateless": true, "rules": [
                { "direction": "Inbound", "protocol": "tcp", "ports": "443, 8000-8080", "remoteGroup": "clients" },
                { "direction": "Outbound", "protocol": "112", "remoteAddress": "10.0.0.0/24" } ] } ],
              "vlans": [ { "id": 10, "arpResponder": true, "interfaces": [
                { "name": "a" },
                { "name": "web-1", "macAddress": "02:00:00:00:00:11", "ipAddresses": [ "10.0.0.11/24", "fd00::11/64" ], "instanceId": "vm-1",
                  "portSecurity": false, "dhcpGuard": false, "routerGuard": false, "arpRateLimit": 0,
                  "addressPairs": [ { "ipAddress": "10.0.0.100", "macAddress": "00:00:5e:00:01:0a" }, { "ipAddress": "10.0.0.101" } ],
                  "securityGroups": [ "web" ] } ] } ] }
            """);
        var vlan = Assert.Single(document.Vlans);
        Assert.True(vlan.ArpResponder);
        var (plain, full) = (vlan.Interfaces[0], vlan.Interfaces[1]);
        Assert.Equal(("a", null, null, 15), (plain.Name, plain.MacAddress, plain.InstanceId, plain.ArpRateLimit));
        Assert.Equal([true, true, true], new[] { plain.PortSecurity, plain.DhcpGuard, plain.RouterGuard });
        Assert.Equal(("web-1", MacAddress.Parse("02:00:00:00:00:11"), "vm-1", 0), (full.Name, full.MacAddress, full.InstanceId, full.ArpRateLimit));
        Assert.Equal([false, false, false], new[] { full.PortSecurity, full.DhcpGuard, full.RouterGuard });
        Assert.Equal(["10.0.0.11/24", "fd00::11/64"], full.IPAddresses);
        Assert.Equal([new() { IPAddress = "10.0.0.100", MacAddress = MacAddress.Parse("00:00:5e:00:01:0a") }, new() { IPAddress = "10.0.0.101" }], full.AddressPairs);
        Assert.Equal(["web"], full.SecurityGroups);

        var group = Assert.Single(document.SecurityGroups);
        Assert.Equal(("web", "servers", true), (group.Name, group.Description, group.IsStateless));
        Assert.Equal([new PortRange(443, 443), new(8000, 8080)], group.Rules[0].Ports);
        Assert.Equal((TrafficDirection.Inbound, IpProtocol.Tcp, null, "clients"), (group.Rules[0].Direction, group.Rules[0].Protocol, group.Rules[0].RemoteAddress, group.Rules[0].RemoteGroup));
        Assert.Equal((TrafficDirection.Outbound, new IpProtocol(112), "10.0.0.0/24", null), (group.Rules[1].Direction, group.Rules[1].Protocol, group.Rules[1].RemoteAddress, group.Rules[1].RemoteGroup));
    }

    [Theory]
    [InlineData("\"600\"", 600)]
    [InlineData("600", 600)]
    [InlineData("0.25", 0.25)]
    [InlineData("\"10m\"", 600)]
    [InlineData("\"00:10:00\"", 600)]
    [InlineData("\"1.00:00:00\"", 86_400)]
    [InlineData("\"2.5s\"", 2.5)]
    public void A_time_has_every_form_of_one(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(Parse($$"""{ "vlans": [ { "id": 10, "reuseDelay": {{text}} } ] }""").Vlans).ReuseDelay);

    [Theory]
    [InlineData("", 1, 1, "", "There is nothing in it")]
    [InlineData(" \n ", 1, 1, "", "There is nothing in it")]
    [InlineData("[]", 1, 1, "", "Here the document is expected, an object")]
    [InlineData("{}", 1, 1, "", "The member \"vlans\" is missing")]
    [InlineData("{ \"vlans\": [] } x", 1, 17, "", "This is not JSON")]
    [InlineData("{ \"vlans\": [ }", 1, 14, "vlans", "This is not JSON")]
    [InlineData("{ \"vlans\": [\n{ \"id\": 1,", 2, 10, "vlans[0]", "This is not JSON")]
    [InlineData("{ \"vlans\": {} }", 1, 12, "vlans", "Here a list in brackets [ ] is expected.")]
    [InlineData("{ \"vlans\": null }", 1, 12, "vlans", "Here a list in brackets [ ] is expected.")]
    [InlineData("{ \"vlans\": [ 10 ] }", 1, 14, "vlans[0]", "Here a VLAN is expected, an object in braces { }.")]
    [InlineData("{ \"vlans\": [ { \"name\": \"x\" } ] }", 1, 14, "vlans[0]", "The member \"id\" is missing, which a VLAN must have.")]
    [InlineData("{ \"vlans\": [],\n  \"vlan\": 1 }", 2, 3, "vlan", "\"vlan\" is no member of the document. Known are vlans, securityGroups, partitions, partitionSettings, securityTriggers, profiles, sessions, profileRules, instances, $schema.")]
    [InlineData("{ \"vlans\": [],\n  \"vlans\": [] }", 2, 3, "vlans", "This member is given twice")]
    [InlineData("{ \"vlans\": [], \"securityGroups\": [ { \"rules\": [] } ] }", 1, 36, "securityGroups[0]", "The member \"name\" is missing, which a security group must have.")]
    [InlineData("{ \"vlans\": [], \"securityGroups\": [ { \"rules\": [ { \"direction\": \"Inbound\" } ] } ] }", 1, 49, "securityGroups[0].rules[0]", "The member \"protocol\" is missing")]
    [InlineData("{ \"vlans\": [], \"securityGroups\": [ { \"rules\": [ { \"direction\": \"inbound\" } ] } ] }", 1, 64, "securityGroups[0].rules[0].direction", "'inbound' is no direction. Give Inbound or Outbound.")]
    [InlineData("{ \"vlans\": [], \"securityGroups\": [ { \"rules\": [ { \"protocol\": \"ipx\" } ] } ] }", 1, 63, "securityGroups[0].rules[0].protocol", "'ipx' is no protocol. Give Tcp,")]
    [InlineData("{ \"vlans\": [], \"securityGroups\": [ { \"rules\": [ { \"ports\": \"80,http\" } ] } ] }", 1, 60, "securityGroups[0].rules[0].ports", "'http' is no port.")]
    [InlineData("{ \"vlans\": [], \"securityGroups\": [ { \"rules\": [ { \"ports\": 80 } ] } ] }", 1, 60, "securityGroups[0].rules[0].ports", "Here a text in quotes is expected.")]
    [InlineData("{ \"vlans\": [], \"securityGroups\": [ { \"stateless\": \"yes\" } ] }", 1, 51, "securityGroups[0].stateless", "Here true or false is expected.")]
    [InlineData("{ \"$schema\": 1, \"vlans\": [] }", 1, 14, "$schema", "Here a text in quotes is expected.")]
    public void A_document_that_is_no_such_thing_is_refused_with_its_place(string json, int line, int column, string path, string sentence) =>
        Refused(json, line, column, path, sentence);

    [Theory]
    [InlineData("\"id\": \"10\"", "id", "Here a whole number")]
    [InlineData("\"id\": 10.5", "id", "Here a whole number")]
    [InlineData("\"id\": 1e99", "id", "Here a whole number")]
    [InlineData("\"name\": null", "name", "Here a text in quotes is expected.")]
    [InlineData("\"name\": \"\\ud800\"", "name", "not valid Unicode")]
    [InlineData("\"ranges\": \"02:00:00:00:00:00/40\"", "ranges", "Here a list in brackets")]
    [InlineData("\"ranges\": [ \"02:00:00:00:00/40\" ]", "ranges[0]", "'02:00:00:00:00/40' is not a range of MAC addresses")]
    [InlineData("\"ranges\": [ \"02:00:00:00:00:02-02:00:00:00:00:01\" ]", "ranges[0]", "is reversed")]
    [InlineData("\"defaultAction\": \"deny\"", "defaultAction", "'deny' is no action. Give Allow, Deny or Drop.")]
    [InlineData("\"defaultAction\": 1", "defaultAction", "Here a text in quotes is expected.")]
    [InlineData("\"reuseDelay\": \"soon\"", "reuseDelay", "'soon' is not a time")]
    [InlineData("\"reuseDelay\": true", "reuseDelay", "Here a text in quotes or a number is expected.")]
    [InlineData("\"reuseDelay\": 1e99", "reuseDelay", "'1e99' is not a time")]
    [InlineData("\"reuseDelay\": \"24:00:00\"", "reuseDelay", "'24:00:00' is not a time")]
    [InlineData("\"allocations\": [ { } ]", "allocations[0]", "The member \"instanceId\" is missing, which an allocation must have.")]
    [InlineData("\"allocations\": [ { \"macAddress\": \"00:1a:2b:3c:4d\" } ]", "allocations[0].macAddress", "'00:1a:2b:3c:4d' is not a MAC address")]
    [InlineData("\"allocations\": [ { \"macAddress\": \"00:1a:2b:3c:4d:5e:6f\" } ]", "allocations[0].macAddress", "is not a MAC address")]
    [InlineData("\"policies\": [ { \"source\": \"*\", \"action\": \"Deny\" } ]", "policies[0]", "The member \"destination\" is missing, which a policy must have.")]
    [InlineData("\"policies\": [ { \"source\": \"00:1a:2b:00:00:00/49\" } ]", "policies[0].source", "does not match MAC addresses")]
    [InlineData("\"policies\": [ { \"order\": \"last\" } ]", "policies[0].order", "Here a whole number")]
    [InlineData("\"policies\": [ { \"order\": 1, \"order\": 2 } ]", "policies[0].order", "This member is given twice")]
    [InlineData("\"policies\": [ { \"sourceAddress\": \"*\" } ]", "policies[0].sourceAddress", "Known are source, destination, action, order, description, disabled, expiresAt.")]
    [InlineData("\"arpResponder\": 1", "arpResponder", "Here true or false is expected.")]
    [InlineData("\"interfaces\": [ { \"macAddress\": \"02:00:00:00:00:01\" } ]", "interfaces[0]", "The member \"name\" is missing, which an interface must have.")]
    [InlineData("\"interfaces\": [ { \"ipAddress\": \"10.0.0.1/24\" } ]", "interfaces[0].ipAddress", "\"ipAddress\" is no member of an interface. Known are name, macAddress, ipAddresses,")]
    [InlineData("\"interfaces\": [ { \"ipAddresses\": [ 10 ] } ]", "interfaces[0].ipAddresses[0]", "Here a text in quotes is expected.")]
    [InlineData("\"interfaces\": [ { \"portSecurity\": null } ]", "interfaces[0].portSecurity", "Here true or false is expected.")]
    [InlineData("\"interfaces\": [ { \"addressPairs\": [ { \"macAddress\": \"02:00:00:00:00:01\" } ] } ]", "interfaces[0].addressPairs[0]", "The member \"ipAddress\" is missing, which an address pair must have.")]
    [InlineData("\"colour\": 1", "colour", "\"colour\" is no member of a VLAN")]
    public void A_wrong_member_of_a_vlan_is_refused_with_its_line_and_path(string member, string path, string sentence)
    {
        string before = "{ \"vlans\": [ { \"id\": 1, \"ranges\": [] },\n  { ";
        string pattern = $"lab\\.json, line 2, column [0-9]+, vlans\\[1\\]\\.{System.Text.RegularExpressions.Regex.Escape(path)}: ";
        var error = Assert.Throws<MacSegmentationException>(() => Parse($"{before}{member} }} ] }}"));
        Assert.Equal("ConfigurationInvalid", error.ErrorId);
        Assert.Matches(pattern, error.Message);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outOfPoolAddresses")]
    [InlineData("foreignAddresses")]
    public void A_member_is_read_by_its_former_name_too_and_written_by_its_present_one(string name)
    {
        var document = Parse($"{{ \"vlans\": [ {{ \"id\": 1, \"{name}\": true }} ] }}");
        Assert.True(document.Vlans[0].OutOfPoolAddresses);
        Assert.Contains("\"outOfPoolAddresses\": true", document.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("foreignAddresses", document.ToJson(), StringComparison.Ordinal);
        Refused("{ \"vlans\": [ { \"id\": 1, \"outOfPoolAddresses\": true, \"foreignAddresses\": false } ] }", 1, 53, "vlans[0].outOfPoolAddresses", "This member is given twice");
    }

    [Fact]
    public void Columns_count_characters_after_the_byte_order_mark() =>
        Refused("\uFEFF{ \"vlans\": [ { \"name\": \"caméras\", \"colour\": 1 } ] }", 1, 35, "vlans[0].colour", "is no member");

    [Fact]
    public void What_is_written_reads_as_the_same() => Property.Holds(DocumentGenerator.Any, document =>
    {
        var read = Parse(document.ToJson());
        Assert.Equal(document.ToJson(), read.ToJson());
        Assert.True(MacConfiguration.Document.AreSame(document, read));
    });

    [Fact]
    public void Two_documents_are_the_same_if_their_texts_are() => Property.Holds(DocumentGenerator.Any.Two(), pair =>
    {
        bool areSame = string.Equals(pair.Item1.ToJson(), pair.Item2.ToJson(), StringComparison.Ordinal);
        Assert.Equal(areSame, MacConfiguration.Document.AreSame(pair.Item1, pair.Item2));
        var vlan = pair.Item1.Vlans.Count > 0 ? pair.Item1.Vlans[0] : null;
        if (vlan is not null)
        {
            Assert.False(VlanConfiguration.Document.AreSame(vlan, vlan with { ArpResponder = !vlan.ArpResponder }));
            Assert.False(VlanConfiguration.Document.AreSame(vlan, vlan with { Interfaces = [.. vlan.Interfaces, new() { Name = "one-more" }] }));
        }
    });

    [Fact]
    public void No_damage_to_a_document_escapes_as_another_error()
    {
        var damaged =
            from document in DocumentGenerator.Any
            from place in Gen.Choose(0, 1000)
            from length in Gen.Choose(0, 3)
            from put in Gen.Elements("", "{", "]", ",", "\"", "7", "null", "\n", "\u00e9", "/*")
            let json = document.ToJson()
            let at = place % json.Length
            select $"{json[..at]}{put}{json[Math.Min(json.Length, at + length)..]}";
        Property.Holds(damaged, json =>
        {
            try
            {
                Parse(json);
            }
            catch (MacSegmentationException error)
            {
                Assert.Equal("ConfigurationInvalid", error.ErrorId);
            }
        }, count: 2000);
    }

    [Fact]
    public void A_file_is_written_whole_and_read_again()
    {
        string folder = Directory.CreateTempSubdirectory("macseg-").FullName;
        try
        {
            string path = Path.Join(folder, "lab.json");
            var document = Parse("""{ "vlans": [ { "id": 10, "ranges": [ "02:00:00:00:00:00/40" ] } ] }""");
            ConfigurationFile.Write(path, document);
            ConfigurationFile.Write(path, document);
            Assert.Equal(document.ToJson(), ConfigurationFile.Read(path).ToJson());
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Equal("ConfigurationNotFound", Assert.Throws<MacSegmentationException>(() => ConfigurationFile.Read(path + "x")).ErrorId);
            Assert.Equal("ConfigurationNotFound", Assert.Throws<MacSegmentationException>(() => ConfigurationFile.Read(Path.Join(folder, "no", "x"))).ErrorId);
            Assert.Contains("it is a directory", Assert.Throws<MacSegmentationException>(() => ConfigurationFile.Read(folder)).Message, StringComparison.Ordinal);
            Assert.Equal("ConfigurationUnwritable", Assert.Throws<MacSegmentationException>(() => ConfigurationFile.Write(folder, document)).ErrorId);
            Assert.Equal("ConfigurationUnwritable", Assert.Throws<MacSegmentationException>(() => ConfigurationFile.Write(Path.Join(folder, "no", "x"), document)).ErrorId);
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static MacConfiguration Parse(string json) => MacConfiguration.Parse(Encoding.UTF8.GetBytes(json), "lab.json");

    private static void Refused(string json, int line, int column, string path, string sentence)
    {
        var error = Assert.Throws<MacSegmentationException>(() => Parse(json));
        Assert.Equal("ConfigurationInvalid", error.ErrorId);
        Assert.StartsWith($"lab.json, line {line}, column {column}{(path.Length > 0 ? ", " : "")}{path}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }
}

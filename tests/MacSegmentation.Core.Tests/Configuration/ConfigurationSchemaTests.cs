using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Configuration;

/// <summary>The schema comes from the members that the reader reads; these tests hold its patterns and limits to the domain.</summary>
public sealed class ConfigurationSchemaTests
{
    private readonly JsonNode schema = JsonNode.Parse(ConfigurationSchema.ToJson())!;

    [Fact]
    public void The_published_one_is_what_the_members_say() =>
        Assert.Equal(File.ReadAllText(RepositoryFile.Path("docs", "macsegmentation.schema.json")).ReplaceLineEndings("\n"), ConfigurationSchema.ToJson());

    [Fact]
    public void Every_object_refuses_what_it_does_not_know()
    {
        var objects = schema["$defs"]!.AsObject().Select(definition => definition.Value!).Append(schema).Where(definition => (string?)definition["type"] is "object").ToList();
        Assert.Equal(18, objects.Count);
        Assert.All(objects, definition => Assert.False((bool)definition["additionalProperties"]!));
        Assert.Equal(["id"], schema["$defs"]!["vlan"]!["required"]!.AsArray().Select(name => (string)name!));
        Assert.All(objects, definition => Assert.All(definition["required"]!.AsArray(), name => Assert.NotNull(definition["properties"]![(string)name!])));
    }

    [Fact]
    public void Its_actions_and_limits_are_the_domains()
    {
        Assert.Equal(Enum.GetNames<PolicyAction>(), schema["$defs"]!["action"]!["enum"]!.AsArray().Select(name => (string)name!));
        var id = schema["$defs"]!["vlan"]!["properties"]!["id"]!;
        Assert.Equal((VlanId.Minimum, VlanId.Maximum), ((int)id["minimum"]!, (int)id["maximum"]!));
        Assert.Equal(Enum.GetNames<TrafficDirection>(), Member("securityGroupRule", "direction")["enum"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(Enum.GetNames<PartitionAction>(), Member("partitionPolicy", "action")["enum"]!.AsArray().Select(name => (string)name!));
        Assert.Equal((1, MacPartition.MaxId), ((int)Member("partition", "id")["minimum"]!, (int)Member("partition", "id")["maximum"]!));
        Assert.Equal(MacPartition.DefaultPriority, (int)Member("partition", "priority")["default"]!);
        Assert.Equal((MacTags.MaxCount, PartitionCatalog.MaxTags), ((int)Member("interface", "tags")["maxItems"]!, (int)Member("partition", "tags")["maxItems"]!));
        Assert.Equal(InterfaceCatalog.MaxAddressPairs, (int)Member("interface", "addressPairs")["maxItems"]!);
        Assert.Equal(MacInterface.DefaultArpRateLimit, (int)Member("interface", "arpRateLimit")["default"]!);
    }

    [Fact]
    public void Its_patterns_take_what_the_parsers_take()
    {
        // A reversed range and stray bits below a prefix are beyond a regular expression; whatever else is refused, both refuse.
        var separators = Gen.Elements("", ":", "-", ".", "/", "*");
        var pieces = Gen.Elements("00", "1a", "2B", "001a", "2b3c", "001a2b3c4d5e", "00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e", "001a-2b3c-4d5e", "001a2b-3c4d5e", "001a2b", "/24", "/48", "/49", "/0", "g0", "mULTICAST", "Broadcast", "Unicast", "");
        var texts = from parts in pieces.Zip(separators, (piece, separator) => piece + separator).ArrayOf() from last in pieces select string.Concat(parts.Take(4)) + last;
        var address = Pattern("address");
        var pattern = Pattern("addressPattern");
        var range = Pattern("range");
        Property.Holds(texts, text =>
        {
            Assert.Equal(MacAddress.TryParse(text, CultureInfo.InvariantCulture, out _), address.IsMatch(text));
            Assert.Equal(IsPattern(text), pattern.IsMatch(text));
            if (MacRange.TryParse(text, CultureInfo.InvariantCulture, out _))
            {
                Assert.Matches(range, text);
            }
        }, count: 2000);
    }

    [Fact]
    public void Its_patterns_of_security_groups_and_addresses_take_what_the_parsers_take()
    {
        var pieces = Gen.Elements("80", "443", "0", "007", "256", "65535", "65536", "tcp", "UDP", "Icmp", "icmpv6", "ICMPv4", "icmpv5", "any", "10.0.0.1", "fd00::1", "/24", "/129", "-", ",", " ", "*", "x", "");
        var texts = from parts in pieces.ArrayOf() select string.Concat(parts.Take(4));
        var protocol = Pattern(Member("securityGroupRule", "protocol"));
        var ports = Pattern("ports");
        var address = Pattern("ipAddress");
        var interfaceAddress = Pattern("interfaceAddress");
        Property.Holds(texts, text =>
        {
            Assert.Equal(IpProtocol.TryParse(text, CultureInfo.InvariantCulture, out _), protocol.IsMatch(text));

            // The highest port, and what is an address, are beyond a regular expression that people can read.
            bool isPorts = text.Split(',').All(part => PortRange.TryParse(part, CultureInfo.InvariantCulture, out _));
            Assert.True(!isPorts || ports.IsMatch(text), text);
            Assert.True(!IpText.TryParse(text, out _) || address.IsMatch(text), text);
            Assert.True(!IpText.TryParsePrefix(text, out _, out _) || interfaceAddress.IsMatch(text), text);
        }, count: 5000);
    }

    private static bool IsPattern(string text) => MacPattern.TryParse(text, CultureInfo.InvariantCulture, out _)
        || Assert.Throws<FormatException>(() => MacPattern.Parse(text)).Message.Contains("sets bits", StringComparison.Ordinal);

    private JsonNode Member(string definition, string name) => schema["$defs"]![definition]!["properties"]![name]!;

    private Regex Pattern(string definition) => Pattern(schema["$defs"]![definition]!);

    private static Regex Pattern(JsonNode described) =>
        new((string)described["pattern"]!, RegexOptions.ECMAScript | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Policies;

namespace MacSegmentation.Configuration;

/// <summary>The schema is written by hand for people; these tests hold it to what the reader does.</summary>
public sealed class ConfigurationSchemaTests
{
    private readonly JsonNode schema = JsonNode.Parse(ConfigurationSchema.ReadJson())!;

    public static TheoryData<string, string> Objects => new() { { "", "Root" }, { "vlan", "Vlan" }, { "allocation", "Allocation" }, { "policy", "Policy" } };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Its_objects_have_the_members_that_the_reader_knows(string definition, string kind)
    {
        var described = definition.Length == 0 ? schema : schema["$defs"]![definition]!;
        var read = (DocumentObject)typeof(DocumentObject).GetProperty(kind)!.GetValue(null)!;
        Assert.Equal(read.Members.Order(StringComparer.Ordinal), described["properties"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(read.Required.Order(StringComparer.Ordinal), described["required"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));
        Assert.False((bool)described["additionalProperties"]!);
    }

    [Fact]
    public void Its_actions_and_limits_are_the_domains()
    {
        Assert.Equal(Enum.GetNames<PolicyAction>(), schema["$defs"]!["action"]!["enum"]!.AsArray().Select(name => (string)name!));
        var id = schema["$defs"]!["vlan"]!["properties"]!["id"]!;
        Assert.Equal((VlanId.Minimum, VlanId.Maximum), ((int)id["minimum"]!, (int)id["maximum"]!));
    }

    [Fact]
    public void Its_patterns_take_what_the_parsers_take()
    {
        // A reversed range and stray bits below a prefix are beyond a regular expression; whatever else is refused, both refuse.
        var separators = Gen.Elements("", ":", "-", ".", "/", "*");
        var pieces = Gen.Elements("00", "1a", "2B", "001a", "2b3c", "001a2b3c4d5e", "00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e", "/24", "/48", "/49", "/0", "g0", "");
        var texts = from parts in pieces.Zip(separators, (piece, separator) => piece + separator).ArrayOf() from last in pieces select string.Concat(parts.Take(4)) + last;
        var address = Pattern("address");
        var pattern = Pattern("addressPattern");
        var range = Pattern("range");
        Property.Holds(texts, text =>
        {
            Assert.Equal(MacAddress.TryParse(text, CultureInfo.InvariantCulture, out _), address.IsMatch(text));
            Assert.Equal(MacPattern.TryParse(text, CultureInfo.InvariantCulture, out _), pattern.IsMatch(text));
            if (MacRange.TryParse(text, CultureInfo.InvariantCulture, out _))
            {
                Assert.Matches(range, text);
            }
        }, count: 2000);
    }

    private Regex Pattern(string definition) =>
        new((string)schema["$defs"]![definition]!["pattern"]!, RegexOptions.ECMAScript | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

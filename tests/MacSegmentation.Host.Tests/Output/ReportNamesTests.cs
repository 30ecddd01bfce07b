using System.Reflection;
using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Counting;
using MacSegmentation.Processes;

namespace MacSegmentation.Output;

/// <summary>macseg calls things as the objects do that cmdlets write.</summary>
public sealed class ReportNamesTests
{
    public static TheoryData<string> Listings => [.. Fields().Select(listing => $"{listing.DeclaringType!.Name}.{listing.Name}")];

    [Theory]
    [MemberData(nameof(Listings))]
    public void A_listing_has_the_columns_of_what_cmdlets_write(string name)
    {
        var listing = (IListing)Fields().Single(one => string.Equals($"{one.DeclaringType!.Name}.{one.Name}", name, StringComparison.Ordinal)).GetValue(null)!;

        // A new client comes with its token, which nothing else has.
        var listed = listing.Listed.IsGenericType ? listing.Listed.GetGenericArguments()[0] : listing.Listed;
        string[] own = listing.Listed.IsGenericType ? ["Token"] : [];
        Assert.NotEmpty(listing.Columns);
        Assert.Empty(listing.Columns.Except(own).Except(listed.GetProperties().Select(property => property.Name)));
    }

    [Fact]
    public void The_counters_of_a_report_are_those_of_Get_MacPolicyEnforcer()
    {
        using var folder = new TemporaryFolder();
        using var report = JsonDocument.Parse(TestProgram.Native.Run(
            "enforce", "--config", "docs/examples/cameras-and-plc.json", "--read", "docs/examples/cameras-and-plc.pcap", "--write", folder.File("out.pcap"), "--json").Succeeded());
        Assert.Equal(
            typeof(TrafficCounts).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Order(StringComparer.Ordinal),
            report.RootElement.GetProperty("total").EnumerateObject().Select(member => char.ToUpperInvariant(member.Name[0]) + member.Name[1..]).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<FieldInfo> Fields() => typeof(IListing).Assembly.GetTypes()
        .Where(type => !type.IsGenericTypeDefinition)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
        .Where(one => typeof(IListing).IsAssignableFrom(one.FieldType));
}

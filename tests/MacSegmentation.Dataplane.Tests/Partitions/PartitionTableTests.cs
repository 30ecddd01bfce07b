using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Stores;
using MacSegmentation.Tags;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Partitions;

/// <summary>Records fall into classes by the partitions that they are in, and by nothing else.</summary>
public class PartitionTableTests
{
    private const int Records = 70_000;

    [Fact]
    public void Records_with_a_tag_each_that_nobody_names_are_one_class()
    {
        var table = Prepare(Snapshot(i => [MacTag.OfText($"build-{i}")], named: ["prod"]), PartitionTable.Empty);
        Assert.Equal(1, table.ClassCount);

        // Those that somebody names make one more, whatever else their records have.
        var mixed = Prepare(Snapshot(i => [MacTag.OfText($"build-{i}"), MacTag.OfText(i % 2 == 0 ? "prod" : "test")], named: ["prod"]), PartitionTable.Empty);
        Assert.Equal(2, mixed.ClassCount);
        Assert.Equal(["prod"], mixed.NamesOf(mixed.ClassOf(Record(0, []))));
        Assert.Empty(mixed.NamesOf(mixed.ClassOf(Record(1, []))));
    }

    [Fact]
    public void Every_record_may_be_a_class_of_its_own()
    {
        // 17 partitions of which each record is in those that the bits of its number name.
        string[] bits = [.. Enumerable.Range(0, 17).Select(bit => $"bit-{bit}")];
        var table = Prepare(Snapshot(i => [.. bits.Where((_, bit) => (i >> bit & 1) == 1).Select(MacTag.OfText)], bits), PartitionTable.Empty);
        Assert.Equal(Records, table.ClassCount);
        foreach (int i in new[] { 0, 1, 12_345, Records - 1 })
        {
            Assert.Equal(bits.Where((_, bit) => (i >> bit & 1) == 1).Order(StringComparer.Ordinal), table.NamesOf(table.ClassOf(Record(i, []))).Order(StringComparer.Ordinal));
        }
    }

    private static PartitionTable Prepare(ConfigurationSnapshot snapshot, PartitionTable active) =>
        PartitionTable.Prepare(EnforcerTables.Of(snapshot, DecisionTable.Compile(snapshot), [], active: null), active, new Dictionary<string, int>(StringComparer.Ordinal));

    private static ConfigurationSnapshot Snapshot(Func<int, IReadOnlyList<MacTag>> tagsOf, string[] named) =>
        new ConfigurationSnapshot(1, [new VlanPolicies(10, PolicyAction.Allow, [])]) { Interfaces = [.. Enumerable.Range(0, Records).Select(i => Record(i, tagsOf(i)))] }
            .With<MacPartition>([.. named.Select((name, index) => new MacPartition { Id = index + 1, Name = name, Tag = [MacTag.OfText(name)] })]);

    private static MacInterface Record(int number, IReadOnlyList<MacTag> tags) => new()
    {
        InterfaceId = number + 1,
        Name = $"host-{number}",
        VlanId = 10,
        MacAddress = new MacAddress(0x0200_0000_0000 + (ulong)number),
        InstanceId = $"host-{number}",
        Tag = tags,
    };
}

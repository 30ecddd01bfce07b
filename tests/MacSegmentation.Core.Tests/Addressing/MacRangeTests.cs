using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation.Addressing;

public sealed class MacRangeTests
{
    [Theory]
    [InlineData("00:1a:2b:3c:40:00-00:1a:2b:3c:4f:ff", 0x1000)]
    [InlineData("00-1A-2B-3C-40-00-00-1A-2B-3C-4F-FF", 0x1000)]
    [InlineData("001a.2b3c.4000 - 001a.2b3c.4fff", 0x1000)]
    [InlineData("001a2b3c4000-00:1A:2B:3C:4F:FF", 0x1000)]
    [InlineData("001a-2b3c-4000-001a-2b3c-4fff", 0x1000)]
    [InlineData("001a2b-3c4000-001a2b-3c4fff", 0x1000)]
    [InlineData("001a2b-3c4000", 1)]
    [InlineData("001a-2b3c-4000/36", 0x1000)]
    [InlineData("00:1a:2b:3c:40:00", 1)]
    [InlineData("00:1a:2b:3c:40:00-00:1a:2b:3c:40:00", 1)]
    [InlineData("02-00-5E-10-00-00/32", 0x1_0000)]
    [InlineData("02-00-00-00-00-00/8", 1L << 40)]
    public void Every_form_gives_its_addresses(string text, long count)
    {
        var range = MacRange.Parse(text);
        Assert.Equal(count, range.Count);
        Assert.Equal(range, MacRange.Parse(range.ToString()));
        Assert.True(MacRange.TryParse(text, provider: null, out var tried));
        Assert.Equal(range, tried);
    }

    [Theory]
    [InlineData("00:1a:2b:3c:4f:ff-00:1a:2b:3c:40:00", "reversed")]
    [InlineData("00:1a:2b:3c:40:01/32", "below its prefix")]
    [InlineData("00:1a:2b:3c:40", "not a range")]
    [InlineData("00:1a:2b:3c:40/32", "not a range")]
    [InlineData("00:1a:2b:3c:40:00/49", "not a range")]
    [InlineData("*", "not a range")]
    [InlineData("", "not a range")]
    [InlineData("00:1a:2b:3c:40:00-", "not a range")]
    public void Anything_else_is_refused_with_a_sentence(string text, string sentence)
    {
        var error = Assert.Throws<FormatException>(() => MacRange.Parse(text));
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        Assert.False(MacRange.TryParse(text, provider: null, out _));
    }

    [Fact]
    public void Sets_of_ranges_are_sets_of_addresses() => Property.Holds(
        from ranges in Small.ListOf()
        from removed in Small
        select (ranges, removed),
        given =>
        {
            // The independent answer: the addresses one by one.
            var all = new SortedSet<ulong>();
            var disjoint = new List<MacRange>();
            foreach (var range in given.ranges.Where(range => !disjoint.Exists(range.Overlaps)))
            {
                disjoint.Add(range);
                all.UnionWith(Each(range));
            }

            var joined = MacRangeSet.Join(disjoint);
            Assert.Equal(all, joined.SelectMany(Each));
            for (int i = 1; i < joined.Count; i++)
            {
                Assert.True(joined[i - 1].Last.Value + 1 < joined[i].First.Value, "Neighbours must have been joined.");
            }

            Assert.Equal(Each(given.removed).All(all.Contains), MacRangeSet.Covers(joined, given.removed));
            all.ExceptWith(Each(given.removed));
            Assert.Equal(all, MacRangeSet.Subtract(joined, given.removed).SelectMany(Each));
        },
        count: 500);

    private static Gen<MacRange> Small { get; } =
        from first in Gen.Choose(1, 60)
        from length in Gen.Choose(0, 9)
        select new MacRange(new MacAddress((ulong)first), new MacAddress((ulong)(first + length)));

    private static IEnumerable<ulong> Each(MacRange range) => Enumerable.Range(0, (int)range.Count).Select(i => range.First.Value + (ulong)i);
}

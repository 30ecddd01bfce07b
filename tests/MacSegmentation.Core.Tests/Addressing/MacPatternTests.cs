using FsCheck.Fluent;

namespace MacSegmentation.Addressing;

public sealed class MacPatternTests
{
    [Theory]
    [InlineData("*", "*")]
    [InlineData("00-1A-2B-00-00-00/24", "00:1a:2b:00:00:00/24")]
    [InlineData("00:1a:2b:3c:4d:5e/24", "00:1a:2b:00:00:00/24")]
    [InlineData("001a.2b3c.4d5e", "00:1a:2b:3c:4d:5e")]
    [InlineData("00:1a:2b:3c:4d:5e/48", "00:1a:2b:3c:4d:5e")]
    [InlineData("00:1a:2b:3c:4d:5e/0", "*")]
    public void Text_is_brought_to_one_form(string text, string expected) =>
        Assert.Equal(expected, MacPattern.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("**")]
    [InlineData("00:1a:2b:3c:4d:5e/")]
    [InlineData("00:1a:2b:3c:4d:5e/49")]
    [InlineData("00:1a:2b:3c:4d:5e/-1")]
    [InlineData("00:1a:2b:3c:4d:5e/00")]
    [InlineData("00:1a:2b:3c:4d:5e/08")]
    [InlineData("00:1a:2b/24")]
    [InlineData("/24")]
    public void Anything_else_is_refused(string text)
    {
        var error = Assert.Throws<FormatException>(() => MacPattern.Parse(text));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_matches_by_its_leading_bits() => Property.Holds(
        from address in Generators.Address
        from other in Gen.OneOf(Generators.Address, Gen.Choose(0, 47).Select(bit => new MacAddress(address.Value ^ (1UL << bit))))
        from length in Gen.Choose(0, 48)
        select (address, other, length),
        given =>
        {
            // The independent answer: compare the addresses as strings of bits.
            string bits = Convert.ToString((long)given.address.Value, 2).PadLeft(48, '0');
            string otherBits = Convert.ToString((long)given.other.Value, 2).PadLeft(48, '0');
            bool expected = string.Equals(bits[..given.length], otherBits[..given.length], StringComparison.Ordinal);

            var pattern = new MacPattern(given.address, given.length);
            Assert.Equal(expected, pattern.Matches(given.other));
            Assert.Equal(expected, pattern.ToRange().Contains(given.other));
            Assert.Equal(pattern, MacPattern.Parse(pattern.ToString()));
        },
        count: 1000);

    [Fact]
    public void Covering_means_matching_all_that_the_other_matches() => Property.Holds(
        Gen.Zip(Generators.CrowdedPattern, Generators.CrowdedPattern),
        pair =>
        {
            var (one, other) = (pair.Item1.ToRange(), pair.Item2.ToRange());
            Assert.Equal(one.First <= other.First && one.Last >= other.Last, pair.Item1.Covers(pair.Item2));
        },
        count: 1000);
}

using FsCheck.Fluent;

namespace MacSegmentation.Addressing;

public sealed class MacPatternTests
{
    [Theory]
    [InlineData("*", "*")]
    [InlineData("00-1A-2B-00-00-00/24", "00:1a:2b:00:00:00/24")]
    [InlineData("multicast", "Multicast")]
    [InlineData("01:00:00:00:00:00/01-00-00-00-00-00", "Multicast")]
    [InlineData("UNICAST", "Unicast")]
    [InlineData("00:00:00:00:00:00/01:00:00:00:00:00", "Unicast")]
    [InlineData("Broadcast", "ff:ff:ff:ff:ff:ff")]
    [InlineData("01:00:5e:00:00:00/ff:ff:ff:80:00:00", "01:00:5e:00:00:00/25")]
    [InlineData("0200.0000.0007/ff00000000ff", "02:00:00:00:00:07/ff:00:00:00:00:ff")]
    [InlineData("001a.2b3c.4d5e", "00:1a:2b:3c:4d:5e")]
    [InlineData("00:1a:2b:3c:4d:5e/48", "00:1a:2b:3c:4d:5e")]
    [InlineData("00:00:00:00:00:00/0", "*")]
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

    [Theory]
    [InlineData("00:1a:2b:3c:4d:5e/24", "prefix", "00:1a:2b:00:00:00/24", "00:1a:2b:3c:4d:5e")]
    [InlineData("00-1A-2B-3C-4D-5E/0", "prefix", "*", "00:1a:2b:3c:4d:5e")]
    [InlineData("02:00:00:00:01:07/ff:00:00:00:00:ff", "mask", "02:00:00:00:00:07/ff:00:00:00:00:ff", "02:00:00:00:01:07")]
    public void Bits_that_do_not_count_are_refused_with_both_readings(string text, string what, string pattern, string address)
    {
        var error = Assert.Throws<FormatException>(() => MacPattern.Parse(text));
        Assert.Equal($"'{text}' sets bits that its {what} leaves out. Give {pattern} for all addresses that agree with it there, or {address} for that one address.", error.Message);
        Assert.False(MacPattern.TryParse(text, provider: null, out _));
    }

    [Fact]
    public void A_pattern_matches_by_the_bits_of_its_mask() => Property.Holds(
        from address in Generators.Address
        from other in Generators.Address
        from mask in Generators.Address
        select (address, other, mask),
        given =>
        {
            var (address, other, mask) = given;
            var pattern = new MacPattern(address, mask);
            Assert.Equal(Enumerable.Range(0, 48).All(bit => (mask.Value >> bit & 1) == 0 || (address.Value >> bit & 1) == (other.Value >> bit & 1)), pattern.Matches(other));
            Assert.Equal(pattern, MacPattern.Parse(pattern.ToString()));
            Assert.Equal((other.Value >> 40 & 1) == 1, MacPattern.Multicast.Matches(other));
            Assert.NotEqual(MacPattern.Multicast.Matches(other), MacPattern.Unicast.Matches(other));
            Assert.Equal(pattern.IsPrefix, pattern.PrefixLength >= 0 && pattern == new MacPattern(address, pattern.PrefixLength));
        },
        count: 1000);

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
            if (pair.Item1.IsPrefix && pair.Item2.IsPrefix)
            {
                var (one, other) = (pair.Item1.ToRange(), pair.Item2.ToRange());
                Assert.Equal(one.First <= other.First && one.Last >= other.Last, pair.Item1.Covers(pair.Item2));
            }
            else
            {
                // What the other matches is its value with any of the bits that do not count for it.
                ulong free = ~pair.Item2.Mask & 0xFFFF_FFFF_FFFF;
                bool matchesAll = Enumerable.Range(0, 48).Select(bit => free & (1UL << bit)).All(bit => pair.Item1.Matches(new MacAddress(pair.Item2.Value | bit)));
                Assert.Equal(matchesAll, pair.Item1.Covers(pair.Item2));
            }
        },
        count: 1000);
}

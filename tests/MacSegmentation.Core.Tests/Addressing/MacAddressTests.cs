using FsCheck.Fluent;

namespace MacSegmentation.Addressing;

public sealed class MacAddressTests
{
    [Theory]
    [InlineData("00:1A:2B:3C:4D:5E")]
    [InlineData("00-1a-2B-3c-4D-5e")]
    [InlineData("001A.2b3c.4D5E")]
    [InlineData("001A-2b3c-4D5E")]
    [InlineData("001A2b-3c4D5E")]
    [InlineData("001a2b3c4D5E")]
    [InlineData("  00:1a:2b:3c:4d:5e ")]
    public void Every_form_gives_the_same_address(string text)
    {
        Assert.Equal(0x001A_2B3C_4D5EUL, MacAddress.Parse(text).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00:1a:2b:3c:4d")]
    [InlineData("00:1a:2b:3c:4d:5e:6f")]
    [InlineData("00:1a:2b:3c:4d:5g")]
    [InlineData("00:1a-2b:3c:4d:5e")]
    [InlineData("00.1a.2b.3c.4d.5e")]
    [InlineData("001a:2b3c:4d5e")]
    [InlineData("001a-2b3c.4d5e")]
    [InlineData("001a2b.3c4d5e")]
    [InlineData("001a2b:3c4d5e")]
    [InlineData("0:1a:2b:3c:4d:5e")]
    [InlineData("001a2b3c4d5")]
    [InlineData("0x1a2b3c4d5e")]
    public void Anything_else_is_refused_with_a_sentence_that_shows_it(string text)
    {
        var error = Assert.Throws<FormatException>(() => MacAddress.Parse(text));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.False(MacAddress.TryParse(text, provider: null, out _));
    }

    [Theory]
    [InlineData(null, "00:1a:2b:3c:4d:5e")]
    [InlineData("G", "00:1a:2b:3c:4d:5e")]
    [InlineData("C", "00:1A:2B:3C:4D:5E")]
    [InlineData("d", "00-1a-2b-3c-4d-5e")]
    [InlineData("D", "00-1A-2B-3C-4D-5E")]
    [InlineData("s", "001a.2b3c.4d5e")]
    [InlineData("n", "001a2b3c4d5e")]
    [InlineData("N", "001A2B3C4D5E")]
    public void Formats(string? format, string expected)
    {
        Assert.Equal(expected, new MacAddress(0x001A_2B3C_4D5E).ToString(format));
    }

    [Fact]
    public void An_unknown_format_is_refused() =>
        Assert.Throws<FormatException>(() => default(MacAddress).ToString("q"));

    [Fact]
    public void Text_in_every_format_parses_back() => Property.Holds(
        Gen.Zip(Generators.Address, Gen.Elements("c", "C", "d", "D", "s", "S", "n", "N")),
        pair => Assert.Equal(pair.Item1, MacAddress.Parse(pair.Item1.ToString(pair.Item2))));

    [Fact]
    public void Octets_round_trip_and_order_is_the_number_s() => Property.Holds(
        Gen.Zip(Generators.Address, Generators.Address),
        pair =>
        {
            var (one, other) = pair;
            byte[] octets = new byte[6];
            one.CopyTo(octets);
            Assert.Equal(one, MacAddress.FromOctets(octets));
            Assert.Equal((octets[0] & 1) == 1, one.IsGroup);
            Assert.Equal((octets[0] & 2) == 2, one.IsLocal);
            Assert.Equal(one.Value.CompareTo(other.Value), one.CompareTo(other));
            Assert.Equal(one.Value < other.Value, one < other);
            Assert.Equal(one.Value == other.Value, one == other);
        });

    [Theory]
    [InlineData("00:1a:2b:00:00:01", SlapQuadrant.None)]
    [InlineData("02:00:00:00:00:01", SlapQuadrant.AAI)]
    [InlineData("f2:00:00:00:00:01", SlapQuadrant.AAI)]
    [InlineData("0a:00:00:00:00:01", SlapQuadrant.ELI)]
    [InlineData("3e:00:00:00:00:01", SlapQuadrant.SAI)]
    [InlineData("56:00:00:00:00:01", SlapQuadrant.Reserved)]
    public void The_second_digit_of_a_local_address_is_its_quadrant(string text, SlapQuadrant quadrant) => Assert.Equal(quadrant, MacAddress.Parse(text).SlapQuadrant);

    [Fact]
    public void A_number_of_more_than_48_bits_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MacAddress(1UL << 48));
}

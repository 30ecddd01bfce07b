using FsCheck.Fluent;

namespace MacSegmentation.Units;

/// <summary>Bandwidths, shares and the times of frames: what is written is read back, and what could mean two things is refused with both.</summary>
public sealed class FrameUnitTests
{
    [Fact]
    public void What_is_written_is_read_as_the_same()
    {
        var numbers = from number in Gen.Choose(int.MinValue, int.MaxValue) from factor in Gen.Elements(1L, 60L, 1000L, 1_000_000L, 1_000_000_000L) select number * factor;
        Property.Holds(numbers, number =>
        {
            Assert.Equal(new BitRate(number), BitRate.Parse(new BitRate(number).ToString()));
            Assert.Equal(new BitRate(number), BitRate.Parse($" {new BitRate(number)}/s ".ToUpperInvariant()));
            Assert.Equal(new DelayTime(new TimeSpan(number)), DelayTime.Parse(new DelayTime(new TimeSpan(number)).ToString()));
            Assert.Equal(new DelayTime(new TimeSpan(number)), DelayTime.Parse(new TimeSpan(number).ToString()));
            var share = new Percentage((int)(number % 10_000_000));
            Assert.Equal(share, Percentage.Parse(share.ToString()));
        }, count: 2000);
    }

    [Theory]
    [InlineData("64kbit", 64_000)]
    [InlineData("1.5 GBit/s", 1_500_000_000)]
    [InlineData("0.064mbit", 64_000)]
    [InlineData("10485760", 10_485_760)]
    [InlineData("7bit", 7)]
    public void A_bandwidth_is_one_of_bits(string text, long bits) => Assert.Equal(bits, BitRate.Parse(text).BitsPerSecond);

    [Theory]
    [InlineData("10mb", "10mbit, or 80mbit if octets")]
    [InlineData("1.5GB/s", "1.5gbit, or 12gbit if octets")]
    [InlineData("8MiB", "8mbit, or 64mbit")]
    [InlineData("", "is not a bandwidth")]
    [InlineData("mbit", "is not a bandwidth")]
    [InlineData("1e3kbit", "is not a bandwidth")]
    [InlineData("0.5bit", "is not a bandwidth")]
    [InlineData("99999999999999gbit", "is not a bandwidth")]
    public void What_is_no_bandwidth_is_refused_with_what_may_be_meant(string text, string words)
    {
        Assert.Contains(words, Assert.Throws<FormatException>(() => BitRate.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(BitRate.TryParse(text, provider: null, out _));
    }

    [Theory]
    [InlineData("25ms", 250_000)]
    [InlineData("500us", 5_000)]
    [InlineData("1.5s", 15_000_000)]
    [InlineData("0", 0)]
    [InlineData("00:00:01", 10_000_000)]
    public void A_time_of_a_frame_names_its_unit(string text, long ticks) => Assert.Equal(ticks, DelayTime.Parse(text).Value.Ticks);

    [Theory]
    [InlineData("25", "25ms or 25s")]
    [InlineData("", "500us, 25ms or 1.5s")]
    [InlineData("soon", "500us, 25ms or 1.5s")]
    [InlineData("5m", "500us, 25ms or 1.5s")]
    [InlineData("9999999999999999s", "500us, 25ms or 1.5s")]
    public void What_is_no_time_of_a_frame_is_refused(string text, string words) =>
        Assert.Contains(words, Assert.Throws<FormatException>(() => DelayTime.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0.2%", 2_000)]
    [InlineData("1", 10_000)]
    [InlineData(" 100 % ", 1_000_000)]
    [InlineData("0.0001%", 1)]
    [InlineData("-1%", -10_000)]
    public void A_share_is_in_per_cent(string text, int parts) => Assert.Equal(parts, Percentage.Parse(text).PartsPerMillion);

    [Theory]
    [InlineData("0.2", "0.2% or 20%")]
    [InlineData("0.00001%", "at most four decimals")]
    [InlineData("", "from 0 to 100")]
    [InlineData("%", "from 0 to 100")]
    [InlineData("half", "from 0 to 100")]
    [InlineData("100000%", "from 0 to 100")]
    public void What_is_no_share_is_refused(string text, string words) =>
        Assert.Contains(words, Assert.Throws<FormatException>(() => Percentage.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(16_077_254, 5, "16.077mbit")]
    [InlineData(996_649, 4, "996.6kbit")]
    [InlineData(99_996, 4, "100kbit")]
    [InlineData(12, 4, "12bit")]
    [InlineData(0, 5, "0bit")]
    public void A_measured_rate_is_told_to_so_many_digits(long rate, int digits, string expected) => Assert.Equal(expected, $"{new BitRate(rate).ToDigits(digits)}");
}

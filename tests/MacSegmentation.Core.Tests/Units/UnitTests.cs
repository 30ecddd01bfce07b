using FsCheck.Fluent;

namespace MacSegmentation.Units;

public sealed class UnitTests
{
    [Theory]
    [InlineData("300", 300)]
    [InlineData("300s", 300)]
    [InlineData("5m", 300)]
    [InlineData("5 m", 300)]
    [InlineData("0.5h", 1800)]
    [InlineData("1d", 86400)]
    [InlineData("1D", 86400)]
    [InlineData("500ms", 0.5)]
    [InlineData("00:05:00", 300)]
    [InlineData("1.00:00:00", 86400)]
    [InlineData("0", 0)]
    [InlineData("-1", -1)]
    public void A_time_is_seconds_unless_it_names_its_unit(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5 weeks")]
    [InlineData("5mm")]
    [InlineData("soon")]
    [InlineData("1e3")]
    [InlineData("25:00:00")]
    [InlineData("99999999999999d")]
    public void What_is_no_time_is_refused(string text) => Assert.Contains("5m, 8h or 1d", Assert.Throws<FormatException>(() => Duration.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(300_000, "5m")]
    [InlineData(90_000, "90s")]
    [InlineData(86_400_000, "1d")]
    [InlineData(1_500, "1500ms")]
    [InlineData(0, "0s")]
    public void A_time_is_written_in_the_longest_unit_that_is_whole(int milliseconds, string text) => Assert.Equal(text, new Duration(TimeSpan.FromMilliseconds(milliseconds)).ToString());

    [Fact]
    public void What_is_written_reads_as_the_same()
    {
        Property.Holds(Gen.Choose(0, int.MaxValue - 1), number =>
        {
            var duration = new Duration(TimeSpan.FromTicks((long)number * 10_000));
            Assert.Equal(duration, Duration.Parse(duration.ToString()));
            Assert.Equal(new Rate(number), Rate.Parse(new Rate(number).ToString()));
            Assert.Equal(new Rate(number * 1000L), Rate.Parse(new Rate(number * 1000L).ToString()));
            Assert.Equal(new Share(number), Share.Parse(new Share(number).ToString()));
        });
        Property.Holds(Gen.Choose(1, 4094).ArrayOf(), vlans => Assert.Equal(vlans.Distinct().Order(), VlanList.Parse(VlanList.ToText(vlans))));
    }

    [Theory]
    [InlineData("1000", 1000)]
    [InlineData("1000/s", 1000)]
    [InlineData("10k", 10_000)]
    [InlineData("2M/s", 2_000_000)]
    [InlineData(" 7 ", 7)]
    public void A_rate_is_a_number_a_second(string text, long number) => Assert.Equal(number, Rate.Parse(text).PerSecond);

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("1.5k")]
    [InlineData("10m")]
    [InlineData("10/h")]
    [InlineData("9223372036854775807M")]
    public void What_is_no_rate_is_refused(string text) => Assert.Contains("10k or 2M", Assert.Throws<FormatException>(() => Rate.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0.2", "may mean 20 % or 0.2 %")]
    [InlineData("a fifth", "is not a share in per cent")]
    public void A_share_is_no_fraction(string text, string words) => Assert.Contains(words, Assert.Throws<FormatException>(() => Share.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("20%", 20)]
    [InlineData("20", 20)]
    [InlineData(" 20 % ", 20)]
    public void A_share_is_in_per_cent_with_its_sign_or_without(string text, int share) => Assert.Equal(share, Share.Parse(text).PerCent);

    [Theory]
    [InlineData(new[] { 10, 20, 21, 22, 11 }, "10-11,20-22")]
    [InlineData(new[] { 7 }, "7")]
    [InlineData(new int[0], "")]
    public void A_list_of_VLANs_is_written_with_ranges(int[] vlans, string text) => Assert.Equal(text, VlanList.ToText(vlans));
}

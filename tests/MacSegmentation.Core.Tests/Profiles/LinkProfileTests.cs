using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

public sealed class LinkProfileTests
{
    [Fact]
    public void A_direction_is_read_as_it_is_written() => Property.Holds(ProfileGenerator.Links, link =>
    {
        Assert.Equal(link, LinkProfile.Parse(link.ToString()));

        // What is packed has small and capital letters that differ.
        var plain = link with { Trace = null };
        Assert.True(LinkProfile.TryParse(plain.ToString().ToUpperInvariant(), provider: null, out var same));
        Assert.Equal(plain, same);
    }, count: 1000);

    [Fact]
    public void A_direction_that_changes_nothing_says_so()
    {
        Assert.Equal("None", LinkProfile.None.ToString());
        Assert.Same(LinkProfile.None, LinkProfile.Parse(" none "));
        Assert.True(LinkProfile.None.IsNothing);
        Assert.True((LinkProfile.None with { QueueLimit = 5, Burst = 64 }).IsNothing);
        Assert.False((LinkProfile.None with { Latency = TimeSpan.FromTicks(1) }).IsNothing);
        Assert.Equal("Bandwidth=16mbit Latency=25ms LossRate=0.2%", LinkProfile.Parse("LossRate=0.2% latency=25ms Bandwidth=16mbit").ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("16mbit")]
    [InlineData("Bandwidth")]
    [InlineData("Bandwidth=10mb")]
    [InlineData("Speed=16mbit")]
    [InlineData("Latency=25")]
    [InlineData("Distribution=Flat")]
    [InlineData("Reorder=1")]
    [InlineData("BurstLoss=1%")]
    [InlineData("QueueLimit=many")]
    public void What_is_no_direction_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => LinkProfile.Parse(text));
        Assert.False(LinkProfile.TryParse(text, provider: null, out _));
    }

    [Fact]
    public void Loss_in_bursts_has_two_to_four_shares()
    {
        Assert.Equal(new BurstLoss(Percentage.Parse("1%"), Percentage.Parse("10%"), Percentage.All, default), BurstLoss.Parse("1%, 10"));
        Assert.Equal("1%,10%,50%,0.1%", BurstLoss.Parse("1%,10%,50%,0.1%").ToString());
        foreach (string wrong in new[] { string.Empty, "1%", "1%,10%,50%,0%,0%", "1%,,50%", "1%,0.5" })
        {
            Assert.Contains("1%,10%,100%,0%", Assert.Throws<FormatException>(() => BurstLoss.Parse(wrong)).Message, StringComparison.Ordinal);
        }

        // Of 11 frames one is in the bad state on average.
        Assert.Equal(1.0 / 11, BurstLoss.Parse("1%,10%").MeanLoss, 12);
    }
}

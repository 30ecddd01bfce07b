using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation.Limits;

public class TokenBucketTests
{
    private const long Second = 1_000_000_000;

    private static readonly Gen<(int Rate, long[] Gaps)> Arrivals =
        from rate in Gen.Choose(1, 20)
        from gaps in Gen.ArrayOf(Gen.OneOf(
            Gen.Constant(0L),
            Gen.Choose(0, 200_000_000).Select(gap => (long)gap),
            Gen.Choose(900, 3_000).Select(gap => gap * 1_000_000L)))
        select (rate, gaps);

    [Fact]
    public void Passes_what_fits_into_every_stretch_of_time_and_nothing_else() => Prop.ForAll(Arrivals.ToArbitrary(), arrivals =>
    {
        var bucket = new TokenBucket(arrivals.Rate);
        var passed = new List<long>();
        long now = 1_700_000_000 * Second;
        foreach (long gap in arrivals.Gaps)
        {
            now += gap;

            // The definition: in every stretch of time no more than one second's worth and what the stretch brings.
            bool fits = true;
            for (int first = 0; first < passed.Count; first++)
            {
                Int128 inStretch = (passed.Count - first + 1) * (Int128)Second;
                fits &= inStretch <= (arrivals.Rate * (Int128)Second) + ((now - passed[first]) * (Int128)arrivals.Rate);
            }

            Assert.Equal(fits, bucket.TryTake(now));
            if (fits)
            {
                passed.Add(now);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Frames_out_of_order_gain_nothing() => Prop.ForAll(Arrivals.ToArbitrary(), arrivals =>
    {
        var straight = new TokenBucket(arrivals.Rate);
        var shaken = new TokenBucket(arrivals.Rate);
        long now = 1_700_000_000 * Second;
        foreach (long gap in arrivals.Gaps)
        {
            now += gap;
            Assert.Equal(straight.TryTake(now), shaken.TryTake(now));
            Assert.Equal(straight.TryTake(now), shaken.TryTake(now - (gap % Second)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_clock_that_is_set_back_does_not_stop_the_time()
    {
        var bucket = new TokenBucket(1);
        Assert.True(bucket.TryTake(100_000 * Second));
        Assert.False(bucket.TryTake(Second));
        Assert.False(bucket.TryTake((2 * Second) - 1));
        Assert.True(bucket.TryTake(2 * Second));
    }

    [Fact]
    public void No_rate_is_no_limit()
    {
        var bucket = default(TokenBucket);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(bucket.TryTake(0)));
    }

    [Theory]
    [InlineData(int.MaxValue, long.MaxValue)]
    [InlineData(int.MaxValue, long.MinValue + 1)]
    public void Extreme_numbers_overflow_nothing(int rate, long now)
    {
        var bucket = new TokenBucket(rate);
        Assert.True(bucket.TryTake(now));
        Assert.True(bucket.TryTake(now / 2));
        Assert.True(bucket.TryTake(0));
    }
}

namespace MacSegmentation.SecurityTriggers;

public class SlidingCountTests
{
    private const long Look = TimeSpan.TicksPerSecond / 10;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(3600)]
    public void It_counts_what_lies_within_the_window_and_leaves_out_a_fiftieth_at_most(int seconds)
    {
        var window = TimeSpan.FromSeconds(seconds);
        long width = Math.Max(window.Ticks / 50, Look);
        var tested = new SlidingCount(window);
        var random = new Random(seconds);
        var all = new List<(long Time, long Amount)>();
        long before = 0;
        for (int i = 0; i < 3000; i++)
        {
            long now = before + (random.Next(1, 5) * width / random.Next(1, 9));
            if (now / width <= (before / width) + 1 && random.Next(3) > 0)
            {
                long amount = random.Next(100);
                tested.Add(before, now, amount);
                all.Add((now, amount));
            }

            long since = random.Next(3) == 0 ? now - random.NextInt64(window.Ticks) : -1;
            long read = tested.Read(now, since);
            Assert.InRange(read, Sum(Math.Max(now - window.Ticks + width, since + width), now), Sum(Math.Max(now - window.Ticks - 1, since), now));
            before = now;
        }

        long Sum(long after, long until) => all.Where(one => one.Time > after && one.Time <= until).Sum(one => one.Amount);
    }

    [Fact]
    public void What_came_in_while_nobody_looked_is_spread_over_that_time()
    {
        var tested = new SlidingCount(TimeSpan.FromSeconds(10));
        tested.Add(0, 40 * TimeSpan.TicksPerSecond, 4000);
        Assert.InRange(tested.Read(40 * TimeSpan.TicksPerSecond, -1), 980, 1020);
        var whole = new SlidingCount(TimeSpan.FromSeconds(10));
        whole.Add(0, 5 * TimeSpan.TicksPerSecond, 101);
        Assert.Equal(101, whole.Read(5 * TimeSpan.TicksPerSecond, -1));
        Assert.Equal(0, whole.Read(60 * TimeSpan.TicksPerSecond, -1));
    }
}

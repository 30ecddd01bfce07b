using MacSegmentation.Counting;

namespace MacSegmentation.Enforcement;

public class TrafficCounterTests
{
    /// <summary>The first and the last of the numbers are counted together; a reader that saw them half written would see them differ.</summary>
    [Fact]
    public async Task A_reader_sees_the_numbers_of_one_moment()
    {
        const long Rounds = 1_000_000;
        var counter = new TrafficCounter();
        var counting = Task.Run(
            () =>
            {
                for (long i = 0; i < Rounds; i++)
                {
                    counter.Current.FramesIn++;
                    counter.Current.FramesLost++;
                    counter.Current.Dropped[TrafficTally.ReasonTally.Length - 1]++;
                    counter.Publish();
                }
            },
            TestContext.Current.CancellationToken);

        long last = 0;
        while (last < Rounds)
        {
            var seen = counter.Read();
            Assert.Equal(seen.FramesIn, seen.FramesLost);
            Assert.Equal(seen.FramesIn, seen.Dropped[TrafficTally.ReasonTally.Length - 1]);
            Assert.True(seen.FramesIn >= last, "The numbers went back.");
            last = seen.FramesIn;
            Assert.False(counting.IsFaulted, "The counting ended before its time.");
        }

        await counting;
    }
}

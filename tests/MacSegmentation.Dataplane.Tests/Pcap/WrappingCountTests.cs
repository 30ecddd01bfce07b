using FsCheck;
using FsCheck.Fluent;

namespace MacSegmentation.Pcap;

public sealed class WrappingCountTests
{
    [Fact]
    public void It_is_the_sum_of_what_was_counted_however_often_the_counter_wraps_or_begins_anew() =>
        Prop.ForAll<(uint Step, bool IsNew)[]>(steps =>
        {
            var count = default(WrappingCount);
            uint counter = 0;
            long expected = 0;
            foreach (var (step, isNew) in steps)
            {
                if (isNew)
                {
                    counter = 0;
                    count.BeginAnew();
                }

                // Small numbers, and as many that are nearly 2^32.
                uint counted = step % 2 == 0 ? step : uint.MaxValue - step;
                expected += counted;
                counter = unchecked(counter + counted);
                count.Read(counter);
            }

            return count.Total == expected;
        }).QuickCheckThrowOnFailure();
}

using MacSegmentation.Frames;

namespace MacSegmentation.Queues;

/// <summary>Frames wait with all that is known of them, bounded, and leave when and as their discipline says.</summary>
public class FrameQueueTests
{
    private const long Millisecond = 1_000_000;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_frame_leaves_at_its_time_with_all_that_was_known_of_it()
    {
        var queue = new FrameQueue(new DelayDiscipline(Delay));
        byte[] bytes = [1, 2, 3];
        var frame = new Frame(bytes, originalLength: 9, timestamp: 1_000) { Endpoint = 4, CarrierTag = 5 };
        Assert.Equal(QueueOutcome.Held, queue.Offer(frame, now: 100, new QueuedFrame { NamesHolders = true, SourceClass = 6 }));
        bytes.AsSpan().Clear();
        Assert.Equal((1, 100 + (10 * Millisecond)), (queue.Count, queue.NextDue));
        Assert.False(queue.TryTake(queue.NextDue - 1, out _));
        Assert.True(queue.TryTake(queue.NextDue, out var taken));
        var goesOn = taken.GoOn(100 + (12 * Millisecond));
        Assert.Equal<byte[]>([1, 2, 3], goesOn.Bytes.ToArray());
        Assert.Equal((9, 1_000 + (12 * Millisecond), 4, 5u), (goesOn.OriginalLength, goesOn.Timestamp, goesOn.Endpoint, goesOn.CarrierTag));
        Assert.Equal((1_000L, true, 6u), (taken.ArrivalTime, taken.NamesHolders, taken.SourceClass));
        Assert.Equal((0, long.MaxValue), (queue.Count, queue.NextDue));
    }

    [Fact]
    public void The_bounds_are_met_and_left_again_and_again()
    {
        var queue = new FrameQueue(new DelayDiscipline(Delay), capacity: 3, maxOctets: 250);
        for (int round = 0; round < 5; round++)
        {
            long now = round * 100 * Millisecond;
            Assert.Equal(["Held", "Held", "Held", "Full", "Full"], Enumerable.Range(0, 5).Select(_ => Offer(queue, 80, now)));
            Assert.Equal(2, TakeAll(queue, now + (10 * Millisecond), atMost: 2).Count);
            Assert.Equal(["Full", "Held", "Held"], new[] { 171, 100, 70 }.Select(length => Offer(queue, length, now)));
            Assert.Equal([80, 100, 70], TakeAll(queue, now + (10 * Millisecond)));
        }
    }

    [Fact]
    public void What_is_flushed_is_counted_once()
    {
        var queue = new FrameQueue(new DelayDiscipline(Delay), capacity: 4);
        Assert.Equal((0L, 0L), queue.CountFlushed());
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(["Held", "Held", "Held", "Held", "Full"], Enumerable.Range(1, 5).Select(length => Offer(queue, length, now: 0)));
            Assert.True(queue.TryTake(10 * Millisecond, out _));
            Assert.Equal(3, queue.Flush());
            Assert.Equal((3L, 2L + 3 + 4), queue.CountFlushed());
            Assert.Equal((0L, 0L), queue.CountFlushed());
            Assert.Equal((0, long.MaxValue, 0), (queue.Count, queue.NextDue, queue.Flush()));
        }
    }

    [Fact]
    public void The_discipline_chooses_the_sequence()
    {
        var queue = new FrameQueue(new ShortestFirstDiscipline(due: 50));
        foreach (int length in new[] { 30, 10, 20 })
        {
            Offer(queue, length, now: 0);
        }

        Assert.Equal([10, 20, 30], TakeAll(queue, now: 50));
    }

    /// <summary>1,000 octets a second, 200 at once: then a frame of 100 octets each tenth of a second, whoever asks when.</summary>
    [Fact]
    public void A_rate_holds_what_is_beyond_it()
    {
        var queue = new FrameQueue(new RateDiscipline(octetsPerSecond: 1_000, burst: 200));
        Assert.Equal(["Passed", "Passed", "Held", "Held"], Enumerable.Range(0, 4).Select(_ => Offer(queue, 100, now: 0)));
        Assert.Empty(TakeAll(queue, (100 * Millisecond) - 1));
        Assert.Single(TakeAll(queue, 100 * Millisecond));
        Assert.Single(TakeAll(queue, 5_000 * Millisecond));
        Assert.Equal(["Passed", "Passed", "Held"], Enumerable.Range(0, 3).Select(_ => Offer(queue, 100, now: 5_000 * Millisecond)));
    }

    private static string Offer(FrameQueue queue, int length, long now) => queue.Offer(new Frame(new byte[length], length, timestamp: now), now).ToString();

    private static List<int> TakeAll(FrameQueue queue, long now, int atMost = int.MaxValue)
    {
        var taken = new List<int>();
        while (taken.Count < atMost && queue.TryTake(now, out var frame))
        {
            taken.Add(frame.Length);
        }

        return taken;
    }
}

using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Pcap;

public class SendRingTests
{
    private const int Longest = 70_000;

    /// <summary>Frames come and leave in arbitrary portions: they leave in their sequence and unchanged, and none is taken that does not fit.</summary>
    [Fact]
    public void Frames_leave_as_they_came() => Prop.ForAll(
        (from steps in Gen.ListOf(
             from lengths in Gen.ListOf(Gen.OneOf(Gen.Choose(0, 1514), Gen.Choose(20_000, Longest)))
             from leave in Gen.Choose(0, SendRing.MaxFrames)
             select (Lengths: lengths.ToArray(), Leave: leave))
         select steps).ToArbitrary(),
        steps =>
        {
            using var ring = new SendRing();
            var expected = new Queue<byte[]>();
            byte number = 0;
            foreach (var (lengths, leave) in steps)
            {
                foreach (int length in lengths)
                {
                    byte[] frame = new byte[length];
                    Array.Fill(frame, number++);
                    if (ring.TryAdd(frame))
                    {
                        expected.Enqueue(frame);
                    }
                    else
                    {
                        // A frame stands in one piece: it may find no room though there is some before and some behind the others, and some lost at the end.
                        int used = expected.Sum(waiting => waiting.Length + 63);
                        Assert.True(expected.Count == SendRing.MaxFrames || used + (2 * length) + Longest > SendRing.Capacity);
                    }
                }

                for (int left = Math.Min(leave, ring.Count); left > 0;)
                {
                    int run = Math.Min(left, ring.RunLength);
                    for (int i = 0; i < run; i++)
                    {
                        Assert.True(Holds(ring, i, expected.Dequeue()));
                    }

                    ring.Remove(run);
                    left -= run;
                }

                Assert.Equal(expected.Count, ring.Count);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_empty_ring_begins_at_its_start_again()
    {
        using var ring = new SendRing();
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(ring.TryAdd(new byte[1514]));
            Assert.Equal(1, ring.RunLength);
            ring.Remove(1);
        }
    }

    [Fact]
    public void A_frame_without_octets_does_not_fill_the_ring()
    {
        using var ring = new SendRing();
        Assert.True(ring.TryAdd([]));
        Assert.True(ring.TryAdd(new byte[60]));
        Assert.Equal(2, ring.Count);
    }

    [Fact]
    public void A_frame_longer_than_any_adapter_sends_is_refused()
    {
        using var ring = new SendRing();
        Assert.False(ring.TryAdd(new byte[SendRing.Capacity + 1]));
        Assert.True(ring.TryAdd(new byte[65_535 + 64]));
    }

    private static unsafe bool Holds(SendRing ring, int index, byte[] frame)
    {
        var segment = ring.First[index].Segments;
        return new ReadOnlySpan<byte>(segment->Start, (int)segment->Length).SequenceEqual(frame);
    }
}

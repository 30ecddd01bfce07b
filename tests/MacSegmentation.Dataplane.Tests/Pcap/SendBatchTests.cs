using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Pcap;

public sealed class SendBatchTests
{
    [Fact]
    public void What_is_taken_is_kept_octet_for_octet_and_what_does_not_fit_is_refused() =>
        Prop.ForAll(
            Gen.ListOf(Gen.Choose(0, 20_000)).ToArbitrary(),
            lengths =>
            {
                using var batch = new SendBatch();
                var taken = new List<byte[]>();
                foreach (int length in lengths)
                {
                    byte[] frame = new byte[length];
                    new Random(length).NextBytes(frame);
                    if (batch.TryAdd(frame))
                    {
                        taken.Add(frame);
                    }
                }

                return batch.Count == taken.Count && taken.Index().All(entry => Holds(batch, entry.Index, entry.Item))
                    && (taken.Count == lengths.Count || taken.Count == SendBatch.Limit || taken.Sum(frame => frame.Length) > SendBatch.Capacity / 2);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_cleared_batch_takes_as_much_as_a_new_one()
    {
        using var batch = new SendBatch();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < SendBatch.Limit; i++)
            {
                Assert.True(batch.TryAdd(new byte[1514]));
            }

            Assert.False(batch.TryAdd(new byte[1]));
            batch.Clear();
        }
    }

    [Fact]
    public void A_frame_longer_than_any_interface_sends_is_refused()
    {
        using var batch = new SendBatch();

        Assert.False(batch.TryAdd(new byte[SendBatch.Capacity + 1]));
        Assert.True(batch.TryAdd(new byte[65_535 + 64]));
    }

    private static unsafe bool Holds(SendBatch batch, int index, byte[] frame)
    {
        var segment = batch.Messages[index].Segments;
        return new ReadOnlySpan<byte>(segment->Start, (int)segment->Length).SequenceEqual(frame);
    }
}

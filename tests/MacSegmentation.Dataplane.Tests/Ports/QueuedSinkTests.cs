using System.Collections.Concurrent;
using MacSegmentation.Enforcement;
using MacSegmentation.Frames;

namespace MacSegmentation.Ports;

public class QueuedSinkTests
{
    /// <summary>Again and again: what finds no room is refused at once, and when the link takes frames again so does the queue.</summary>
    [Fact]
    public async Task Who_sends_never_waits_for_the_link_and_a_full_queue_recovers()
    {
        using var link = new SlowLink();
        using var sink = new QueuedSink(link);
        for (int round = 0; round < 3; round++)
        {
            link.IsOpen.Reset();
            int before = link.Sent.Count;
            int taken = Enumerable.Range(0, 1_000).Count(number => sink.Send(new Frame([(byte)number], 1, 0)));
            Assert.InRange(taken, 200, 300);
            sink.Flush();
            Assert.False(sink.Send(new Frame([1], 1, 0)) && sink.Send(new Frame([1], 1, 0)) && sink.Send(new Frame([1], 1, 0)));
            link.IsOpen.Set();
            sink.Flush();
            await Await.Until(() => link.Sent.Count >= before + taken, "what was taken is sent");
            Assert.Equal(Enumerable.Range(0, taken).Select(number => (byte)number), link.Sent.Skip(before).Take(taken));
            Assert.True(sink.Send(new Frame([7], 1, 0)));
            sink.Flush();
            await Await.Until(() => !link.Sent.IsEmpty && link.Sent.Last() == 7, "the next one is sent");
        }
    }

    [Fact]
    public async Task What_the_link_could_not_send_is_told_once()
    {
        using var link = new SlowLink { Fails = true };
        using var sink = new QueuedSink(link);
        link.IsOpen.Set();
        Assert.True(sink.Send(new Frame([1], 1, 0)));
        int told = sink.Flush();
        await Await.Until(() => (told += sink.Flush()) == 1, "the failure is told");
        Assert.Equal(0, sink.Flush());
    }

    private sealed class SlowLink : IFrameSink
    {
        public ManualResetEventSlim IsOpen { get; } = new();

        public ConcurrentQueue<byte> Sent { get; } = [];

        public bool Fails { get; init; }

        public string Name => "slow";

        public bool Send(in Frame frame)
        {
            IsOpen.Wait();
            if (!Fails)
            {
                Sent.Enqueue(frame.Bytes[0]);
            }

            return !Fails;
        }

        public int Flush() => 0;

        public void Dispose() => IsOpen.Set();
    }
}

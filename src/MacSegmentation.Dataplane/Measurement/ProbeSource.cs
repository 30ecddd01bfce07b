using System.Diagnostics;
using MacSegmentation.Frames;
using MacSegmentation.Ports;
using MacSegmentation.Workers;

namespace MacSegmentation.Measurement;

/// <summary>A port whose machine sends numbered frames at even intervals.</summary>
/// <param name="length">Octets of a frame.</param>
/// <param name="count">How many frames.</param>
/// <param name="interval">Nanoseconds from one to the next.</param>
/// <param name="clock">The time that frames carry.</param>
internal sealed class ProbeSource(int length, int count, long interval, TimeProvider clock) : IFrameSource
{
    private const int MaxBatch = 64;
    private const long LookEvery = 100_000_000;

    private readonly byte[] frame = ProbeFrame.Make(length);
    private readonly long[] sentAt = new long[count];
    private readonly DueWait wait = new();
    private readonly Lock closing = new();
    private long started;
    private int sent;
    private volatile bool isInterrupted;
    private bool isDisposed;

    public string Name => "sender";

    /// <summary>When each frame was sent, in ticks of <see cref="Stopwatch"/>.</summary>
    public ReadOnlySpan<long> SentAt => sentAt;

    /// <summary>True once all frames were sent.</summary>
    public bool IsDone => Volatile.Read(ref sent) == count;

    public SourceState Receive(IFrameHandler handler)
    {
        started = started == 0 ? Stopwatch.GetTimestamp() : started;
        long passed = (long)(Stopwatch.GetElapsedTime(started).Ticks * TimeSpan.NanosecondsPerTick);
        int due = (int)Math.Min(count, (passed / interval) + 1);
        if (sent == due && !isInterrupted)
        {
            wait.Wait(Math.Clamp((sent * interval) - passed, 0, LookEvery));
            return SourceState.Open;
        }

        for (int last = Math.Min(due, sent + MaxBatch); sent < last; Volatile.Write(ref sent, sent + 1))
        {
            ProbeFrame.Number(frame, sent);
            sentAt[sent] = Stopwatch.GetTimestamp();
            handler.Handle(new Frame(frame, frame.Length, FrameTime.Now(clock)));
        }

        return SourceState.Open;
    }

    public void Interrupt()
    {
        isInterrupted = true;
        lock (closing)
        {
            if (!isDisposed)
            {
                wait.Ring();
            }
        }
    }

    public long ReadLostFrames() => 0;

    public void Dispose()
    {
        lock (closing)
        {
            if (!isDisposed)
            {
                isDisposed = true;
                wait.Dispose();
            }
        }
    }
}

using System.Diagnostics;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Benchmarks.Swaps;

/// <summary>A port at which one frame arrives again and again, or none, and which notes the longest time between two that leave by it.</summary>
/// <param name="name">Its name.</param>
/// <param name="frame">What arrives; null for nothing.</param>
internal sealed class PumpedPort(string name, byte[]? frame) : IFrameSource, IFrameSink
{
    private const int Batch = 64;

    private readonly ManualResetEventSlim interrupted = new();
    private long last;
    private long longest;
    private long taken;

    public string Name => name;

    public long Taken => Volatile.Read(ref taken);

    public SourceState Receive(IFrameHandler handler)
    {
        if (frame is null)
        {
            interrupted.Wait(TimeSpan.FromMilliseconds(100));
        }
        else
        {
            long now = FrameTime.Now(TimeProvider.System);
            for (int i = 0; i < Batch; i++)
            {
                handler.Handle(new Frame(frame, frame.Length, now));
            }
        }

        return interrupted.IsSet ? SourceState.Ended : SourceState.Open;
    }

    public bool Send(in Frame frame)
    {
        long now = Stopwatch.GetTimestamp();
        if (last != 0 && now - last > Volatile.Read(ref longest))
        {
            Volatile.Write(ref longest, now - last);
        }

        last = now;
        taken++;
        return true;
    }

    /// <summary>The longest gap since the last call, in milliseconds.</summary>
    public double TakeLongestGap() => Stopwatch.GetElapsedTime(0, Interlocked.Exchange(ref longest, 0)).TotalMilliseconds;

    public int Flush() => 0;

    public void Interrupt() => interrupted.Set();

    public long ReadLostFrames() => 0;

    public void Dispose() => interrupted.Set();
}

using System.Diagnostics;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Measurement;

/// <summary>A port whose machine notes which frame came when. Written by the enforcer's thread, read when that has ended.</summary>
/// <param name="count">How many frames are sent.</param>
internal sealed class ProbeSink(int count) : IFrameSink
{
    private long latest = -1;

    public string Name => "receiver";

    /// <summary>When each frame came first, in ticks of <see cref="Stopwatch"/>; 0 for one that did not.</summary>
    public long[] CameAt { get; } = new long[count];

    /// <summary>Frames that came twice.</summary>
    public int Duplicated { get; private set; }

    /// <summary>Frames that came after one that was sent later.</summary>
    public int Reordered { get; private set; }

    /// <summary>Frames that came otherwise than they were sent.</summary>
    public int Corrupted { get; private set; }

    public bool Send(in Frame frame)
    {
        long now = Stopwatch.GetTimestamp();
        if (!ProbeFrame.TryRead(frame.Bytes, out long number))
        {
            Corrupted++;
        }
        else if (CameAt[number] != 0)
        {
            Duplicated++;
        }
        else
        {
            CameAt[number] = now;
            Reordered += number < latest ? 1 : 0;
            latest = Math.Max(latest, number);
        }

        return true;
    }

    public int Flush() => 0;

    public void Dispose()
    {
    }
}

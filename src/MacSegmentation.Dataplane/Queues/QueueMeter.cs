using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Queues;

/// <summary>What a queue did. Whoever has the switch's turn counts and reads. Frames in and duplicates together are frames out, given up, flushed and waiting.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
internal sealed class QueueMeter
{
    private const long Window = 1_000_000_000;

    /// <summary>Frames that came, and their octets.</summary>
    public long FramesIn;
    public long BytesIn;

    /// <summary>Frames that went on, at once or later.</summary>
    public long FramesOut;
    public long BytesOut;

    /// <summary>Duplicates that the discipline made.</summary>
    public long Duplicates;

    /// <summary>Frames of which the discipline changed a bit.</summary>
    public long Corrupted;

    /// <summary>Frames that were marked in place of being given up.</summary>
    public long Marked;

    /// <summary>Frames that were flushed because their port went.</summary>
    public long Flushed;

    private readonly long[] givenUp = new long[VerdictReason.Capacity];
    private long windowBegins;
    private long windowBytes;
    private long lastWindowBytes;

    /// <summary>What waiting has added to those that went on.</summary>
    public LatencyHistogram Added { get; } = new();

    /// <summary>Frames given up, by the number of their reason.</summary>
    public ReadOnlySpan<long> GivenUp => givenUp;

    public void NoteGivenUp(VerdictReason reason) => givenUp[reason.Number]++;

    /// <summary>Counts a frame that goes on.</summary>
    public void NoteOut(int length, long waited, long now)
    {
        FramesOut++;
        BytesOut += length;
        Added.Add(waited);
        Roll(now);
        windowBytes += length;
    }

    /// <summary>Octets that went on in the last whole second.</summary>
    public long BytesInLastSecond(long now)
    {
        Roll(now);
        return lastWindowBytes;
    }

    private void Roll(long now)
    {
        if (now - windowBegins >= Window)
        {
            lastWindowBytes = now - windowBegins < 2 * Window ? windowBytes : 0;
            windowBytes = 0;
            windowBegins = now - (now % Window);
        }
    }
}

using MacSegmentation.Verdicts;

namespace MacSegmentation.Counting;

/// <summary>What a source has refused, until its port counts it. Used by the thread that reads the source.</summary>
internal sealed class RefusalTally
{
    private readonly long[] frames = new long[VerdictReason.Capacity];
    private long octets;
    private bool hasAny;

    /// <summary>Takes in one refusal.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="length">Octets of what was refused.</param>
    public void Note(VerdictReason reason, int length)
    {
        frames[reason.Number]++;
        octets += length;
        hasAny = true;
    }

    /// <summary>Moves all to a port's numbers.</summary>
    /// <param name="tally">The port's numbers.</param>
    public void MoveTo(ref TrafficTally tally)
    {
        if (!hasAny)
        {
            return;
        }

        hasAny = false;
        for (int reason = 0; reason < frames.Length; reason++)
        {
            tally.FramesIn += frames[reason];
            tally.Dropped[reason] += frames[reason];
            frames[reason] = 0;
        }

        tally.BytesIn += octets;
        tally.BytesDropped += octets;
        octets = 0;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Counting;

/// <summary>One direction's numbers while they are counted. Frames in are those forwarded, answered, denied, dropped and waiting together.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
internal struct TrafficTally
{
    public long FramesIn;
    public long BytesIn;
    public long FramesForwarded;
    public long BytesForwarded;
    public long FramesAnswered;
    public long BytesAnswered;
    public long BytesDenied;
    public long BytesDropped;
    public long FramesQueued;
    public long BytesQueued;
    public long FramesLost;
    public ReasonTally Denied;
    public ReasonTally Dropped;

    /// <summary>Moves frames that were to be forwarded to those dropped because the port did not take them.</summary>
    public void Unforward(long frames, long bytes, VerdictReason reason)
    {
        FramesForwarded -= frames;
        BytesForwarded -= bytes;
        Dropped[reason.Number] += frames;
        BytesDropped += bytes;
    }

    /// <summary>A frame whose handling threw an error was taken in, but has no outcome: it was not sent.</summary>
    public void SettleUnfinishedFrame(VerdictReason reason)
    {
        Dropped[reason.Number] += FramesIn - FramesForwarded - FramesAnswered - FramesQueued - Denied.Sum() - Dropped.Sum();
        BytesDropped = BytesIn - BytesForwarded - BytesAnswered - BytesQueued - BytesDenied;
    }

    /// <summary>A number for each <see cref="VerdictReason"/>.</summary>
    [InlineArray(Length)]
    internal struct ReasonTally
    {
        public const int Length = VerdictReason.Capacity;

        private long first;

        public readonly long Sum()
        {
            long sum = 0;
            foreach (long count in this)
            {
                sum += count;
            }

            return sum;
        }
    }
}

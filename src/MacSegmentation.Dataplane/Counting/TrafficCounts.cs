using MacSegmentation.Reports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Counting;

/// <summary>
/// Frames and their octets since the enforcer's start, as of one moment. Frames in = forwarded + answered + denied +
/// dropped + queued; octets likewise.
/// </summary>
public sealed record TrafficCounts
{
    internal static readonly TrafficCounts Zero = new(default(TrafficTally));

    internal TrafficCounts(TrafficTally tally)
    {
        FramesIn = tally.FramesIn;
        BytesIn = tally.BytesIn;
        FramesForwarded = tally.FramesForwarded;
        BytesForwarded = tally.BytesForwarded;
        FramesAnswered = tally.FramesAnswered;
        BytesAnswered = tally.BytesAnswered;
        FramesDenied = tally.Denied.Sum();
        BytesDenied = tally.BytesDenied;
        FramesDropped = tally.Dropped.Sum();
        BytesDropped = tally.BytesDropped;
        FramesQueued = tally.FramesQueued;
        BytesQueued = tally.BytesQueued;
        FramesLost = tally.FramesLost;
        DeniedByReason = ByReason(tally.Denied);
        DroppedByReason = ByReason(tally.Dropped);
    }

    /// <summary>What is told of it.</summary>
    public static Report<TrafficCounts> Report { get; } = new Report<TrafficCounts>()
        .Number("framesIn", counts => counts.FramesIn)
        .Number("bytesIn", counts => counts.BytesIn)
        .Number("framesForwarded", counts => counts.FramesForwarded)
        .Number("bytesForwarded", counts => counts.BytesForwarded)
        .Number("framesAnswered", counts => counts.FramesAnswered)
        .Number("bytesAnswered", counts => counts.BytesAnswered)
        .Number("framesQueued", counts => counts.FramesQueued)
        .Number("bytesQueued", counts => counts.BytesQueued)
        .Number("framesDenied", counts => counts.FramesDenied)
        .Number("bytesDenied", counts => counts.BytesDenied)
        .Number("framesDropped", counts => counts.FramesDropped)
        .Number("bytesDropped", counts => counts.BytesDropped)
        .Number("framesLost", counts => counts.FramesLost)
        .Counts("deniedByReason", counts => counts.DeniedByReason)
        .Counts("droppedByReason", counts => counts.DroppedByReason);

    /// <summary>Frames taken in.</summary>
    public long FramesIn { get; private init; }

    /// <summary>Octets of the frames taken in, by their length on the wire.</summary>
    public long BytesIn { get; private init; }

    /// <summary>Frames sent; one that a switch sent to several ports counts once.</summary>
    public long FramesForwarded { get; private init; }

    /// <summary>Octets of the frames sent.</summary>
    public long BytesForwarded { get; private init; }

    /// <summary>ARP requests and neighbour solicitations that the switch answered itself.</summary>
    public long FramesAnswered { get; private init; }

    /// <summary>Octets of the frames that the switch answered itself.</summary>
    public long BytesAnswered { get; private init; }

    /// <summary>Frames refused, and reported.</summary>
    public long FramesDenied { get; private init; }

    /// <summary>Octets of the frames refused.</summary>
    public long BytesDenied { get; private init; }

    /// <summary>Frames discarded in silence.</summary>
    public long FramesDropped { get; private init; }

    /// <summary>Octets of the frames discarded in silence.</summary>
    public long BytesDropped { get; private init; }

    /// <summary>Frames that wait in ingress queues now.</summary>
    public long FramesQueued { get; private init; }

    /// <summary>Octets of the frames that wait.</summary>
    public long BytesQueued { get; private init; }

    /// <summary>Frames that the system lost before the enforcer could take them in; not part of the others.</summary>
    public long FramesLost { get; private init; }

    /// <summary>Frames refused by the name of the reason; a reason without frames is left out.</summary>
    public IReadOnlyDictionary<string, long> DeniedByReason { get; private init; }

    /// <summary>Frames discarded in silence by the name of the reason; a reason without frames is left out.</summary>
    public IReadOnlyDictionary<string, long> DroppedByReason { get; private init; }

    /// <summary>Both together.</summary>
    /// <param name="other">What is added.</param>
    public TrafficCounts Add(TrafficCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new TrafficCounts(default(TrafficTally))
        {
            FramesIn = FramesIn + other.FramesIn,
            BytesIn = BytesIn + other.BytesIn,
            FramesForwarded = FramesForwarded + other.FramesForwarded,
            BytesForwarded = BytesForwarded + other.BytesForwarded,
            FramesAnswered = FramesAnswered + other.FramesAnswered,
            BytesAnswered = BytesAnswered + other.BytesAnswered,
            FramesDenied = FramesDenied + other.FramesDenied,
            BytesDenied = BytesDenied + other.BytesDenied,
            FramesDropped = FramesDropped + other.FramesDropped,
            BytesDropped = BytesDropped + other.BytesDropped,
            FramesQueued = FramesQueued + other.FramesQueued,
            BytesQueued = BytesQueued + other.BytesQueued,
            FramesLost = FramesLost + other.FramesLost,
            DeniedByReason = Add(DeniedByReason, other.DeniedByReason),
            DroppedByReason = Add(DroppedByReason, other.DroppedByReason),
        };
    }

    private static SortedDictionary<string, long> ByReason(TrafficTally.ReasonTally tally)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (int number = 0; number < VerdictReason.Count; number++)
        {
            if (tally[number] != 0)
            {
                counts.Add(VerdictReason.Of(number).Name, tally[number]);
            }
        }

        return counts;
    }

    private static SortedDictionary<string, long> Add(IReadOnlyDictionary<string, long> one, IReadOnlyDictionary<string, long> other)
    {
        var sum = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach ((string reason, long count) in one.Concat(other))
        {
            sum[reason] = sum.GetValueOrDefault(reason) + count;
        }

        return sum;
    }
}

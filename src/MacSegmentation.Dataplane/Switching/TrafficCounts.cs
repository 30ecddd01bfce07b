using MacSegmentation.Policies;

namespace MacSegmentation.Switching;

/// <summary>
/// Frames and their octets since the enforcer's start, as of one moment. Frames in = forwarded + answered + denied +
/// dropped; octets likewise.
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
        FramesLost = tally.FramesLost;
        DeniedByReason = ByReason(tally.Denied);
        DroppedByReason = ByReason(tally.Dropped);
    }

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

    /// <summary>Frames that the system lost before the enforcer could take them in; not part of the others.</summary>
    public long FramesLost { get; private init; }

    /// <summary>Frames refused by reason; a reason without frames is left out.</summary>
    public IReadOnlyDictionary<VerdictReason, long> DeniedByReason { get; private init; }

    /// <summary>Frames discarded in silence by reason; a reason without frames is left out.</summary>
    public IReadOnlyDictionary<VerdictReason, long> DroppedByReason { get; private init; }

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
            FramesLost = FramesLost + other.FramesLost,
            DeniedByReason = Add(DeniedByReason, other.DeniedByReason),
            DroppedByReason = Add(DroppedByReason, other.DroppedByReason),
        };
    }

    private static SortedDictionary<VerdictReason, long> ByReason(TrafficTally.ReasonTally tally)
    {
        var counts = new SortedDictionary<VerdictReason, long>();
        foreach (var reason in Enum.GetValues<VerdictReason>())
        {
            if (tally[(int)reason] != 0)
            {
                counts.Add(reason, tally[(int)reason]);
            }
        }

        return counts;
    }

    private static SortedDictionary<VerdictReason, long> Add(IReadOnlyDictionary<VerdictReason, long> one, IReadOnlyDictionary<VerdictReason, long> other)
    {
        var sum = new SortedDictionary<VerdictReason, long>();
        foreach ((var reason, long count) in one.Concat(other))
        {
            sum[reason] = sum.GetValueOrDefault(reason) + count;
        }

        return sum;
    }
}

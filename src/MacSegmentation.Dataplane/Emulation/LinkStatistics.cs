using MacSegmentation.Profiles;
using MacSegmentation.Reports;
using MacSegmentation.Units;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Emulation;

/// <summary>
/// What one direction of a vNIC profile did to a port's frames since it came into force there, as of one moment. Frames in and duplicated are those out, dropped, flushed and waiting.
/// </summary>
public sealed record LinkStatistics
{
    private const int BitsPerOctet = 8;

    /// <summary>What is told of it.</summary>
    public static Report<LinkStatistics> Report { get; } = new Report<LinkStatistics>()
        .Reference("asked", link => link.Asked)
        .Number("framesIn", link => link.FramesIn)
        .Number("bytesIn", link => link.BytesIn)
        .Number("framesOut", link => link.FramesOut)
        .Number("bytesOut", link => link.BytesOut)
        .Number("framesDuplicated", link => link.FramesDuplicated)
        .Number("framesCorrupted", link => link.FramesCorrupted)
        .Number("framesMarked", link => link.FramesMarked)
        .Number("framesFlushed", link => link.FramesFlushed)
        .Number("framesDropped", link => link.FramesDropped)
        .Counts("droppedByReason", link => link.DroppedByReason)
        .Number("framesWaiting", link => link.FramesWaiting)
        .Number("queueDepth", link => link.QueueDepth)
        .Number("queueBytes", link => link.QueueBytes)
        .Number("rate", link => link.Rate.BitsPerSecond, "Rate.BitsPerSecond")
        .Fraction("utilization", link => link.Utilization)
        .Fraction("askedLoss", link => link.AskedLoss)
        .Fraction("ownLoss", link => link.OwnLoss)
        .Value<TimeSpan>("latencyP50", link => link.LatencyP50)
        .Value<TimeSpan>("latencyP99", link => link.LatencyP99);

    /// <summary>What the profile in force asks for.</summary>
    public required LinkProfile Asked { get; init; }

    /// <summary>Frames that came.</summary>
    public required long FramesIn { get; init; }

    /// <summary>Their octets.</summary>
    public required long BytesIn { get; init; }

    /// <summary>Frames that went on.</summary>
    public required long FramesOut { get; init; }

    /// <summary>Their octets.</summary>
    public required long BytesOut { get; init; }

    /// <summary>Duplicates that were made.</summary>
    public required long FramesDuplicated { get; init; }

    /// <summary>Frames of which a bit was changed.</summary>
    public required long FramesCorrupted { get; init; }

    /// <summary>Frames that were marked (RFC 3168) in place of being dropped.</summary>
    public required long FramesMarked { get; init; }

    /// <summary>Frames that were discarded because their port went down or came into another VLAN.</summary>
    public required long FramesFlushed { get; init; }

    /// <summary>Frames that were dropped, by the name of the reason; a reason without frames is left out.</summary>
    public required IReadOnlyDictionary<string, long> DroppedByReason { get; init; }

    /// <summary>Frames that wait now, for the bandwidth or for their delay.</summary>
    public required int FramesWaiting { get; init; }

    /// <summary>Frames that wait for the bandwidth now.</summary>
    public required int QueueDepth { get; init; }

    /// <summary>Octets that wait for the bandwidth now.</summary>
    public required long QueueBytes { get; init; }

    /// <summary>What went on in the last whole second.</summary>
    public required BitRate Rate { get; init; }

    /// <summary>The added latency of the frames that went on, in buckets; those without frames are left out.</summary>
    public required IReadOnlyList<LatencyBucket> AddedLatency { get; init; }

    /// <summary>Frames dropped for whatever reason.</summary>
    public long FramesDropped => DroppedByReason.Values.Sum();

    /// <summary>The part of the bandwidth that went on in the last whole second, 0 to about 1; null without a bandwidth.</summary>
    public double? Utilization => Asked.Bandwidth is { BitsPerSecond: > 0 } bandwidth ? (double)Rate.BitsPerSecond / bandwidth.BitsPerSecond : null;

    /// <summary>The loss that the profile asks for, 0 to 1.</summary>
    public double AskedLoss => Asked.BurstLoss?.MeanLoss ?? Asked.LossRate.Fraction;

    /// <summary>The loss that was made of the frames that came, 0 to 1; what a full queue dropped is not part of it.</summary>
    public double OwnLoss => FramesIn == 0 ? 0 : (double)DroppedByReason.GetValueOrDefault(EmulationReasons.EmulatedLoss.Name) / FramesIn;

    /// <summary>The median of the added latency; zero if no frame went on.</summary>
    public TimeSpan LatencyP50 => LatencyAt(0.50);

    /// <summary>What 99 of 100 frames were not delayed beyond; zero if no frame went on.</summary>
    public TimeSpan LatencyP99 => LatencyAt(0.99);

    /// <summary>What a share of the frames was not delayed beyond, to 2 %.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public TimeSpan LatencyAt(double share) => LatencyBuckets.At(AddedLatency, share);

    /// <summary>The direction as one line.</summary>
    public override string ToString() => $"{FramesIn} in, {FramesOut} out, {FramesDropped} dropped, {FramesWaiting} waiting; added {LatencyP50.TotalMilliseconds:0.###} ms at p50, {LatencyP99.TotalMilliseconds:0.###} ms at p99";

    internal static LinkStatistics Of(EmulatedLink link, long now)
    {
        var (queue, meter) = (link.Queue, link.Queue.Meter);
        var dropped = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (int number = 0; number < VerdictReason.Count; number++)
        {
            if (meter.GivenUp[number] > 0)
            {
                dropped.Add(VerdictReason.Of(number).Name, meter.GivenUp[number]);
            }
        }

        return new LinkStatistics
        {
            Asked = link.Emulator.Link,
            FramesIn = meter.FramesIn,
            BytesIn = meter.BytesIn,
            FramesOut = meter.FramesOut,
            BytesOut = meter.BytesOut,
            FramesDuplicated = meter.Duplicates,
            FramesCorrupted = meter.Corrupted,
            FramesMarked = meter.Marked,
            FramesFlushed = meter.Flushed,
            DroppedByReason = dropped,
            FramesWaiting = queue.Count,
            QueueDepth = link.Emulator.QueueDepth,
            QueueBytes = link.Emulator.QueueOctets,
            Rate = new BitRate(meter.BytesInLastSecond(now) * BitsPerOctet),
            AddedLatency = [.. meter.Added.List().Select(bucket => new LatencyBucket(TimeSpan.FromTicks(bucket.Nanoseconds / TimeSpan.NanosecondsPerTick), bucket.Count))],
        };
    }
}

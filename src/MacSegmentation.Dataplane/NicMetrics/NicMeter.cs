using MacSegmentation.Emulation;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.NicMetrics;

/// <summary>One direction of a port, from look to look: what it did since its profile came into force, and in the last second.</summary>
/// <param name="direction">The direction.</param>
internal sealed class NicMeter(ProfileDirection direction)
{
    private const int BitsPerOctet = 8;
    private const int ShownDigits = 4;

    private LinkStatistics? begin;
    private LinkStatistics? last;
    private long counted;
    private long bytes;
    private long countedAt;
    private bool hasCounted;

    /// <summary>What was measured last.</summary>
    public MacNicMetric? Metric { get; private set; }

    /// <summary>True if nothing has gone by since, and nothing waits: a look would tell the same.</summary>
    public bool IsSettled(long nowFrames) => Metric is { BitRate.BitsPerSecond: 0, QueueDepth: 0 } && counted == nowFrames && last is not { FramesWaiting: > 0 };

    /// <summary>Takes note that nothing has gone by up to a look.</summary>
    public void Skip(long now) => countedAt = Math.Max(countedAt, now);

    /// <summary>Looks.</summary>
    /// <param name="record">The port's interface record.</param>
    /// <param name="frames">Frames that went by since the enforcer's start.</param>
    /// <param name="nowBytes">Their octets.</param>
    /// <param name="profile">The profile that is in force.</param>
    /// <param name="link">What it does; null for nothing.</param>
    /// <param name="now">The time, in 100 ns.</param>
    public MacNicMetric Measure(MacInterface record, long frames, long nowBytes, string? profile, LinkStatistics? link, long now)
    {
        var newer = NicInstruments.IsLatencyWanted && link is not null ? LatencyBuckets.Difference(link.AddedLatency, last is null || link.FramesIn < last.FramesIn ? [] : last.AddedLatency) : [];
        var since = Since(link);
        Metric = new MacNicMetric
        {
            Interface = record.Name,
            InterfaceId = record.InterfaceId,
            Session = record.Session,
            VlanId = record.VlanId,
            Profile = profile,
            Direction = direction,
            BitRate = (link?.Rate ?? RateOf(nowBytes, now)).ToDigits(ShownDigits),
            QueueDepth = link?.QueueDepth ?? 0,
            AddedLatencyP50 = since?.LatencyP50 ?? TimeSpan.Zero,
            AddedLatencyP99 = since?.LatencyP99 ?? TimeSpan.Zero,
            Loss = Math.Round(since?.OwnLoss ?? 0, MacNicMetric.ShareDigits),

            // What waits for an instance counts as sent, until it is given up: a counter that others see does not fall.
            Frames = Math.Max(frames, Metric?.Frames ?? 0),
            Bytes = Math.Max(nowBytes, Metric?.Bytes ?? 0),
            Dropped = since?.FramesDropped ?? 0,
        }.WithAsked(link?.Asked ?? LinkProfile.None);
        (counted, bytes, countedAt, hasCounted) = (frames, nowBytes, now, true);
        NicInstruments.Record(Metric, newer);
        return Metric;
    }

    /// <summary>What was done since what is asked for now came into force, as of the look that saw it first.</summary>
    private LinkStatistics? Since(LinkStatistics? link)
    {
        if (link is null || (last is not null && link.FramesIn < last.FramesIn))
        {
            // There is none, or another one that has begun with its profile.
            begin = null;
        }
        else if (last is not null && last.Asked != link.Asked)
        {
            begin = link;
        }

        last = link;
        return link is null || begin is null ? link : Difference(link, begin);
    }

    private static LinkStatistics Difference(LinkStatistics now, LinkStatistics then) =>
        now with
        {
            FramesIn = now.FramesIn - then.FramesIn,
            DroppedByReason = now.DroppedByReason.ToDictionary(reason => reason.Key, reason => reason.Value - then.DroppedByReason.GetValueOrDefault(reason.Key), StringComparer.Ordinal),
            AddedLatency = LatencyBuckets.Difference(now.AddedLatency, then.AddedLatency),
        };

    /// <summary>The rate since the look before.</summary>
    private BitRate RateOf(long nowBytes, long now) => hasCounted && now > countedAt
        ? new BitRate((long)((Int128)Math.Max(0, nowBytes - bytes) * BitsPerOctet * TimeSpan.TicksPerSecond / (now - countedAt)))
        : default;
}

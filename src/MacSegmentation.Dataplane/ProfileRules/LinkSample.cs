using MacSegmentation.Emulation;

namespace MacSegmentation.ProfileRules;

/// <summary>The numbers of an instance's port that metrics are made of, as of one moment; all grow from the time at which its profile came into force.</summary>
/// <param name="Time">When, in ticks of 100 ns of a clock that never goes back.</param>
/// <param name="Egress">Octets that have gone on from the instance.</param>
/// <param name="Ingress">Octets that have gone on to it.</param>
/// <param name="FramesIn">Frames that came, both ways.</param>
/// <param name="FramesDropped">Those of them that were dropped.</param>
/// <param name="AddedLatency">The added latency of those that went on, from and to the instance.</param>
internal readonly record struct LinkSample(long Time, long Egress, long Ingress, long FramesIn, long FramesDropped, IReadOnlyList<LatencyBucket>[] AddedLatency)
{
    /// <summary>The numbers of a port.</summary>
    /// <param name="from">What its profile does with what its instance sends; null for nothing.</param>
    /// <param name="to">What it does with what goes to the instance; null for nothing.</param>
    /// <param name="now">When.</param>
    public static LinkSample Of(LinkStatistics? from, LinkStatistics? to, long now) => new(
        now,
        from?.BytesOut ?? 0,
        to?.BytesOut ?? 0,
        (from?.FramesIn ?? 0) + (to?.FramesIn ?? 0),
        (from?.FramesDropped ?? 0) + (to?.FramesDropped ?? 0),
        [from?.AddedLatency ?? [], to?.AddedLatency ?? []]);

    /// <summary>True if a number is smaller than before: the port has another link, which begins anew.</summary>
    public bool IsBehind(in LinkSample before) => Egress < before.Egress || Ingress < before.Ingress || FramesIn < before.FramesIn || FramesDropped < before.FramesDropped;
}

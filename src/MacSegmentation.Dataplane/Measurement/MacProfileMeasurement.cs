using MacSegmentation.Units;

namespace MacSegmentation.Measurement;

/// <summary>
/// What one direction of a vNIC profile asks for, and what frames met that went through it on this machine. Octets are those of Ethernet frames without their FCS; times are added ones: what the same way
/// takes without a profile is taken off.
/// </summary>
public sealed record MacProfileMeasurement
{
    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Ingress, towards the instance, or Egress, from it.</summary>
    public required string Direction { get; init; }

    /// <summary>The bandwidth that is asked for; null for no limit.</summary>
    public BitRate? AskedBandwidth { get; init; }

    /// <summary>What came through while twice as much was offered, after the burst; null if no bandwidth is asked for.</summary>
    public BitRate? Bandwidth { get; init; }

    /// <summary>The latency that is asked for.</summary>
    public required TimeSpan AskedLatency { get; init; }

    /// <summary>The jitter that is asked for.</summary>
    public required TimeSpan AskedJitter { get; init; }

    /// <summary>The added latency of half of the frames, at no more than half of the bandwidth.</summary>
    public required TimeSpan LatencyP50 { get; init; }

    /// <summary>The added latency of 99 of 100 frames.</summary>
    public required TimeSpan LatencyP99 { get; init; }

    /// <summary>The standard deviation of the latency.</summary>
    public required TimeSpan Jitter { get; init; }

    /// <summary>The loss that is asked for, 0 to 1; of loss in bursts, in the long run.</summary>
    public required double AskedLoss { get; init; }

    /// <summary>The loss that was met, 0 to 1.</summary>
    public double Loss => FramesSent == 0 ? 0 : (double)FramesLost / FramesSent;

    /// <summary>Frames that were sent to measure latency and loss.</summary>
    public required int FramesSent { get; init; }

    /// <summary>Those of them that did not come.</summary>
    public required int FramesLost { get; init; }

    /// <summary>Those that came twice.</summary>
    public required int FramesDuplicated { get; init; }

    /// <summary>Those that came after one that was sent later.</summary>
    public required int FramesReordered { get; init; }

    /// <summary>Those that came otherwise than they were sent.</summary>
    public required int FramesCorrupted { get; init; }

    /// <summary>What the way itself takes, without a profile: half of the frames no longer than this.</summary>
    public required TimeSpan Baseline { get; init; }

    /// <summary>The measurement as one line.</summary>
    public override string ToString() =>
        $"{Profile} {Direction}: {Bandwidth?.ToString() ?? "no limit"} of {AskedBandwidth?.ToString() ?? "no limit"}, {LatencyP50.TotalMilliseconds:0.##} of {AskedLatency.TotalMilliseconds:0.##} ms, {Loss:P2} of {AskedLoss:P2} lost";
}

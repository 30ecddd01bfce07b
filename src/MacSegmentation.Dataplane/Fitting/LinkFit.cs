using MacSegmentation.Profiles;
using MacSegmentation.Units;

namespace MacSegmentation.Fitting;

/// <summary>What one direction between two captures was like.</summary>
public sealed record LinkFit
{
    /// <summary>The direction of a profile that is like it.</summary>
    public required LinkProfile Link { get; init; }

    /// <summary>Frames that were sent between the first and the last one that arrived.</summary>
    public required long FramesSent { get; init; }

    /// <summary>Those of them that did not arrive.</summary>
    public required long FramesLost { get; init; }

    /// <summary>False if frames were seen to wait for the bandwidth; true if no more than this was sent, and the link may carry more.</summary>
    public required bool IsBandwidthLowerBound { get; init; }

    /// <summary>The median of the delay.</summary>
    public required TimeSpan LatencyP50 { get; init; }

    /// <summary>What 99 of 100 frames were not delayed beyond.</summary>
    public required TimeSpan LatencyP99 { get; init; }

    /// <summary>The direction as one line.</summary>
    public override string ToString() => $"{Link}; {FramesLost} of {FramesSent} lost; {new DelayTime(LatencyP50)} at p50, {new DelayTime(LatencyP99)} at p99";
}

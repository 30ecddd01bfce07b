using MacSegmentation.Limits;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.StormControl;

/// <summary>
/// Holds what a port floods to its limits: broadcast and unknown unicast frames together to one, multicast frames to another. What the switch knows a place
/// for is never limited.
/// </summary>
internal sealed class StormControlStage : FrameStage
{
    /// <summary>More frames to flood in a second than the port's limit.</summary>
    public static readonly VerdictReason StormLimit = VerdictReason.Define(nameof(StormLimit), "storm limit of the port");

    private readonly TokenBucket[] floods;
    private readonly TokenBucket[] multicasts;

    /// <summary>Creates the stage with full buckets.</summary>
    /// <param name="ports">The ports with their limits.</param>
    public StormControlStage(IEnumerable<SwitchPort> ports)
    {
        floods = [.. ports.Select(port => new TokenBucket(port.Settings.StormLimit))];
        multicasts = [.. ports.Select(port => new TokenBucket(port.Settings.MulticastStormLimit))];
    }

    public override string Name => "StormControl";

    public bool Judge(ref FrameContext frame)
    {
        if (!frame.Egress.IsFlood)
        {
            return true;
        }

        bool isMulticast = frame.IsToGroup && !frame.IsBroadcast;
        ref var bucket = ref (isMulticast ? multicasts : floods)[frame.Port.Index];
        return bucket.TryTake(frame.Timestamp) || frame.Deny(this, StormLimit);
    }
}

using MacSegmentation.Addressing;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Ports;
using MacSegmentation.Queues;

namespace MacSegmentation.Switch;

/// <summary>Where one direction's frames come from and go to.</summary>
/// <param name="Source">The port that frames arrive at. The enforcer closes it.</param>
/// <param name="Sink">The port that allowed frames leave by. The enforcer closes it.</param>
public sealed record EnforcerRoute(IFrameSource Source, IFrameSink Sink)
{
    private readonly int nativeVlanId = VlanId.Minimum;

    /// <summary>The VLAN of frames that arrive without a VLAN's tag, 1 to 4094.</summary>
    /// <exception cref="Errors.MacSegmentationException">InvalidVlanId: any other number.</exception>
    public int NativeVlanId
    {
        get => nativeVlanId;
        init => nativeVlanId = VlanId.Validate(value);
    }

    /// <summary>Takes a copy of each frame that is denied, not of those dropped in silence; null for none. The enforcer closes it.</summary>
    public IFrameSink? DeniedSink { get; init; }

    /// <summary>
    /// True if the frames come from a file. A frame that was captured shorter than it was is then judged by its header and passed on as it
    /// was captured; on a wire it would be another frame than the one that was sent, and is dropped. And the only clock is the frames' own.
    /// </summary>
    public bool IsCapture { get; init; }

    /// <summary>Name of the vNIC profile of the instance that is at one end, looked up in the configuration in force; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Which profiles that instance has over time, from the route's beginning on, in a capture by the times of its frames; <see cref="Profile"/> is what it has otherwise. Null for none.</summary>
    public MacScenario? Scenario { get; init; }

    /// <summary>True if the instance that has the <see cref="Profile"/> is behind <see cref="Sink"/>, so that the profile's ingress applies; false if it is behind <see cref="Source"/>.</summary>
    public bool IsTowardsInstance { get; init; }

    /// <inheritdoc cref="SwitchPortAssignment.IngressQueue"/>
    internal FrameQueue? IngressQueue { get; init; }

    /// <inheritdoc cref="SwitchPortAssignment.EgressQueue"/>
    internal FrameQueue? EgressQueue { get; init; }
}

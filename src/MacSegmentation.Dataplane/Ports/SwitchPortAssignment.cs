using MacSegmentation.Queues;

namespace MacSegmentation.Ports;

/// <summary>A port with what it is read from and written to.</summary>
/// <param name="Settings">What the port is.</param>
/// <param name="Source">What arrives at it. The enforcer closes it.</param>
/// <param name="Sink">What leaves by it. The enforcer closes it.</param>
public sealed record SwitchPortAssignment(SwitchPortSettings Settings, IFrameSource Source, IFrameSink Sink)
{
    /// <summary>What it can carry.</summary>
    public PortCapabilities Capabilities { get; init; } = PortCapabilities.Unknown;

    /// <summary>True for a port that is there for an instance that may come.</summary>
    internal bool IsSpare { get; init; }

    /// <summary>A port that is there for an instance that may come.</summary>
    internal static SwitchPortAssignment Spare() => new(new SwitchPortSettings { Adapter = "spare", MacInterface = string.Empty }, new SpareSource(), new SpareSink()) { IsSpare = true };

    /// <summary>Where what arrives waits after port security; null if nothing has to.</summary>
    internal FrameQueue? IngressQueue { get; init; }

    /// <summary>Where what leaves waits before the sink; null if nothing has to.</summary>
    internal FrameQueue? EgressQueue { get; init; }
}

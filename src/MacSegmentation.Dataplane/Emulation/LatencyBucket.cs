namespace MacSegmentation.Emulation;

/// <summary>Frames to which about the same latency was added.</summary>
/// <param name="Latency">The latency, to 2 %.</param>
/// <param name="Frames">How many frames.</param>
public readonly record struct LatencyBucket(TimeSpan Latency, long Frames);

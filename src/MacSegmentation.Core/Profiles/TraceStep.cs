using MacSegmentation.Units;

namespace MacSegmentation.Profiles;

/// <summary>What a recorded link is like from one time on; what is null the profile says.</summary>
/// <param name="At">From when on, since the recording's beginning.</param>
/// <param name="Bandwidth">Bits a second; 0 while nothing passes.</param>
/// <param name="Latency">The delay, one way.</param>
/// <param name="Loss">How many frames are lost.</param>
public readonly record struct TraceStep(TimeSpan At, BitRate? Bandwidth, TimeSpan? Latency, Percentage? Loss);

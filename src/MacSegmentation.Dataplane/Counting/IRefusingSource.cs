using MacSegmentation.Ports;

namespace MacSegmentation.Counting;

/// <summary>A source that takes frames out of what carries them, and refuses what is none.</summary>
internal interface IRefusingSource : IFrameSource
{
    /// <summary>Adds what was refused since the last time, by its reasons, as frames that came in and were dropped.</summary>
    /// <param name="tally">The port's numbers.</param>
    void TakeRefusals(ref TrafficTally tally);
}

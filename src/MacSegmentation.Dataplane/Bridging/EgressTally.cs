using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Bridging;

/// <summary>What left by a port. Whoever holds the switch counts and reads.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
internal struct EgressTally
{
    public long FramesSent;
    public long BytesSent;
    public long FramesNotSent;
    public long FramesRefused;
    public long FramesNotLearned;
}

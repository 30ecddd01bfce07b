using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Ports;

/// <summary>What left by a port. Whoever holds the switch counts and reads.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
internal struct EgressTally
{
    public long FramesSent;
    public long BytesSent;
    public long FramesNotSent;
    public long FramesRefused;
    public long FramesNotLearned;

    /// <summary>Moves frames from those sent: a port tells how many it could not send, not which. Their octets are taken as its average.</summary>
    public void MoveToNotSent(int frames)
    {
        BytesSent -= BytesSent / Math.Max(FramesSent, 1) * frames;
        FramesSent -= frames;
        FramesNotSent += frames;
    }
}

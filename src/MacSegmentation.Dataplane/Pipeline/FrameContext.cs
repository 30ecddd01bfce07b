using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MacSegmentation.Frames;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Pipeline;

/// <summary>A frame on its way through the stages, with all that they have found out about it.</summary>
[SuppressMessage("Design", "CA1051", Justification = "Stages read and fill it in place.")]
internal ref struct FrameContext
{
    /// <summary>The frame as it came.</summary>
    public readonly Frame Frame;

    /// <summary>Where it came in.</summary>
    public readonly SwitchPort Port;

    /// <summary>Its header; whole once it was received.</summary>
    public FrameHeader Header;

    /// <summary>Its headers above Ethernet, once they were read.</summary>
    public PacketHeader Packet;

    /// <summary>What was decided so far.</summary>
    public Verdict Verdict;

    /// <summary>The stage that ended its way, or null.</summary>
    public FrameStage? EndedBy;

    /// <summary>Where it is to leave.</summary>
    public Egress Egress;

    /// <summary>The port that a copy is about to leave by, while a stage judges that copy.</summary>
    public SwitchPort? To;

    /// <summary>False if what it says of who holds an address is not to be learned.</summary>
    public bool NamesHolders;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FrameContext(SwitchPort port, in Frame frame)
    {
        Port = port;
        Frame = frame;
        NamesHolders = true;
    }

    /// <summary>True if the destination is a group address (IEEE 802-2014 section 8.2).</summary>
    public readonly bool IsToGroup => (Header.Destination & 0x0100_0000_0000) != 0;

    /// <summary>True if the destination is all stations.</summary>
    public readonly bool IsBroadcast => Header.Destination == 0xFFFF_FFFF_FFFF;

    /// <summary>Ends the frame's way as a refusal that is reported.</summary>
    /// <returns>False: the frame does not go on.</returns>
    public bool Deny(FrameStage stage, VerdictReason reason) => End(stage, Verdict.Denied(reason));

    /// <summary>Ends the frame's way in silence.</summary>
    /// <returns>False: the frame does not go on.</returns>
    public bool Drop(FrameStage stage, VerdictReason reason) => End(stage, Verdict.Dropped(reason));

    /// <summary>Ends the frame's way.</summary>
    /// <returns>False: the frame does not go on.</returns>
    public bool End(FrameStage stage, Verdict verdict)
    {
        Verdict = verdict;
        EndedBy = stage;
        return false;
    }
}

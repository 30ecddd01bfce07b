using System.Runtime.CompilerServices;
using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch;

/// <summary>Hands a copy to the egress queue of the port that it is to leave by. Nobody waits for the link here.</summary>
internal sealed class SendStage : FrameStage
{
    /// <summary>The port that the frame should leave by did not take it: its queue is full, or it could not send it.</summary>
    public static readonly VerdictReason SendFailed = VerdictReason.Define(nameof(SendFailed), "the port did not take it");

    /// <summary>Without the tag of its VLAN the frame would show the tag behind it, and be taken for a frame of that VLAN.</summary>
    public static readonly VerdictReason InnerTag = VerdictReason.Define(nameof(InnerTag), "would leave as a frame of the VLAN of its inner tag");

    public override string Name => "Send";

    /// <summary>True if the frame may leave by the port without a tag of its VLAN: no tag is uncovered, or the port carries QinQ.</summary>
    public static bool MayUncover(SwitchPort to, in FrameHeader header) => !header.HasInnerTag || to.Settings.QinQ;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Send(SwitchPort to, in Frame frame)
    {
        bool isTaken = to.Sink.Send(frame);
        to.HasUnflushed = true;
        ref var egress = ref to.Egress;
        egress.FramesSent += isTaken ? 1 : 0;
        egress.BytesSent += isTaken ? frame.OriginalLength : 0;
        egress.FramesNotSent += isTaken ? 0 : 1;
        return isTaken;
    }

    /// <summary>Says of which priority a frame is that a port is given next: the port may carry its VLAN without a tag, and still serve its higher priorities first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NotePriority(SwitchPort to, in FrameContext frame)
    {
        if (to.EgressQueue is not null)
        {
            to.NotePriority(frame.Priority);
        }
    }

    /// <summary>Why a port did not take the frame that it was given last.</summary>
    public static VerdictReason ReasonOf(SwitchPort to) => to.EgressQueue?.Refusal ?? SendFailed;

    public override string? DescribePassage(in FrameContext frame) => frame.To is { } to
        ? $"{to.DisplayName}, {(to.Vlans.UntaggedVlan != frame.Header.VlanId ? $"tagged with VLAN {frame.Header.VlanId}" : "untagged")}."
        : null;

    public override string? DescribeRefusal(in FrameContext frame) => frame.Verdict.Reason == InnerTag
        ? $"{frame.To?.DisplayName} carries VLAN {frame.Header.VlanId} without a tag, and the frame has another tag behind it. QinQ of the port lets it out."
        : DescribePassage(frame);
}

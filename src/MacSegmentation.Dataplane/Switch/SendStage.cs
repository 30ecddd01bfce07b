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

    public override string Name => "Send";

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

    public override string? DescribePassage(in FrameContext frame) => frame.To is { } to
        ? $"{to.DisplayName}, {(to.Vlans.UntaggedVlan != frame.Header.VlanId ? $"tagged with VLAN {frame.Header.VlanId}" : "untagged")}."
        : null;

    public override string? DescribeRefusal(in FrameContext frame) => DescribePassage(frame);
}

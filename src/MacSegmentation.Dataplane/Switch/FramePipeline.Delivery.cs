using System.Runtime.CompilerServices;
using MacSegmentation.Frames;
using MacSegmentation.FrameSizes;
using MacSegmentation.Isolation;
using MacSegmentation.Partitions;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Switch;

/// <content>The end of the way: the copies of a frame, each judged by sessions, partitions and security groups and sent.</content>
internal sealed partial class FramePipeline<TKind>
{
    /// <summary>Sends a frame as it came by the one other port.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool DeliverOnWire<TTrace>(ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        var to = ports[1];
        frame.To = to;
        VerdictReason refusal = default;
        if (sessions.IsActive && !Told(sessions, sessions.Judge(frame, to) || frame.Deny(sessions, SessionIsolationStage.Isolated), ref frame, ref trace))
        {
            to.Egress.FramesRefused++;
            return false;
        }

        if (partitions.IsActive && !JudgePartitions(ref to, ref frame, ref trace))
        {
            ports[1].Egress.FramesRefused++;
            return frame.End(partitions, frame.Verdict);
        }

        if (!Told(groups, !hasRecords || groups.Judge(frame, to, out refusal) || frame.Deny(groups, refusal), ref frame, ref trace))
        {
            to.Egress.FramesRefused++;
            return false;
        }

        SendStage.NotePriority(to, frame);
        return Told(send, SendStage.Send(to, frame.Frame) || frame.Drop(send, SendStage.ReasonOf(to)), ref frame, ref trace);
    }

    /// <summary>Judges the one copy of a frame on a wire; its verdict is the frame's.</summary>
    private bool JudgePartitions<TTrace>(ref SwitchPort to, ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        partitions.Begin();
        bool isAdmitted = partitions.Judge(frame, ref to, out var verdict);
        if (!isAdmitted || frame.Verdict.Action != PolicyAction.Allow)
        {
            frame.Verdict = isAdmitted ? Verdict.Allowed(PartitionStage.ByPartition) : verdict;
        }

        return Told(partitions, isAdmitted, ref frame, ref trace);
    }

    /// <summary>Sends a frame to all ports that it is for.</summary>
    private bool Deliver<TTrace>(ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        tagger.Begin();
        if (partitions.IsActive)
        {
            partitions.Begin();
        }

        var delivery = default(Delivery);
        if (frame.Egress.Port >= 0)
        {
            Copy(ports[frame.Egress.Port], ref frame, ref delivery, ref trace);
        }
        else
        {
            foreach (int port in frame.Egress.Ports ?? [])
            {
                if (port != frame.Port.Index)
                {
                    Copy(ports[port], ref frame, ref delivery, ref trace);
                }
            }

            if (frame.Egress.ToAll || frame.Egress.ToUplinks)
            {
                Flood(ref frame, ref delivery, ref trace);
            }
        }

        return !partitions.IsActive || (frame.Verdict.Action == PolicyAction.Allow && partitions.Mirrors.Count == 0)
            ? delivery.IsSent || delivery.Conclude(ref frame, lookup!, send, ref trace)
            : ConcludeByPartitions(ref frame, ref delivery, ref trace);
    }

    /// <summary>What partitions have to do with a frame beside its copies: to copy it, and to let it pass though the default action of its VLAN would not.</summary>
    private bool ConcludeByPartitions<TTrace>(ref FrameContext frame, ref Delivery delivery, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        foreach (var mirror in partitions.Mirrors)
        {
            var copy = tagger.Shape(frame.Frame, frame.Header, mirror.TagTypeOf(frame.Header.VlanId));

            // Not marked as judged: what is denied is copied as well.
            _ = SendStage.Send(mirror, copy.Towards(endpoint: 0, mirror.CarriesPartition ? (ushort)partitions.TagOf(frame, mirror) : 0u));
        }

        if (frame.Verdict.Action == PolicyAction.Allow)
        {
            return delivery.IsSent || delivery.Conclude(ref frame, lookup!, send, ref trace);
        }

        if (delivery.IsSent)
        {
            frame.Verdict = Verdict.Allowed(PartitionStage.ByPartition);
            return true;
        }

        return delivery.RefusedBy is null ? Told(policy, frame.End(policy, frame.Verdict), ref frame, ref trace) : delivery.Conclude(ref frame, lookup!, send, ref trace);
    }

    /// <summary>To all ports that carry the VLAN, or to the uplinks and those that are still learning among them; never back.</summary>
    private void Flood<TTrace>(ref FrameContext frame, ref Delivery delivery, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        foreach (var other in ports)
        {
            if (!ReferenceEquals(other, frame.Port)
                && (frame.Egress.ToAll || other.Settings.IsUplink || (frame.Egress.ToLearning && lookup!.IsLearning(other, frame.Timestamp))))
            {
                Copy(other, ref frame, ref delivery, ref trace);
            }
        }
    }

    /// <summary>Sends a copy by a port, if that carries the frame's VLAN and the security groups of both ends admit it.</summary>
    private void Copy<TTrace>(SwitchPort to, ref FrameContext frame, ref Delivery delivery, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (!to.Vlans.Carries(frame.Header.VlanId) || IsSplit(frame.Port, to))
        {
            return;
        }

        frame.To = to;
        var asked = to;
        if (sessions.IsActive)
        {
            if (!sessions.Judge(frame, to))
            {
                to.Egress.FramesRefused++;
                delivery.Refusal = Verdict.Denied(SessionIsolationStage.Isolated);
                delivery.RefusedBy = sessions;
                Refuse(sessions, delivery.Refusal, ref frame, ref trace);
                return;
            }

            _ = Told(sessions, goesOn: true, ref frame, ref trace);
        }

        if (partitions.IsActive)
        {
            bool isAdmitted = partitions.Judge(frame, ref to, out var verdict);
            if (!isAdmitted)
            {
                asked.Egress.FramesRefused++;
                delivery.Refusal = verdict;
                delivery.RefusedBy = partitions;
                Refuse(partitions, verdict, ref frame, ref trace);
                return;
            }

            _ = Told(partitions, goesOn: true, ref frame, ref trace);
            frame.To = to;
        }

        int tagType = to.TagTypeOf(frame.Header.VlanId);
        if (tagType == 0 && !SendStage.MayUncover(to, frame.Header))
        {
            to.Egress.FramesRefused++;
            delivery.IsInnerTagKept = true;
            Refuse(send, Verdict.Dropped(SendStage.InnerTag), ref frame, ref trace);
            return;
        }

        if (ReferenceEquals(asked, to) && !groups.Judge(frame, to, out var refusal))
        {
            to.Egress.FramesRefused++;
            delivery.Refusal = Verdict.Denied(refusal);
            delivery.RefusedBy = groups;
            Refuse(groups, Verdict.Denied(refusal), ref frame, ref trace);
            return;
        }

        _ = Told(groups, goesOn: true, ref frame, ref trace);
        int excess = TooBigResponder.LengthOf(frame, tagType != 0) - to.MaxFrameLength;
        if (excess > 0)
        {
            to.Egress.FramesNotSent++;
            delivery.IsTooBig = true;
            tooBig!.Answer(frame, excess);
            Refuse(send, Verdict.Dropped(TooBigResponder.TooBig), ref frame, ref trace);
            return;
        }

        // What is behind the port that was looked up is not behind one that the copy is redirected to.
        int endpoint = ReferenceEquals(asked, to) ? frame.Egress.Endpoint : 0;
        uint tag = to.CarriesPartition ? partitions.TagOf(frame, to) : frame.SourceClass;
        SendStage.NotePriority(to, frame);
        bool isTaken = EgressTagger.LeavesAsItCame(frame.Bytes, frame.Header, tagType)
            ? SendStage.Send(to, frame.FrameTowards(endpoint, tag))
            : SendStage.Send(to, tagger.Shape(frame.Frame, frame.Header, tagType).Towards(endpoint, tag));
        delivery.Note(isTaken, to);
        _ = Told(send, isTaken, ref frame, ref trace);
    }

    /// <summary>Tells that a copy does not leave; the frame's own verdict stays.</summary>
    private static void Refuse<TTrace>(FrameStage stage, Verdict verdict, ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        var allowed = frame.Verdict;
        frame.Verdict = verdict;
        _ = Told(stage, goesOn: false, ref frame, ref trace);
        frame.Verdict = allowed;
    }

    /// <summary>Ports of one split-horizon group see each other's frames elsewhere already.</summary>
    private static bool IsSplit(SwitchPort from, SwitchPort to) =>
        from.Capabilities.SplitHorizonGroup is > 0 and int group && to.Capabilities.SplitHorizonGroup == group;

    /// <summary>Sends the switch's own answer back to the endpoint that it names, tagged as the port carries the VLAN.</summary>
    private void SendAnswer(SwitchPort to, in Frame answer, in FrameHeader question)
    {
        tagger.Begin();
        _ = SendStage.Send(to, tagger.Shape(answer, question, to.TagTypeOf(question.VlanId)).Towards(answer.Endpoint, carrierTag: 0));
    }
}

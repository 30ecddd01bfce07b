using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Tracing;

namespace MacSegmentation.Bridging;

/// <summary>The last two stages of a frame's way, for each port that it is to leave by: the security groups, and the sending of a copy.</summary>
internal sealed class CopySender(SwitchPort[] ports, GroupFilter groups)
{
    private readonly EgressTagger tagger = new();

    /// <summary>Number of the tables in force.</summary>
    public long Epoch { get; set; }

    /// <summary>Begins with a frame.</summary>
    public void Begin() => tagger.Begin();

    /// <summary>Sends the switch's own answer to a question back, tagged as the port carries the VLAN.</summary>
    public void SendAnswer(SwitchPort to, in Frame answer, in FrameHeader header) => Send(to, tagger.Shape(answer, header, isTagged: to.Vlans.UntaggedVlan != header.VlanId));

    /// <summary>Nobody is known to hold a shared address: all that may hold it get the frame.</summary>
    public Delivery SendToPlaces<TTrace>(SwitchPort port, AddressPlaces places, in Frame frame, in FrameHeader header, in PacketHeader packet, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        var delivery = default(Delivery);
        foreach (int place in places.Ports)
        {
            if (place != port.Index)
            {
                SendCopy(port, ports[place], frame, header, packet, ref delivery, ref trace);
            }
        }

        if (places.MayBeRemote)
        {
            Flood(port, frame, header, packet, toUplinksOnly: true, ref delivery, ref trace);
        }

        return delivery;
    }

    /// <summary>Sends a frame to all ports that carry its VLAN, or to the uplinks among them; never back.</summary>
    public Delivery Flood<TTrace>(SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, bool toUplinksOnly, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        var delivery = default(Delivery);
        Flood(port, frame, header, packet, toUplinksOnly, ref delivery, ref trace);
        return delivery;
    }

    private void Flood<TTrace>(
        SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, bool toUplinksOnly, ref Delivery delivery, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        foreach (var other in ports)
        {
            if (!ReferenceEquals(other, port) && (other.Settings.IsUplink || !toUplinksOnly))
            {
                SendCopy(port, other, frame, header, packet, ref delivery, ref trace);
            }
        }
    }

    /// <summary>Sends a frame to a port, if that carries its VLAN and the security groups of both ends admit it.</summary>
    public void SendCopy<TTrace>(
        SwitchPort from, SwitchPort to, in Frame frame, in FrameHeader header, in PacketHeader packet, ref Delivery delivery, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (!to.Vlans.Carries(header.VlanId))
        {
            return;
        }

        if (!groups.Admit(from.Groups, to.Groups, header.VlanId, packet, frame.Bytes, Epoch, frame.Timestamp, out var refusal))
        {
            to.Egress.FramesRefused++;
            delivery.Refusal = refusal;
            if (TTrace.IsOn)
            {
                trace.Note(FrameStage.SecurityGroup, PolicyAction.Deny, refusal, SwitchExplanation.OfGroups(from, to, packet));
            }

            return;
        }

        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.SecurityGroup, PolicyAction.Allow, reason: null, SwitchExplanation.OfGroups(from, to, packet));
        }

        bool isTagged = to.Vlans.UntaggedVlan != header.VlanId;
        bool isTaken = Send(to, tagger.Shape(frame, header, isTagged));
        delivery.Sent += isTaken ? 1 : 0;
        delivery.NotSent += isTaken ? 0 : 1;
        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.Send, PolicyAction.Allow, reason: null, $"{SwitchExplanation.NameOf(to)}, {(isTagged ? $"tagged with VLAN {header.VlanId}" : "untagged")}.");
        }
    }

    private static bool Send(SwitchPort to, in Frame frame)
    {
        bool isTaken = to.Sink.Send(frame);
        to.HasUnflushed = true;
        ref var egress = ref to.Egress;
        egress.FramesSent += isTaken ? 1 : 0;
        egress.BytesSent += isTaken ? frame.OriginalLength : 0;
        egress.FramesNotSent += isTaken ? 0 : 1;
        return isTaken;
    }
}

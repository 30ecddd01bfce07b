using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Tracing;

namespace MacSegmentation.Bridging;

/// <summary>The way of a frame through a switch, stage by stage. Used by whoever holds the switch.</summary>
/// <remarks>
/// Each frame goes one way through this class, and what ends it has a reason:
/// <code>
/// stage           question                                            if not
/// Receive         is it whole, and does the port carry its VLAN so?   Drop   Truncated, Malformed, VlanNotAllowed, GroupAddressAsSource,
///                                                                            LinkLocalControl, InterfaceRemoved
/// PortSecurity    is it from addresses of the port's record?          Deny   SourceMacNotAllowed … ArpRateLimit
/// Learning        may its source be behind this port?                 Deny   AddressHeldElsewhere, PortAddressLimit, ForwardingTableFull
/// Policy          what does the first policy that matches say?        Deny/Drop  Policy, DefaultAction, UnknownVlan
/// Responder       is it a question that the switch can answer?        (Answered)
/// Lookup          behind which ports is its destination?              Drop   SamePort, NoDestination; Deny StormLimit
/// SecurityGroup   do the groups of both sides admit it?               Deny   SecurityGroup, FlowTableFull, TruncatedHeader, FragmentNotAllowed
/// Send            does the port take it?                              Drop   SendFailed
/// </code>
/// </remarks>
internal sealed class SwitchPipeline(
    SwitchPort[] ports, SwitchOptions options, ForwardingTable forwarding, AddressOwners owners, AddressLearning learning, CopySender sender)
{
    private const ulong GroupBit = 0x0100_0000_0000;
    private const ulong Broadcast = 0xFFFF_FFFF_FFFF;
    private const ulong FirstLinkLocal = 0x0180_C200_0000;
    private const ulong LinkLocalCount = 16;

    private readonly AddressResponder responder = new(owners);
    private SwitchTables tables = null!; // set before the first frame

    private SwitchReport Report => new(tables, ports, forwarding, owners);

    /// <summary>Puts tables in force for the next frame.</summary>
    public void Use(SwitchTables next)
    {
        tables = next;
        sender.Epoch = next.Epoch;
    }

    /// <summary>Takes a frame from the port that it came in by to its end.</summary>
    public Verdict Forward<TTrace>(SwitchPort port, in Frame frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        port.CountIn(frame);
        var verdict = Admit(port, frame, out var header, out var packet, ref trace);
        if (verdict.Action == PolicyAction.Allow)
        {
            verdict = Deliver(port, frame, header, packet, verdict, ref trace);
        }

        port.CountOutcome(frame, header, verdict);
        return verdict;
    }

    /// <summary>More about why a frame was refused, for whoever is told of it.</summary>
    public string? Explain(SwitchPort port, in Frame frame, in FrameHeader header, VerdictReason reason) =>
        SwitchExplanation.OfRefusal(tables, port, frame, header, reason, learning.Refused);

    private static bool IsGroup(ulong address) => (address & GroupBit) != 0;

    private Verdict Admit<TTrace>(SwitchPort port, in Frame frame, out FrameHeader header, out PacketHeader packet, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        packet = default;
        if (Receive(port, frame, admitsCut: TTrace.IsOn, out header) is { } unfit)
        {
            return End(ref trace, FrameStage.Receive, Verdict.Dropped(unfit), port, frame, header);
        }

        PacketHeader.Read(frame.Bytes, frame.OriginalLength, out packet);
        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.Receive, PolicyAction.Allow, reason: null, $"{port.Source.Name} carries VLAN {header.VlanId}{(header.Tag == FrameTag.Vlan ? " tagged" : " untagged")}.");
        }

        bool isHolders = false;
        if (port.Guard is { } guard
            && !guard.TryAdmit(header, packet, frame.Bytes, frame.Timestamp, out var violation)
            && !(isHolders = IsHoldersOwn(port, header, packet, violation)))
        {
            return End(ref trace, FrameStage.PortSecurity, Verdict.Denied(violation), port, frame, header);
        }

        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.PortSecurity, PolicyAction.Allow, reason: null, SwitchExplanation.OfSecurity(port));
        }

        if (learning.Learn(tables, port, frame, header, packet, namesHolders: !isHolders) is { } misplaced)
        {
            return End(ref trace, FrameStage.Learning, Verdict.Denied(misplaced), port, frame, header);
        }

        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.Learning, PolicyAction.Allow, reason: null, Report.DescribePlace(header.VlanId, header.Source, frame.Timestamp));
        }

        var verdict = tables.Policies.Decide(header.VlanId, header.Source, header.Destination);
        port.CountHit(verdict);
        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.Policy, verdict.Action, verdict.Reason, MacPolicyTest.Explain(tables.Policies, verdict, header.VlanId));
        }

        return verdict;
    }

    /// <summary>Reads a frame and says why it does not come in, or null.</summary>
    /// <param name="port">Where the frame came in.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="admitsCut">True to judge a frame by what was captured of it: it is not sent.</param>
    /// <param name="header">Its header.</param>
    private VerdictReason? Receive(SwitchPort port, in Frame frame, bool admitsCut, out FrameHeader header)
    {
        header = default;
        return frame.IsTruncated && !admitsCut ? VerdictReason.Truncated
            : !FrameHeader.TryRead(frame.Bytes, port.Vlans.UntaggedVlan, out header) ? VerdictReason.Malformed
            : port.IsClosed ? VerdictReason.InterfaceRemoved
            : !port.Vlans.Admits(header, frame.Bytes) ? VerdictReason.VlanNotAllowed
            : IsGroup(header.Source) ? VerdictReason.GroupAddressAsSource
            : header.Destination - FirstLinkLocal < LinkLocalCount && !options.ForwardLinkLocal ? VerdictReason.LinkLocalControl
            : null;
    }

    /// <summary>
    /// A machine that has shown to hold a pair's address by the pair's own MAC address, as a virtual router's master does, may send from the
    /// address with its own MAC address too: that is what most systems do with what does not leave by the virtual interface. What such a frame
    /// says of who holds the address is not learned.
    /// </summary>
    private bool IsHoldersOwn(SwitchPort port, in FrameHeader header, in PacketHeader packet, VerdictReason violation) =>
        header.Source == port.Record?.MacAddress.Value
        && owners.TryFindIp(header.VlanId, packet.Source, out var owner) && owner.IsHeld && owner.Port == port.Index
        && (violation switch
        {
            VerdictReason.SourceIPNotAllowed => !NeighborDiscovery.Is(packet),
            VerdictReason.ArpSenderNotAllowed => packet.ArpSenderMac == header.Source,
            _ => false,
        });

    private Verdict Deliver<TTrace>(SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, Verdict allowed, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        sender.Begin();
        bool isGroup = IsGroup(header.Destination);
        if (isGroup && tables.HasResponder(header.VlanId) && TryAnswer(port, frame, header, packet, ref trace))
        {
            return Verdict.Answered();
        }

        return isGroup
            ? DeliverToGroup(port, frame, header, packet, allowed, ref trace)
            : DeliverToStation(port, frame, header, packet, allowed, ref trace);
    }

    private bool TryAnswer<TTrace>(SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (!responder.TryAnswer(tables, port, frame, header, packet, out var answer))
        {
            return false;
        }

        sender.SendAnswer(port, answer, header);
        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.Responder, PolicyAction.Allow, VerdictReason.Answered, $"The switch answers the question itself, to {SwitchExplanation.NameOf(port)}.");
        }

        return true;
    }

    private Verdict DeliverToGroup<TTrace>(SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, Verdict allowed, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (header.Destination == Broadcast && !port.TakesStormToken(frame.Timestamp))
        {
            return End(ref trace, FrameStage.Lookup, Verdict.Denied(VerdictReason.StormLimit), port, frame, header);
        }

        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.Lookup, PolicyAction.Allow, reason: null, $"A group address: to every port of VLAN {header.VlanId} but {port.Source.Name}.");
        }

        var delivery = sender.Flood(port, frame, header, packet, toUplinksOnly: false, ref trace);
        return Conclude(delivery, allowed, port, frame, header, ref trace);
    }

    private Verdict DeliverToStation<TTrace>(SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, Verdict allowed, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        ulong key = AddressKey.Of(header.VlanId, header.Destination);
        bool isRecords = tables.Addresses.TryFind(key, out int at, out var places);
        if (at < 0 || !isRecords)
        {
            // Learned, or where the one that holds a shared address was seen last.
            at = forwarding.Lookup(key, frame.Timestamp);
            at = at >= 0 && (places is null || places.Include(ports[at])) ? at : -1;
        }

        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.Lookup, PolicyAction.Allow, reason: null, Report.DescribePlace(header.VlanId, header.Destination, frame.Timestamp));
        }

        if (at == port.Index)
        {
            return End(ref trace, FrameStage.Lookup, Verdict.Dropped(VerdictReason.SamePort), port, frame, header);
        }

        var delivery = default(Delivery);
        if (at >= 0)
        {
            sender.SendCopy(port, ports[at], frame, header, packet, ref delivery, ref trace);
            return Conclude(delivery, allowed, port, frame, header, ref trace);
        }

        if (places is { Ports.Length: > 0 })
        {
            delivery = sender.SendToPlaces(port, places, frame, header, packet, ref trace);
            return Conclude(delivery, allowed, port, frame, header, ref trace);
        }

        if (!port.TakesStormToken(frame.Timestamp))
        {
            return End(ref trace, FrameStage.Lookup, Verdict.Denied(VerdictReason.StormLimit), port, frame, header);
        }

        // A record that has no port here is behind an uplink: nobody else need hear its frames.
        delivery = sender.Flood(port, frame, header, packet, toUplinksOnly: isRecords || !options.FloodUnknownUnicast, ref trace);
        return Conclude(delivery, allowed, port, frame, header, ref trace);
    }

    private Verdict Conclude<TTrace>(Delivery delivery, Verdict allowed, SwitchPort port, in Frame frame, in FrameHeader header, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        var verdict = delivery.Conclude(allowed);
        return verdict.Reason == VerdictReason.NoDestination ? End(ref trace, FrameStage.Lookup, verdict, port, frame, header) : verdict;
    }

    private Verdict End<TTrace>(ref TTrace trace, FrameStage stage, Verdict verdict, SwitchPort port, in Frame frame, in FrameHeader header)
        where TTrace : struct, IFrameTrace
    {
        if (TTrace.IsOn)
        {
            trace.Note(stage, verdict.Action, verdict.Reason, Explain(port, frame, header, verdict.Reason) ?? SwitchExplanation.ToSentence(verdict.Reason.Describe()));
        }

        return verdict;
    }
}

using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Switching;
using MacSegmentation.Tracing;

namespace MacSegmentation.Bridging;

/// <summary>
/// A VLAN bridge (IEEE 802.1Q-2022 clause 8) with any number of ports, each the port of one interface record, an uplink, or an access or trunk
/// port of its own.
/// </summary>
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
/// All ports share what the switch has learned. A port's thread holds the switch from a batch's first frame to its last, so a frame costs no
/// lock, and everything here is written as if there were one thread.
/// </remarks>
public sealed class MacSwitch : IForwardingEngine
{
    private const ulong GroupBit = 0x0100_0000_0000;
    private const ulong Broadcast = 0xFFFF_FFFF_FFFF;
    private const ulong FirstLinkLocal = 0x0180_C200_0000;
    private const ulong LinkLocalCount = 16;

    private readonly Lock gate = new();
    private readonly SwitchPort[] ports;
    private readonly SwitchPortSettings[] settings;
    private readonly SwitchOptions options;
    private readonly ForwardingTable forwarding;
    private readonly AddressOwners owners = new();
    private readonly AddressLearning learning;
    private readonly AddressResponder responder;
    private readonly GroupFilter groups;
    private readonly EgressTagger tagger = new();
    private SwitchTables tables = null!; // set by the enforcer before the first frame
    private long epochInUse;

    internal MacSwitch(SwitchLayout layout, EnforcerOptions reporting, EnforcerEventQueue events)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Options.Validate();
        options = layout.Options;
        ports = [.. layout.Ports.Select((port, index) => new SwitchPort(this, index, port, reporting, events))];
        settings = [.. layout.Ports.Select(port => port.Settings)];
        int[] limits = [.. settings.Select(port => port.AddressLimit > 0 ? port.AddressLimit : port.IsUplink ? options.AddressLimit : SwitchPortSettings.DefaultAddressLimit)];
        forwarding = new ForwardingTable(options.AddressLimit, (long)options.AgeingTime.TotalNanoseconds, limits);
        learning = new AddressLearning(forwarding, owners, ports, events);
        responder = new AddressResponder(owners);
        groups = new GroupFilter(options.FlowLimit, FlowSeed.Random());
    }

    IReadOnlyList<IEnforcerWorker> IForwardingEngine.Workers => ports;

    internal IReadOnlyList<SwitchPort> Ports => ports;

    internal long EpochInUse => Volatile.Read(ref epochInUse);

    void IForwardingEngine.Use(TablesInForce next)
    {
        // Compiled beside the frames, put in force between two batches.
        var compiled = SwitchTables.Compile(next.Snapshot ?? throw new ArgumentException("A switch needs the configuration.", nameof(next)), next.Policies, next.Epoch, settings, tables);
        lock (gate)
        {
            tables = compiled;
            owners.Keep(compiled.Addresses, ports);
            foreach (var port in ports)
            {
                if (port.Use(next, compiled))
                {
                    Forget(port);
                }
            }

            Volatile.Write(ref epochInUse, next.Epoch);
        }
    }

    /// <summary>What records say was gathered beside the frames; only what the switch knows is asked between them.</summary>
    private IReadOnlyList<MacAddressOwner> DescribeOwners(IReadOnlyList<OwnedAddress> addresses)
    {
        lock (gate)
        {
            return Report.DescribeOwners(addresses);
        }
    }

    private SwitchReport Report => new(tables, ports, forwarding, owners);

    internal void Enter() => gate.Enter();

    internal void Exit() => gate.Exit();

    /// <summary>The addresses that it knows: those of interface records with a port, and those that it has learned; from any thread.</summary>
    public IReadOnlyList<MacForwardingEntry> ListForwardingEntries()
    {
        lock (gate)
        {
            return Report.ListForwardingEntries();
        }
    }

    /// <summary>Who holds the addresses of address pairs, and those that several interface records have; from any thread.</summary>
    public IReadOnlyList<MacAddressOwner> ListAddressOwners() => DescribeOwners(OwnedAddress.ListShared(Volatile.Read(ref tables).Interfaces));

    /// <summary>Who holds an IP address, in each VLAN where an interface record has it; from any thread.</summary>
    public IReadOnlyList<MacAddressOwner> FindAddressOwners(IPAddress address) => DescribeOwners(OwnedAddress.ListOf(Volatile.Read(ref tables).Interfaces, address));

    /// <summary>Who holds a MAC address, in each VLAN where an interface record has it; from any thread.</summary>
    public IReadOnlyList<MacAddressOwner> FindAddressOwners(MacAddress address) => DescribeOwners(OwnedAddress.ListOf(Volatile.Read(ref tables).Interfaces, address));

    /// <summary>Number of flows that the security groups remember, and how many were refused because there was no room; from any thread.</summary>
    public FlowStatistics GetFlowStatistics()
    {
        lock (gate)
        {
            return new FlowStatistics(groups.FlowCount, groups.FlowCapacity, groups.RefusedFlows);
        }
    }

    internal IReadOnlyList<SwitchPortStatistics> DescribePorts(IReadOnlyList<TrafficCounts> counts)
    {
        lock (gate)
        {
            return [.. ports.Select(port => Report.Describe(port, counts[port.Index]))];
        }
    }

    /// <summary>More about why a frame was refused, for whoever is told of it. The caller holds the switch.</summary>
    internal string? Explain(SwitchPort port, in Frame frame, in FrameHeader header, VerdictReason reason) =>
        SwitchExplanation.OfRefusal(tables, port, frame, header, reason, learning.Refused);

    /// <summary>Sends what waits in the ports' sinks, and lets go of what has aged. The caller holds the switch.</summary>
    internal void FinishBatch(long now)
    {
        foreach (var port in ports)
        {
            if (port.HasUnflushed)
            {
                port.HasUnflushed = false;
                int failed = port.Sink.Flush();
                port.Egress.MoveToNotSent(failed);
            }
        }

        forwarding.Sweep(now);
        groups.Sweep(now);
    }

    /// <summary>A port that is down has nobody behind it.</summary>
    internal void ForgetPort(SwitchPort port)
    {
        lock (gate)
        {
            Forget(port);
        }
    }

    /// <summary>The way of a frame. The caller holds the switch.</summary>
    internal Verdict Forward<TTrace>(SwitchPort port, in Frame frame, ref TTrace trace)
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

    private void Forget(SwitchPort port)
    {
        forwarding.Forget(port.Index);
        owners.Forget(port.Index);
    }

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

    private bool TryAnswer<TTrace>(SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (!responder.TryAnswer(tables, port, frame, header, packet, out var answer))
        {
            return false;
        }

        Send(port, tagger.Shape(answer, header, isTagged: port.Vlans.UntaggedVlan != header.VlanId));
        if (TTrace.IsOn)
        {
            trace.Note(FrameStage.Responder, PolicyAction.Allow, VerdictReason.Answered, $"The switch answers the question itself, to {SwitchExplanation.NameOf(port)}.");
        }

        return true;
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

    private Verdict Deliver<TTrace>(SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, Verdict allowed, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        tagger.Begin();
        bool isGroup = IsGroup(header.Destination);
        if (isGroup && tables.HasResponder(header.VlanId) && TryAnswer(port, frame, header, packet, ref trace))
        {
            return Verdict.Answered();
        }

        return isGroup
            ? DeliverToGroup(port, frame, header, packet, allowed, ref trace)
            : DeliverToStation(port, frame, header, packet, allowed, ref trace);
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

        var delivery = Flood(port, frame, header, packet, toUplinksOnly: false, ref trace);
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
            SendCopy(port, ports[at], frame, header, packet, ref delivery, ref trace);
            return Conclude(delivery, allowed, port, frame, header, ref trace);
        }

        if (places is { Ports.Length: > 0 })
        {
            delivery = SendToPlaces(port, places, frame, header, packet, ref trace);
            return Conclude(delivery, allowed, port, frame, header, ref trace);
        }

        if (!port.TakesStormToken(frame.Timestamp))
        {
            return End(ref trace, FrameStage.Lookup, Verdict.Denied(VerdictReason.StormLimit), port, frame, header);
        }

        // A record that has no port here is behind an uplink: nobody else need hear its frames.
        delivery = Flood(port, frame, header, packet, toUplinksOnly: isRecords || !options.FloodUnknownUnicast, ref trace);
        return Conclude(delivery, allowed, port, frame, header, ref trace);
    }

    /// <summary>Nobody is known to hold a shared address: all that may hold it get the frame.</summary>
    private Delivery SendToPlaces<TTrace>(SwitchPort port, AddressPlaces places, in Frame frame, in FrameHeader header, in PacketHeader packet, ref TTrace trace)
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

    private Delivery Flood<TTrace>(SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, bool toUplinksOnly, ref TTrace trace)
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

    private void SendCopy<TTrace>(
        SwitchPort from, SwitchPort to, in Frame frame, in FrameHeader header, in PacketHeader packet, ref Delivery delivery, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (!to.Vlans.Carries(header.VlanId))
        {
            return;
        }

        if (!groups.Admit(from.Groups, to.Groups, header.VlanId, packet, frame.Bytes, tables.Epoch, frame.Timestamp, out var refusal))
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
            trace.Note(stage, verdict.Action, verdict.Reason, Explain(port, frame, header, verdict.Reason) ?? verdict.Reason.Describe());
        }

        return verdict;
    }
}

using System.Runtime.CompilerServices;
using MacSegmentation.Addressing;
using MacSegmentation.Flows;
using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Verdicts;

namespace MacSegmentation.SecurityGroups;

/// <summary>
/// Says whether a frame may go from one port to another by their security groups, and remembers the flows that it admitted. A switch has one;
/// used by one thread at a time.
/// </summary>
/// <remarks>
/// <para>
/// A frame passes if both ends admit it: the port that it comes from its Outbound direction, with the packet's destination as the remote side,
/// and the port that it goes to its Inbound direction, with the packet's source. Each port judges for itself and remembers its own flows, so a
/// frame that goes to several ports is admitted at each, and an answer may come by another port than the question went.
/// </para>
/// <para>
/// A packet that belongs to a flow of a port passes it without a rule. Without one, the port's rules decide; a rule of a stateful group (and a
/// direction that no rule restricts, if the port is in a stateful group) lets the packet begin a flow, which is remembered once both ends have
/// admitted the packet. See <see cref="FlowStart"/> for packets that begin none, and <see cref="FlowProgress"/> for how long flows live.
/// </para>
/// <para>
/// A flow that was admitted by former tables is judged anew by its first direction with the next packet. If it is no longer admitted, it is
/// remembered as withdrawn, whatever its protocol, because the other side's next packet could else begin it again, the other way round. A TCP
/// connection that is met in its midst, after a restart, begins only if the rules admit it from the end that began it; in UDP and others no packet tells that.
/// </para>
/// <para>
/// ARP, neighbour and listener discovery and the messages between DHCP clients and servers always pass: port security and its guards judge
/// them. Other frames that are not IP need a rule that names neither protocol, port nor remote side.
/// </para>
/// </remarks>
internal sealed class GroupFilter
{
    /// <summary>Places of the table of flows that one call of <see cref="Sweep"/> looks at.</summary>
    private const int SweepPlaces = 32;

    /// <summary>Flows to one fragmented packet, and least notes, that there is room for.</summary>
    private const int FlowsPerFragment = 8;

    private const int MinFragments = 64;

    private readonly FlowTable table;
    private readonly PortFlows flows;
    private readonly FragmentNotes notes;

    /// <summary>The flow of the frame that is on its way, if <see cref="Foresee"/> has read it.</summary>
    private PacketFlow flow;
    private bool isRead;
    private int foreseen = FlowTable.Unforeseen;

    /// <summary>Makes a filter that remembers no flow yet.</summary>
    /// <param name="flowCapacity">Flows that it can remember, 1 to 1,048,576. A flow between two ports with groups counts twice.</param>
    /// <param name="seed">What the hashes of flows are hidden with.</param>
    /// <param name="fragmentCapacity">Fragmented packets that it can note, beside the flows; 0 for an eighth of those.</param>
    public GroupFilter(int flowCapacity, FlowSeed seed, int fragmentCapacity = 0)
    {
        table = new FlowTable(flowCapacity, seed);
        flows = new PortFlows(table);
        notes = new FragmentNotes(new FlowTable(fragmentCapacity > 0 ? fragmentCapacity : Math.Max(flowCapacity / FlowsPerFragment, MinFragments), seed));
    }

    /// <summary>Flows that are remembered; some of them may have expired unnoticed.</summary>
    public int FlowCount => table.Count;

    /// <summary>Flows that can be remembered.</summary>
    public int FlowCapacity => table.Capacity;

    /// <summary>How often a packet was refused because what it would have begun found no room.</summary>
    public long RefusedFlows => table.Refused + notes.Refused;

    /// <summary>Judges a frame on its way from one port to another.</summary>
    /// <param name="from">The groups of the port that it comes from.</param>
    /// <param name="to">The groups of a port that it goes to.</param>
    /// <param name="vlanId">Its VLAN, 0 to 4095.</param>
    /// <param name="packet">Its headers above Ethernet.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <param name="epoch">Number of the tables in force.</param>
    /// <param name="now">The time in nanoseconds, from any start, on the clock of <see cref="Sweep"/>; a small step back does no harm.</param>
    /// <param name="reason">Why it is refused: SecurityGroup, FlowTableFull, TruncatedHeader or FragmentNotAllowed.</param>
    /// <returns>True if it is admitted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admit(
        PortGroups from,
        PortGroups to,
        int vlanId,
        in PacketHeader packet,
        ReadOnlySpan<byte> frame,
        uint epoch,
        long now,
        out VerdictReason reason)
    {
        reason = SecurityGroupStage.NotAdmitted;
        return !(from.RestrictsInbound | to.RestrictsInbound) || AdmitToMember(from, to, vlanId, packet, frame, epoch, now, ref reason);
    }

    /// <summary>Reads the flow of a frame that begins its way, and has its memory come while other stages look at the frame.</summary>
    /// <param name="from">The groups of the port that it comes from.</param>
    /// <param name="vlanId">Its VLAN, 0 to 4095.</param>
    /// <param name="packet">Its headers above Ethernet.</param>
    /// <param name="frame">The frame that they were read from.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Foresee(PortGroups from, int vlanId, in PacketHeader packet, ReadOnlySpan<byte> frame)
    {
        isRead = from.IsStateful && packet.State == PacketState.Complete && packet.Protocol is (ProtocolNumbers.Tcp or ProtocolNumbers.Udp) && !packet.IsFragment;
        if (isRead)
        {
            PacketFlow.Read(packet, frame, vlanId, out flow);
            foreseen = table.Foresee(flow.At(from.Number, TrafficDirection.Outbound));
        }
    }

    /// <summary>Forgets all flows.</summary>
    public void Clear()
    {
        table.Clear();
        notes.Clear();
    }

    /// <summary>Forgets some of the flows that have expired. To be called now and then, so that <see cref="FlowCount"/> stays near the truth.</summary>
    /// <param name="now">The time in nanoseconds.</param>
    public void Sweep(long now)
    {
        table.Sweep(SweepPlaces, now);
        notes.Sweep(SweepPlaces, now);
    }

    private static bool IsUnrestricted(PortGroups from, PortGroups to) => !from.RestrictsOutbound && !to.RestrictsInbound;

    private bool AdmitToMember(
        PortGroups from,
        PortGroups to,
        int vlanId,
        in PacketHeader packet,
        ReadOnlySpan<byte> frame,
        uint epoch,
        long now,
        ref VerdictReason reason)
    {
        if (packet.Network is not (NetworkProtocol.IPv4 or NetworkProtocol.IPv6))
        {
            return packet.Network == NetworkProtocol.Arp
                || (from.AdmitsAnything(TrafficDirection.Outbound) && to.AdmitsAnything(TrafficDirection.Inbound));
        }

        bool isLaterFragment = packet.IsFragment && !packet.IsFirstFragment;
        if (packet.State != PacketState.Complete)
        {
            reason = isLaterFragment ? PacketReasons.FragmentNotAllowed : PacketReasons.TruncatedHeader;
            return IsUnrestricted(from, to);
        }

        if (isLaterFragment)
        {
            reason = PacketReasons.FragmentNotAllowed;
            return notes.Admits(from, TrafficDirection.Outbound, vlanId, packet, now)
                && notes.Admits(to, TrafficDirection.Inbound, vlanId, packet, now);
        }

        return NetworkControl.Is(packet) || AdmitWithFlow(from, to, vlanId, packet, frame, epoch, now, ref reason);
    }

    private bool AdmitWithFlow(
        PortGroups from,
        PortGroups to,
        int vlanId,
        in PacketHeader packet,
        ReadOnlySpan<byte> frame,
        uint epoch,
        long now,
        ref VerdictReason reason)
    {
        if (!isRead)
        {
            PacketFlow.Read(packet, frame, vlanId, out flow);
            foreseen = FlowTable.Unforeseen;
        }

        // Of several copies only the first: it may have added flows.
        var leaving = flows.Judge(from, TrafficDirection.Outbound, flow, packet, epoch, now, foreseen);
        foreseen = FlowTable.Unforeseen;
        if (leaving.IsRefused)
        {
            return false;
        }

        var entering = flows.Judge(to, TrafficDirection.Inbound, flow, packet, epoch, now);
        if (entering.IsRefused)
        {
            return false;
        }

        // Both ends admit it. Only now is anything remembered.
        bool isNew = leaving.IsBeginning | entering.IsBeginning | packet.IsFragment;
        if (isNew && !TryRemember(leaving, entering, from, to, vlanId, flow, packet, epoch, now))
        {
            reason = PacketReasons.FlowTableFull;
            return false;
        }

        flows.GoOn(leaving, TrafficDirection.Outbound, packet.TcpFlags, now);
        flows.GoOn(entering, TrafficDirection.Inbound, packet.TcpFlags, now);
        return true;
    }

    /// <summary>True if there is room for the flows that a packet begins, within the shares of both ports.</summary>
    private bool HasRoom(PortGroups from, bool fromBegins, PortGroups to, bool toBegins, long now)
    {
        int count = (fromBegins ? 1 : 0) + (toBegins ? 1 : 0);
        return count == 0
            || (table.TryMakeRoom(count, now) && (!fromBegins || table.HasShare(from.Number, 1, now)) && (!toBegins || table.HasShare(to.Number, 1, now)));
    }

    /// <summary>Remembers the flows that a packet begins and notes it if it is a first fragment: all of it, or nothing for want of room.</summary>
    private bool TryRemember(
        Finding leaving,
        Finding entering,
        PortGroups from,
        PortGroups to,
        int vlanId,
        in PacketFlow flow,
        in PacketHeader packet,
        uint epoch,
        long now)
    {
        bool lacksLeavingNote = notes.Lacks(from, TrafficDirection.Outbound, vlanId, packet, now);
        bool lacksEnteringNote = notes.Lacks(to, TrafficDirection.Inbound, vlanId, packet, now);
        if (!HasRoom(from, leaving.IsBeginning, to, entering.IsBeginning, now) || !notes.HasRoom(from, lacksLeavingNote, to, lacksEnteringNote, now))
        {
            return false;
        }

        if (leaving.IsBeginning)
        {
            flows.Begin(from, TrafficDirection.Outbound, flow, packet, epoch, now);
        }

        if (entering.IsBeginning)
        {
            flows.Begin(to, TrafficDirection.Inbound, flow, packet, epoch, now);
        }

        if (lacksLeavingNote)
        {
            notes.Add(from, TrafficDirection.Outbound, vlanId, packet, now);
        }

        if (lacksEnteringNote)
        {
            notes.Add(to, TrafficDirection.Inbound, vlanId, packet, now);
        }

        return true;
    }
}

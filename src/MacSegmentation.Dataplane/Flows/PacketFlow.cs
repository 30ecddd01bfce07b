using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MacSegmentation.Addressing;
using MacSegmentation.Frames;

namespace MacSegmentation.Flows;

/// <summary>The flow that a packet belongs to, as the packet goes: from its source to its destination.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct PacketFlow
{
    /// <summary>The end that an echo request goes to and its reply comes from; above all ports. The other end is the identifier.</summary>
    private const uint EchoEnd = 0x1_0000;

    private const int FirstEphemeralPort = 32_768;

    private const int ProtocolShift = 12;
    private const uint IPv6Scope = 1 << 20;
    private const uint FragmentScope = 1 << 21;
    private const uint OutboundFragmentScope = 1 << 22;

    private UInt128 source;
    private UInt128 destination;
    private uint sourceEnd;
    private uint destinationEnd;
    private uint scope;
    private FlowStart? start;

    /// <summary>True if the packet can belong to a flow; else it has no key.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>What the packet can do without a flow. Asked only of what belongs to none.</summary>
    /// <param name="packet">The packet.</param>
    public readonly FlowStart StartOf(in PacketHeader packet) => start ?? StartOfTcp(packet);

    /// <summary>True if the packet is an ICMP error about a packet of the flow.</summary>
    public bool IsError { get; private set; }

    /// <summary>True if the flow is an ICMP echo.</summary>
    public readonly bool IsEcho => sourceEnd == EchoEnd || destinationEnd == EchoEnd;

    /// <summary>The protocol of the flow above IP.</summary>
    public readonly byte Protocol => (byte)(scope >> ProtocolShift);

    /// <summary>Tells the flow of a packet that is whole or the first of several fragments.</summary>
    /// <param name="packet">The packet's headers, complete.</param>
    /// <param name="frame">The frame that they were read from.</param>
    /// <param name="vlanId">The frame's VLAN, 0 to 4095.</param>
    /// <param name="flow">The flow. Written where it lies, field by field: a copy of what was just written would wait for all of it to reach memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(in PacketHeader packet, ReadOnlySpan<byte> frame, int vlanId, out PacketFlow flow)
    {
        if (IcmpMessage.IsIcmp(packet.Network, packet.Protocol))
        {
            flow = IcmpMessage.IsError(packet.Network, packet.IcmpType) ? OfError(packet, frame, vlanId) : OfIcmp(packet, vlanId);
            return;
        }

        Unsafe.SkipInit(out flow);
        flow.Set(
            ScopeOf(vlanId, packet.Network, packet.Protocol),
            packet.Source,
            packet.SourcePort,
            packet.Destination,
            packet.DestinationPort,
            packet.Protocol == ProtocolNumbers.Tcp ? null : FlowStart.Flow);
    }

    /// <summary>What the fragments of one packet are known by at a port, apart from those of a packet that goes the other way.</summary>
    /// <param name="packet">A fragment's headers.</param>
    /// <param name="vlanId">The frame's VLAN, 0 to 4095.</param>
    /// <param name="port">The port's number.</param>
    /// <param name="direction">Which way the packet goes.</param>
    public static FlowKey FragmentAt(in PacketHeader packet, int vlanId, uint port, TrafficDirection direction)
    {
        // IPv6's fragments may differ in their next header, and only the first one's counts (RFC 8200 section 4.5): a later one that begins among extension headers
        // names the first of those. IPv4's are told apart by their protocol, too (RFC 791 section 3.2).
        byte protocol = packet.Network == NetworkProtocol.IPv6 ? (byte)0 : packet.Protocol;
        uint scope = FragmentScope | ScopeOf(vlanId, packet.Network, protocol);
        scope |= direction == TrafficDirection.Outbound ? OutboundFragmentScope : 0;
        return new FlowKey(port, scope, packet.Source, packet.FragmentId, packet.Destination, 0);
    }

    /// <summary>What the flow is known by at a port.</summary>
    /// <param name="port">The port's number.</param>
    /// <param name="direction">Which way the packet goes: from the machine behind the port, or to it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly FlowKey At(uint port, TrafficDirection direction) => direction == TrafficDirection.Outbound
        ? new FlowKey(port, scope, source, sourceEnd, destination, destinationEnd)
        : new FlowKey(port, scope, destination, destinationEnd, source, sourceEnd);

    /// <summary>
    /// Who began a connection is told by its first two packets, and else by its ports, if only one is of those that systems give to who begins
    /// (RFC 6335 section 6: from 49152; Linux: from 32768): the other one is the server's.
    /// </summary>
    private static FlowStart StartOfTcp(in PacketHeader packet)
    {
        if ((packet.TcpFlags & TcpFlags.Reset) != 0)
        {
            return FlowStart.Never;
        }

        bool isFromServer = (packet.TcpFlags & TcpFlags.Synchronize) != 0
            ? (packet.TcpFlags & TcpFlags.Acknowledge) != 0
            : packet.SourcePort < FirstEphemeralPort && packet.DestinationPort >= FirstEphemeralPort;
        return isFromServer ? FlowStart.Answer : FlowStart.Flow;
    }

    private static PacketFlow OfIcmp(in PacketHeader packet, int vlanId)
    {
        uint scope = ScopeOf(vlanId, packet.Network, packet.Protocol);
        if (IcmpMessage.IsEchoRequest(packet.Network, packet.IcmpType))
        {
            return Known(scope, packet.Source, packet.IcmpIdentifier, packet.Destination, EchoEnd, FlowStart.Flow);
        }

        return IcmpMessage.IsEchoReply(packet.Network, packet.IcmpType)
            ? Known(scope, packet.Source, EchoEnd, packet.Destination, packet.IcmpIdentifier, FlowStart.Never)
            : Unknown(FlowStart.Alone);
    }

    /// <summary>An error goes to whom it quotes, and so belongs to the flow as an answer to the quoted packet would.</summary>
    private static PacketFlow OfError(in PacketHeader error, ReadOnlySpan<byte> frame, int vlanId)
    {
        if (!QuotedPacket.TryRead(error, frame, out var quoted) || quoted.Source != error.Destination)
        {
            return Unknown(FlowStart.Never);
        }

        uint sourceEnd = quoted.SourcePort;
        uint destinationEnd = quoted.DestinationPort;
        if (IcmpMessage.IsIcmp(quoted.Network, quoted.Protocol))
        {
            bool isRequest = IcmpMessage.IsEchoRequest(quoted.Network, quoted.IcmpType);
            if (!isRequest && !IcmpMessage.IsEchoReply(quoted.Network, quoted.IcmpType))
            {
                return Unknown(FlowStart.Never);
            }

            sourceEnd = isRequest ? quoted.IcmpIdentifier : EchoEnd;
            destinationEnd = isRequest ? EchoEnd : quoted.IcmpIdentifier;
        }

        uint scope = ScopeOf(vlanId, quoted.Network, quoted.Protocol);
        var flow = Known(scope, quoted.Destination, destinationEnd, quoted.Source, sourceEnd, FlowStart.Never);
        flow.IsError = true;
        return flow;
    }

    private static PacketFlow Unknown(FlowStart start) => new() { start = start };

    private static PacketFlow Known(uint scope, UInt128 source, uint sourceEnd, UInt128 destination, uint destinationEnd, FlowStart start)
    {
        var flow = default(PacketFlow);
        flow.Set(scope, source, sourceEnd, destination, destinationEnd, start);
        return flow;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(uint itsScope, UInt128 from, uint fromEnd, UInt128 to, uint toEnd, FlowStart? alone)
    {
        scope = itsScope;
        source = from;
        sourceEnd = fromEnd;
        destination = to;
        destinationEnd = toEnd;
        start = alone;
        IsKnown = true;
        IsError = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ScopeOf(int vlanId, NetworkProtocol network, byte protocol) =>
        (uint)vlanId | ((uint)protocol << ProtocolShift) | (network == NetworkProtocol.IPv6 ? IPv6Scope : 0);
}

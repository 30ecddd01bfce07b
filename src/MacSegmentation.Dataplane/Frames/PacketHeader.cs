using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MacSegmentation.Addressing;

namespace MacSegmentation.Frames;

/// <summary>What decides over a packet: the headers above Ethernet, read once and checked; nothing about it can fail afterwards.</summary>
/// <remarks>What a packet does not have, or not wholly, is 0.</remarks>
[SuppressMessage("Performance", "CA1815", Justification = "A header is read and forgotten; nobody compares two.")]
public readonly struct PacketHeader
{
#pragma warning disable CS0649 // Read fills it where it lies: a copy would wait for the many small stores before it.
    private readonly PacketFields fields;
#pragma warning restore CS0649

    /// <summary>The source address as <see cref="IpNumber"/>; in an ARP packet the sender's protocol address.</summary>
    public UInt128 Source => fields.Source;

    /// <summary>The destination address as <see cref="IpNumber"/>; in an ARP packet the target's protocol address.</summary>
    public UInt128 Destination => fields.Destination;

    /// <summary>The sender's MAC address in an ARP packet.</summary>
    public ulong ArpSenderMac => fields.ArpSenderMac;

    /// <summary>The target's MAC address in an ARP packet.</summary>
    public ulong ArpTargetMac => fields.ArpTargetMac;

    /// <summary>What tells the fragments of one packet from those of another: 16 bits in IPv4, 32 in IPv6.</summary>
    public uint FragmentId => fields.FragmentId;

    /// <summary>Offset of the network header in the frame, behind all tags.</summary>
    public int NetworkOffset => fields.NetworkOffset;

    /// <summary>Offset of the upper layer's header in the frame; 0 if there is none to read: no IP, a later fragment, or a cut header.</summary>
    public int TransportOffset => fields.TransportOffset;

    /// <summary>The type behind all tags; below 0x600 the length of an LLC frame.</summary>
    public ushort EtherType => fields.EtherType;

    /// <summary>The source port of TCP, UDP, UDP-Lite, SCTP or DCCP.</summary>
    public ushort SourcePort => fields.SourcePort;

    /// <summary>The destination port of TCP, UDP, UDP-Lite, SCTP or DCCP.</summary>
    public ushort DestinationPort => fields.DestinationPort;

    /// <summary>The identifier of an ICMP or ICMPv6 echo request or reply.</summary>
    public ushort IcmpIdentifier => fields.IcmpIdentifier;

    /// <summary>The operation of an ARP packet: 1 request, 2 reply.</summary>
    public ushort ArpOperation => fields.ArpOperation;

    /// <summary>What the frame carries.</summary>
    public NetworkProtocol Network => fields.Network;

    /// <summary>How much of the headers could be read.</summary>
    public PacketState State => fields.State;

    /// <summary>The protocol above IP, behind IPv6's extension headers; in a later fragment, what its first fragment begins with.</summary>
    public byte Protocol => fields.Protocol;

    /// <summary>The time to live or hop limit.</summary>
    public byte HopLimit => fields.HopLimit;

    /// <summary>The flags of TCP: the header's octet 13 (RFC 9293 section 3.1).</summary>
    public byte TcpFlags => fields.TcpFlags;

    /// <summary>The type of an ICMP or ICMPv6 message.</summary>
    public byte IcmpType => fields.IcmpType;

    /// <summary>The code of an ICMP or ICMPv6 message.</summary>
    public byte IcmpCode => fields.IcmpCode;

    /// <summary>True if the packet is one of several fragments; an IPv6 packet that is its only fragment (RFC 6946) is none.</summary>
    public bool IsFragment => fields.IsFragment;

    /// <summary>True if the packet is the first of several fragments, the one with the transport header.</summary>
    public bool IsFirstFragment => fields.IsFirstFragment;

    /// <summary>Offset behind the packet's last octet that is in the frame; what follows is padding.</summary>
    internal int End => fields.End;

    /// <summary>Reads the headers of a frame that was captured whole.</summary>
    /// <param name="frame">The frame from its destination address on; any octets.</param>
    /// <param name="packet">The headers.</param>
    public static void Read(ReadOnlySpan<byte> frame, out PacketHeader packet) => Read(frame, frame.Length, out packet);

    /// <summary>Reads the headers of a frame of which less may have been captured than was on the wire.</summary>
    /// <param name="frame">The frame from its destination address on; any octets.</param>
    /// <param name="originalLength">Length on the wire in octets, at least that of <paramref name="frame"/>; a longer packet is cut.</param>
    /// <param name="packet">The headers.</param>
    public static void Read(ReadOnlySpan<byte> frame, int originalLength, out PacketHeader packet)
    {
        packet = default;
        ref var fields = ref Unsafe.AsRef(in packet.fields);
        if (!TypeReader.TryRead(frame, out int type, out int offset))
        {
            fields.State = PacketState.TruncatedNetwork;
            return;
        }

        fields.EtherType = (ushort)type;
        fields.NetworkOffset = offset;
        fields.End = frame.Length;
        switch (type)
        {
            case EtherTypes.IPv4:
                fields.Network = NetworkProtocol.IPv4;
                Ipv4Reader.Read(frame, originalLength, ref fields);
                break;
            case EtherTypes.IPv6:
                fields.Network = NetworkProtocol.IPv6;
                Ipv6Reader.Read(frame, originalLength, ref fields);
                break;
            case EtherTypes.Arp:
                fields.Network = NetworkProtocol.Arp;
                ArpReader.Read(frame, ref fields);
                break;
        }
    }
}

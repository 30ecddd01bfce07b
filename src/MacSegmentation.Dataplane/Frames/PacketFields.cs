using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Frames;

/// <summary>What a <see cref="PacketHeader"/> tells, while it is being read.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is filled in place.")]
internal struct PacketFields
{
    public UInt128 Source;
    public UInt128 Destination;
    public ulong ArpSenderMac;
    public ulong ArpTargetMac;
    public uint FragmentId;
    public int NetworkOffset;
    public int TransportOffset;
    public int End;
    public ushort EtherType;
    public ushort SourcePort;
    public ushort DestinationPort;
    public ushort IcmpIdentifier;
    public ushort ArpOperation;
    public NetworkProtocol Network;
    public PacketState State;
    public byte Protocol;
    public byte HopLimit;
    public byte TcpFlags;
    public byte IcmpType;
    public byte IcmpCode;
    public bool IsFragment;
    public bool IsFirstFragment;
}

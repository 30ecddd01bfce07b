using System.Buffers.Binary;
using System.Numerics;
using MacSegmentation.Flows;
using MacSegmentation.Frames;

namespace MacSegmentation.Marking;

/// <summary>Marks frames, each on a copy: what was captured belongs to the port that it came in by, and may be on its way to others.</summary>
internal sealed class FrameMarker
{
    private const int AddressesLength = TagStack.Offset;
    private const int EcnMask = 0b11;
    private const int DscpShift = 2;
    private const int DscpMask = 0b1111_1100;
    private const int PriorityShift = 13;
    private const int PriorityMask = 0b111 << PriorityShift;
    private const int TcpLength = 20;
    private const int TcpChecksum = 16;
    private const int TcpFlagsPlace = 13;
    private const int DataOffsetPlace = 12;

    /// <summary>ECE and CWR (RFC 3168 section 6.1).</summary>
    private const byte EcnFlags = 0xC0;

    /// <summary>AE of accurate ECN, which was the nonce sum (RFC 9768 section 2.1).</summary>
    private const byte AccurateEcnFlag = 0x01;

    private const byte EndOfOptions = 0;
    private const byte NoOperation = 1;
    private const byte MaxSegmentSizeOption = 2;
    private const byte WindowScaleOption = 3;

    private byte[] copy = new byte[16_384];

    /// <summary>The frame as it is to go on; valid until the next one is marked.</summary>
    /// <param name="frame">The frame as it came, from its destination address on.</param>
    /// <param name="originalLength">Its length on the wire in octets.</param>
    /// <param name="marking">What to change.</param>
    public ReadOnlySpan<byte> Mark(ReadOnlySpan<byte> frame, int originalLength, FrameMarking marking)
    {
        int added = marking.Priority is not null && !TagStack.IsTag(BinaryPrimitives.ReadUInt16BigEndian(frame[AddressesLength..])) ? TagStack.TagLength : 0;
        var marked = Copy(frame, added);
        if (marking.Priority is { } priority)
        {
            SetPriority(marked, priority);
        }

        MarkPacket(marked, originalLength + added, marking);
        return marked;
    }

    private static void SetPriority(Span<byte> frame, int priority)
    {
        var control = frame[(AddressesLength + sizeof(ushort))..];
        BinaryPrimitives.WriteUInt16BigEndian(control, (ushort)((BinaryPrimitives.ReadUInt16BigEndian(control) & ~PriorityMask) | (priority << PriorityShift)));
    }

    private static void MarkPacket(Span<byte> frame, int originalLength, FrameMarking marking)
    {
        PacketHeader.Read(frame, originalLength, out var packet);
        if (packet.Network is not (NetworkProtocol.IPv4 or NetworkProtocol.IPv6) || packet.State == PacketState.TruncatedNetwork)
        {
            return;
        }

        int mask = (marking.Dscp is null ? 0 : DscpMask) | (marking.TakesEcnOut ? EcnMask : 0);
        if (mask != 0)
        {
            CongestionMark.SetTrafficClass(frame[packet.NetworkOffset..], packet.Network == NetworkProtocol.IPv4, mask, (marking.Dscp ?? 0) << DscpShift);
        }

        if (packet.Protocol == ProtocolNumbers.Tcp && packet.TransportOffset > 0 && (packet.TcpFlags & TcpFlags.Synchronize) != 0)
        {
            MarkFirstSegment(frame[packet.TransportOffset..packet.End], marking);
        }
    }

    private static void MarkFirstSegment(Span<byte> segment, FrameMarking marking)
    {
        if (marking.TakesEcnOut)
        {
            ChecksumUpdate.SetOctet(segment, TcpChecksum, DataOffsetPlace, (byte)(segment[DataOffsetPlace] & ~AccurateEcnFlag));
            ChecksumUpdate.SetOctet(segment, TcpChecksum, TcpFlagsPlace, (byte)(segment[TcpFlagsPlace] & ~EcnFlags));
        }

        int end = Math.Min((segment[DataOffsetPlace] >> 4) * sizeof(uint), segment.Length);
        for (int place = TcpLength; place < end && segment[place] != EndOfOptions;)
        {
            if (segment[place] == NoOperation)
            {
                place++;
                continue;
            }

            int length = place + 1 < end ? segment[place + 1] : 0;
            if (length < 2 || place + length > end)
            {
                return;
            }

            MarkOption(segment, place, length, marking);
            place += length;
        }
    }

    private static void MarkOption(Span<byte> segment, int place, int length, FrameMarking marking)
    {
        int value = place + 2;
        switch (segment[place], length)
        {
            case (MaxSegmentSizeOption, 4) when marking.MaxSegmentSize < BinaryPrimitives.ReadUInt16BigEndian(segment[value..]):
                ChecksumUpdate.SetOctet(segment, TcpChecksum, value, (byte)(marking.MaxSegmentSize.Value >> 8));
                ChecksumUpdate.SetOctet(segment, TcpChecksum, value + 1, (byte)marking.MaxSegmentSize.Value);
                break;
            case (WindowScaleOption, 3) when marking.MaxWindowScale < segment[value]:
                ChecksumUpdate.SetOctet(segment, TcpChecksum, value, (byte)marking.MaxWindowScale.Value);
                break;
        }
    }

    /// <summary>The copy, with room for a priority tag (VLAN 0) if one is to be added.</summary>
    private Span<byte> Copy(ReadOnlySpan<byte> frame, int added)
    {
        int length = frame.Length + added;
        if (copy.Length < length)
        {
            copy = new byte[BitOperations.RoundUpToPowerOf2((uint)length)];
        }

        frame[..AddressesLength].CopyTo(copy);
        frame[AddressesLength..].CopyTo(copy.AsSpan(AddressesLength + added));
        if (added > 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(copy.AsSpan(AddressesLength), (uint)EtherTypes.CustomerTag << 16);
        }

        return copy.AsSpan(0, length);
    }
}

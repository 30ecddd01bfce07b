using System.Buffers.Binary;
using MacSegmentation.Frames;

namespace MacSegmentation.Marking;

/// <summary>Explicit congestion notification of IP (RFC 3168 section 5): a packet of a transport that understands it is marked, with its checksum mended.</summary>
internal static class CongestionMark
{
    private const int Mask = 0b11;

    /// <summary>True if the frame can be marked, or is marked already.</summary>
    /// <param name="frame">The frame from its destination address on.</param>
    public static bool CanSet(ReadOnlySpan<byte> frame) => TypeReader.TryRead(frame, out int type, out int offset) && type switch
    {
        EtherTypes.IPv4 => frame.Length >= offset + Ipv4Reader.MinimumLength && (frame[offset + 1] & Mask) != 0,
        EtherTypes.IPv6 => frame.Length >= offset + sizeof(ushort) && ((frame[offset + 1] >> 4) & Mask) != 0,
        _ => false,
    };

    /// <summary>Marks a frame that can be marked.</summary>
    /// <param name="frame">The frame from its destination address on.</param>
    /// <returns>False if it cannot.</returns>
    public static bool TrySet(Span<byte> frame)
    {
        if (!CanSet(frame))
        {
            return false;
        }

        TypeReader.TryRead(frame, out int type, out int offset);
        SetTrafficClass(frame[offset..], type == EtherTypes.IPv4, Mask, Mask);
        return true;
    }

    /// <summary>Sets bits of the octet that has the DSCP and this code point: IPv4's type of service, IPv6's traffic class.</summary>
    /// <param name="header">The IP header.</param>
    /// <param name="isIPv4">True for IPv4.</param>
    /// <param name="mask">Which bits.</param>
    /// <param name="value">The bits.</param>
    public static void SetTrafficClass(Span<byte> header, bool isIPv4, int mask, int value)
    {
        ushort before = BinaryPrimitives.ReadUInt16BigEndian(header);
        int shift = isIPv4 ? 0 : 4;
        ushort after = (ushort)((before & ~(mask << shift)) | (value << shift));
        BinaryPrimitives.WriteUInt16BigEndian(header, after);
        if (isIPv4)
        {
            ChecksumUpdate.Replace(header[10..], before, after);
        }
    }
}

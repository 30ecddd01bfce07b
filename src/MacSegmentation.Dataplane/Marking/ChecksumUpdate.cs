using System.Buffers.Binary;

namespace MacSegmentation.Marking;

/// <summary>Mends an Internet checksum for what has changed (RFC 1624, equation 3), so that one that was wrong before stays wrong.</summary>
internal static class ChecksumUpdate
{
    /// <summary>Mends the checksum for two octets that begin at an even place.</summary>
    /// <param name="checksum">Where it is.</param>
    /// <param name="before">What the octets were.</param>
    /// <param name="after">What they are.</param>
    public static void Replace(Span<byte> checksum, ushort before, ushort after)
    {
        uint sum = (ushort)~BinaryPrimitives.ReadUInt16BigEndian(checksum) + (uint)(ushort)~before + after;
        sum = (sum & ushort.MaxValue) + (sum >> 16);
        sum = (sum & ushort.MaxValue) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(checksum, (ushort)~sum);
    }

    /// <summary>Changes an octet and mends the checksum.</summary>
    /// <param name="octets">What the checksum is of.</param>
    /// <param name="checksum">Its place among them.</param>
    /// <param name="place">The octet's place among them.</param>
    /// <param name="value">The octet.</param>
    public static void SetOctet(Span<byte> octets, int checksum, int place, byte value)
    {
        int shift = place % 2 == 0 ? 8 : 0;
        byte before = octets[place];
        octets[place] = value;
        Replace(octets[checksum..], (ushort)(before << shift), (ushort)(value << shift));
    }
}

using System.Buffers.Binary;

namespace MacSegmentation.Frames;

/// <summary>The checksum of IP and of what is above it (RFC 1071).</summary>
internal static class InternetChecksum
{
    /// <summary>The checksum of octets in which its own field is 0.</summary>
    public static ushort Compute(ReadOnlySpan<byte> octets) => Complement(Sum(octets));

    /// <summary>The checksum of an upper layer's octets, with the pseudo header of either family (RFC 9293 section 3.1, RFC 8200 section 8.1).</summary>
    /// <remarks>An IPv4 address's number has 0xffff before it, which is 0 in this sum.</remarks>
    public static ushort Compute(UInt128 source, UInt128 destination, byte protocol, ReadOnlySpan<byte> octets) =>
        Complement(Sum(source) + Sum(destination) + protocol + (uint)octets.Length + Sum(octets));

    /// <summary>True if the octets have the checksum that they should have: with it, all add up to ones.</summary>
    public static bool IsRight(ReadOnlySpan<byte> octets) => Compute(octets) == 0;

    /// <summary>The same with the pseudo header.</summary>
    public static bool IsRight(UInt128 source, UInt128 destination, byte protocol, ReadOnlySpan<byte> octets) => Compute(source, destination, protocol, octets) == 0;

    private static ulong Sum(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        for (; octets.Length > 1; octets = octets[sizeof(ushort)..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(octets);
        }

        return octets.IsEmpty ? sum : sum + ((uint)octets[0] << 8);
    }

    private static ulong Sum(UInt128 address)
    {
        ulong sum = 0;
        for (; address != 0; address >>= 16)
        {
            sum += (ushort)address;
        }

        return sum;
    }

    private static ushort Complement(ulong sum)
    {
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace MacSegmentation.Addressing;

/// <summary>
/// IP addresses as numbers of 128 bits, as frames are judged by: an IPv4 address is the number of its IPv4-mapped IPv6 address
/// (::ffff:0:0/96, RFC 4291 section 2.5.5.2), so that one comparison serves both families.
/// </summary>
public static class IpNumber
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    /// <summary>The number of an IPv4 address.</summary>
    /// <param name="address">The address, first octet on the wire most significant.</param>
    public static UInt128 FromIPv4(uint address) => new(0, MappedPrefix | address);

    /// <summary>The number of an address of either family.</summary>
    /// <param name="address">The address; a scope id is not part of the number.</param>
    public static UInt128 From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out int length);
        return length == sizeof(uint) ? FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(octets)) : BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    /// <summary>True if the number is an IPv4 address's.</summary>
    public static bool IsIPv4(UInt128 number) => (number >> 32) == MappedPrefix >> 32;

    /// <summary>The address of a number.</summary>
    public static IPAddress ToAddress(UInt128 number)
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, number);
        return new IPAddress(IsIPv4(number) ? octets[12..] : octets);
    }

    /// <summary>The prefix length within the 128 bits of a number: 96 more for IPv4.</summary>
    internal static int PrefixLength(AddressFamily family, int prefixLength) => family == AddressFamily.InterNetwork ? prefixLength + 96 : prefixLength;

    /// <summary>The mask of a prefix of 0 to 128 bits.</summary>
    internal static UInt128 Mask(int prefixLength) => prefixLength == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - prefixLength);
}

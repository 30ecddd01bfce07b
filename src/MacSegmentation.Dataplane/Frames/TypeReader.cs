using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MacSegmentation.Frames;

/// <summary>
/// Finds what a frame carries behind its tags and, if an LLC/SNAP header brings an EtherType (RFC 1042, IEEE 802.1H), behind that too: hosts take IP from
/// either form, so a guard that knew one of them only could be bypassed with the other (CVE-2021-27853 and its like).
/// </summary>
internal static class TypeReader
{
    private const int TypeOffset = 12;
    private const int SnapLength = 8;

    // DSAP and SSAP 0xAA, unnumbered information; an EtherType follows organisation 00-00-00 (RFC 1042) and 00-00-F8 (IEEE 802.1H).
    private const ulong SnapMask = 0xFFFF_FFFF_FFFF_0000;
    private const ulong SnapEtherType = 0xAAAA_0300_0000_0000;
    private const ulong SnapBridgeTunnel = 0xAAAA_0300_00F8_0000;

    /// <summary>Reads the type and where what it names begins.</summary>
    /// <param name="frame">The frame from its destination address on.</param>
    /// <param name="type">The EtherType; below 0x600 the length of an LLC frame.</param>
    /// <param name="offset">Offset of the first octet behind the type.</param>
    /// <returns>False if the frame ends before its type.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> frame, out int type, out int offset)
    {
        offset = TypeOffset + sizeof(ushort);
        if (frame.Length < offset)
        {
            type = 0;
            return false;
        }

        type = BinaryPrimitives.ReadUInt16BigEndian(frame[TypeOffset..]);
        return type is EtherTypes.IPv4 or EtherTypes.IPv6 || TryUnwrap(frame, ref type, ref offset);
    }

    private static bool TryUnwrap(ReadOnlySpan<byte> frame, ref int type, ref int offset)
    {
        while (true)
        {
            if (TagStack.IsTag(type))
            {
                offset += TagStack.TagLength;
                if (frame.Length < offset)
                {
                    return false;
                }
            }
            else if (type < EtherTypes.Minimum
                && frame.Length >= offset + SnapLength
                && (BinaryPrimitives.ReadUInt64BigEndian(frame[offset..]) & SnapMask) is SnapEtherType or SnapBridgeTunnel)
            {
                offset += SnapLength;
            }
            else
            {
                return true;
            }

            type = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset - sizeof(ushort))..]);
        }
    }
}

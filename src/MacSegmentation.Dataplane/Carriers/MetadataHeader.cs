using System.Buffers.Binary;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Carriers;

/// <summary>
/// Cisco's metadata header (CMD): behind a frame's addresses and VLAN tag, EtherType 0x8909, a version, a length, and the 16-bit security group tag as its one option; then the frame's own type.
/// </summary>
/// <remarks>
/// It has no public standard; the layout is the one that Wireshark's dissector of EtherType 0x8909 reads, and Cisco's TrustSec devices write:
/// <code>
/// |         0x8909        | Version (1) |  Length (1)  |
/// | Option length and type (0, 1)       | security group tag |
/// </code>
/// </remarks>
internal static class MetadataHeader
{
    /// <summary>Octets that it adds to a frame.</summary>
    public const int Length = 8;

    /// <summary>Its type.</summary>
    public const int EtherType = 0x8909;

    private const ushort VersionAndLength = 0x0101;
    private const ushort GroupTag = 0x0001;

    /// <summary>Reads a header.</summary>
    /// <param name="octets">A frame from its type field on; any octets.</param>
    /// <param name="id">The partition's id.</param>
    /// <param name="refusal">Why it is none, if it is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, out ushort id, out VerdictReason refusal)
    {
        id = 0;
        refusal = CarrierReasons.Truncated;

        // The frame's own type follows.
        if (octets.Length < Length + sizeof(ushort))
        {
            return false;
        }

        refusal = CarrierReasons.Malformed;
        if (BinaryPrimitives.ReadUInt16BigEndian(octets) != EtherType
            || BinaryPrimitives.ReadUInt16BigEndian(octets[2..]) != VersionAndLength
            || BinaryPrimitives.ReadUInt16BigEndian(octets[4..]) != GroupTag)
        {
            return false;
        }

        id = BinaryPrimitives.ReadUInt16BigEndian(octets[6..]);
        return true;
    }

    /// <summary>Writes a header.</summary>
    /// <param name="octets">Takes <see cref="Length"/> octets.</param>
    /// <param name="id">The partition's id.</param>
    public static void Write(Span<byte> octets, ushort id)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets, EtherType);
        BinaryPrimitives.WriteUInt16BigEndian(octets[2..], VersionAndLength);
        BinaryPrimitives.WriteUInt16BigEndian(octets[4..], GroupTag);
        BinaryPrimitives.WriteUInt16BigEndian(octets[6..], id);
    }
}

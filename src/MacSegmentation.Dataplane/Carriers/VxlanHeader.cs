using System.Buffers.Binary;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Carriers;

/// <summary>VXLAN's header (RFC 7348 section 5), with the group policy extension (draft-smith-vxlan-group-policy-05 section 2.1; it has no RFC).</summary>
/// <remarks>
/// <code>
/// |G|R|R|R|I|R|R|R|R|D|R|R|A|R|R|R|        Group Policy ID        |
/// |                VXLAN Network Identifier (VNI) |   Reserved    |
/// </code>
/// RFC 7348 has receivers ignore what is reserved. Extensions have given some of it a meaning since (the draft above, VXLAN-GPE), and a receiver that ignores it misreads their packets: so, as Linux does, it is refused.
/// </remarks>
/// <param name="Vni">The virtual network, 0 to 16,777,215.</param>
/// <param name="Tag">What the group policy extension says; the default if it is not there.</param>
internal readonly record struct VxlanHeader(int Vni, PartitionTag Tag)
{
    /// <summary>Octets of the header.</summary>
    public const int Length = 8;

    /// <summary>UDP's port (IANA).</summary>
    public const int UdpPort = 4789;

    private const byte HasGroup = 0x80;
    private const byte HasVni = 0x08;
    private const byte NotLearned = 0x40;
    private const byte Applied = 0x08;

    /// <summary>Reads a header.</summary>
    /// <param name="packet">What is behind UDP's header; any octets.</param>
    /// <param name="hasGroups">True if the extension is understood; else its flag is a reserved one.</param>
    /// <param name="header">The header.</param>
    /// <param name="refusal">Why it is none, if it is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> packet, bool hasGroups, out VxlanHeader header, out VerdictReason refusal)
    {
        header = default;
        refusal = CarrierReasons.Truncated;
        if (packet.Length < Length)
        {
            return false;
        }

        uint first = BinaryPrimitives.ReadUInt32BigEndian(packet);
        byte flags = packet[0];
        byte marks = packet[1];
        bool isGroup = hasGroups && flags == (HasGroup | HasVni);
        refusal = CarrierReasons.Malformed;
        if (packet[7] != 0 || (isGroup ? (marks & ~(NotLearned | Applied)) != 0 : first != HasVni << 24))
        {
            return false;
        }

        header = new VxlanHeader(ReadVni(packet), isGroup ? new PartitionTag((ushort)first, (marks & Applied) != 0, (marks & NotLearned) != 0) : default);
        return true;
    }

    /// <summary>Writes the header; without the extension if there is nothing to say in it.</summary>
    /// <param name="octets">Takes <see cref="Length"/> octets.</param>
    public void Write(Span<byte> octets)
    {
        octets[0] = (byte)(HasVni | (Tag.Value != 0 ? HasGroup : 0));
        octets[1] = (byte)((Tag.IsNotLearned ? NotLearned : 0) | (Tag.IsApplied ? Applied : 0));
        BinaryPrimitives.WriteUInt16BigEndian(octets[2..], Tag.Id);
        BinaryPrimitives.WriteUInt32BigEndian(octets[4..], (uint)Vni << 8);
    }

    /// <summary>The virtual network of a header of this length, whatever the rest of it.</summary>
    internal static int ReadVni(ReadOnlySpan<byte> header) => (int)(BinaryPrimitives.ReadUInt32BigEndian(header[4..]) >> 8);
}

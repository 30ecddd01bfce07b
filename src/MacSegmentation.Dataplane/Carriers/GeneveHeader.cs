using System.Buffers.Binary;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Carriers;

/// <summary>Geneve's header (RFC 8926 section 3.4) with a partition's id in an option (section 3.5), which is not critical: who does not know it skips it.</summary>
/// <remarks>
/// <code>
/// |Ver|  Opt Len  |O|C|    Rsvd.  |         Protocol Type         |
/// |        Virtual Network Identifier (VNI)       |    Reserved   |
/// |          Option Class         |      Type     |R|R|R| Length  |
/// |       0       |R|D|R|R|A|R|R|R|          partition id         |
/// </code>
/// The option's data are those of VXLAN's group policy extension, so that one number stands for both. What is reserved is ignored, as the RFC says.
/// </remarks>
/// <param name="Vni">The virtual network, 0 to 16,777,215.</param>
/// <param name="Tag">What the option says; the default if it is not there.</param>
/// <param name="Length">Octets of the header with its options: where the frame begins.</param>
internal readonly record struct GeneveHeader(int Vni, PartitionTag Tag, int Length)
{
    /// <summary>Octets of a header without options.</summary>
    public const int BareLength = 8;

    /// <summary>Octets of a header with the partition's option.</summary>
    public const int TaggedLength = BareLength + OptionHeaderLength + OptionDataLength;

    /// <summary>UDP's port (IANA).</summary>
    public const int UdpPort = 6081;

    private const int OptionHeaderLength = 4;
    private const int OptionDataLength = 4;
    private const int Word = 4;
    private const int TransparentEthernet = 0x6558;
    private const byte Critical = 0x80;
    private const byte Control = 0x80;
    private const byte LengthMask = 0x1F;
    private const byte OptionsMask = 0x3F;
    private const byte NotLearned = 0x40;
    private const byte Applied = 0x08;

    /// <summary>Reads a header.</summary>
    /// <param name="packet">What is behind UDP's header; any octets.</param>
    /// <param name="option">Class (the upper 16 bits) and type (the lower 8) of the partition's option; −1 if it is not looked for.</param>
    /// <param name="header">The header.</param>
    /// <param name="refusal">Why it is none, if it is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> packet, int option, out GeneveHeader header, out VerdictReason refusal)
    {
        header = default;
        refusal = CarrierReasons.Truncated;
        if (packet.Length < BareLength)
        {
            return false;
        }

        // Another version, a control packet (section 3.4: O), or no Ethernet frame.
        int length = BareLength + ((packet[0] & OptionsMask) * Word);
        refusal = CarrierReasons.Malformed;
        if (packet[0] > OptionsMask || (packet[1] & Control) != 0 || BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) != TransparentEthernet)
        {
            return false;
        }

        if (length > packet.Length)
        {
            refusal = CarrierReasons.Truncated;
            return false;
        }

        if (!TryReadOptions(packet[BareLength..length], option, out var tag, ref refusal))
        {
            return false;
        }

        header = new GeneveHeader(VxlanHeader.ReadVni(packet), tag, length);
        return true;
    }

    /// <summary>Writes a header, with the option if there is something to say in it.</summary>
    /// <param name="octets">Takes <see cref="TaggedLength"/> octets.</param>
    /// <param name="vni">The virtual network.</param>
    /// <param name="option">Class (the upper 16 bits) and type (the lower 8) of the partition's option.</param>
    /// <param name="tag">What the option says.</param>
    /// <returns>The header's length in octets.</returns>
    public static int Write(Span<byte> octets, int vni, int option, PartitionTag tag)
    {
        bool hasOption = tag.Value != 0;
        octets[0] = (byte)(hasOption ? (OptionHeaderLength + OptionDataLength) / Word : 0);
        octets[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(octets[2..], TransparentEthernet);
        BinaryPrimitives.WriteUInt32BigEndian(octets[4..], (uint)vni << 8);
        if (!hasOption)
        {
            return BareLength;
        }

        BinaryPrimitives.WriteUInt32BigEndian(octets[BareLength..], ((uint)option << 8) | (OptionDataLength / Word));
        octets[12] = 0;
        octets[13] = (byte)((tag.IsNotLearned ? NotLearned : 0) | (tag.IsApplied ? Applied : 0));
        BinaryPrimitives.WriteUInt16BigEndian(octets[14..], tag.Id);
        return TaggedLength;
    }

    private static bool TryReadOptions(ReadOnlySpan<byte> options, int wanted, out PartitionTag tag, ref VerdictReason refusal)
    {
        tag = default;
        bool isFound = false;
        while (!options.IsEmpty)
        {
            // All lengths are words, so an option's header is whole.
            uint head = BinaryPrimitives.ReadUInt32BigEndian(options);
            int length = OptionHeaderLength + ((int)(head & LengthMask) * Word);
            if (length > options.Length)
            {
                return false;
            }

            if (head >> 8 == (uint)wanted)
            {
                // Twice, or with other data than an id has: nobody can say what is meant.
                if (isFound || length != OptionHeaderLength + OptionDataLength)
                {
                    return false;
                }

                isFound = true;
                tag = new PartitionTag(BinaryPrimitives.ReadUInt16BigEndian(options[6..]), (options[5] & Applied) != 0, (options[5] & NotLearned) != 0);
            }
            else if ((options[2] & Critical) != 0)
            {
                refusal = CarrierReasons.CriticalOption;
                return false;
            }

            options = options[length..];
        }

        return true;
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MacSegmentation.Frames;

/// <summary>
/// What a stack of tags is, said once: which types are tags, which of them names the frame's VLAN, and what is behind that one
/// (IEEE 802.1Q-2022 clause 9).
/// </summary>
/// <remarks>
/// The first tag with a VLAN counts: those before it have a priority only and name none, and hosts and switches look behind them. What stands behind
/// the one that counts is another network's, carried in the frame's VLAN (QinQ).
/// </remarks>
[SuppressMessage("Performance", "CA1815", Justification = "Tags are read and forgotten; nobody compares two.")]
internal readonly struct TagStack
{
    /// <summary>Octets of a tag: its type and its control information.</summary>
    public const int TagLength = 4;

    /// <summary>Of the first tag, behind both addresses.</summary>
    public const int Offset = 12;

    /// <summary>No network has as many tags; a longer stack only costs time.</summary>
    public const int MaximumTags = 16;

    /// <summary>The VLAN's bits of the control information.</summary>
    public const int VlanMask = 0xFFF;

    /// <summary>A VLAN that no tag on a wire has (IEEE 802.1Q-2022 table 9-2).</summary>
    private const int ReservedVlan = 0xFFF;

    private const int OuterShift = 12;
    private const int OuterMask = 0xFF;
    private const int InnerBit = 1 << 20;
    private const int WholeBit = 1 << 21;

    // In one register: a header is read for every frame.
    private readonly int bits;

    private TagStack(int vlanId, int outer, bool hasInner) => bits = vlanId | (outer << OuterShift) | (hasInner ? InnerBit : 0) | WholeBit;

    /// <summary>The VLAN of the first tag that has one, 1 to 4094; 0 if all have a priority only.</summary>
    public int VlanId => bits & VlanMask;

    /// <summary>Tags up to the one that counts, that one included; all of them if none does.</summary>
    public int Outer => (bits >> OuterShift) & OuterMask;

    /// <summary>True if there are more behind it.</summary>
    public bool HasInner => (bits & InnerBit) != 0;

    /// <summary>False if the frame is malformed: it ends before the type behind its tags, has too many, or one of the reserved VLAN 4095.</summary>
    public bool IsWhole => bits != 0;

    /// <summary>True for the types of tags: 0x8100 and 0x88a8 of the standard, 0x9100 and 0x9200 of what was there before it.</summary>
    public static bool IsTag(int type) => type is EtherTypes.CustomerTag or EtherTypes.ServiceTag or EtherTypes.OldServiceTag or EtherTypes.OlderServiceTag;

    /// <summary>Reads the tags of a frame that has at least one.</summary>
    /// <param name="frame">The frame from its destination address on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TagStack Read(ReadOnlySpan<byte> frame)
    {
        // Nearly all have one, with a VLAN.
        if (frame.Length >= Offset + TagLength + sizeof(ushort))
        {
            uint controlAndType = BinaryPrimitives.ReadUInt32BigEndian(frame[(Offset + sizeof(ushort))..]);
            int vlan = (int)(controlAndType >> 16) & VlanMask;
            if (vlan is not (0 or ReservedVlan) && !IsTag((int)controlAndType & 0xFFFF))
            {
                return new TagStack(vlan, outer: 1, hasInner: false);
            }
        }

        return ReadAll(frame);
    }

    private static TagStack ReadAll(ReadOnlySpan<byte> frame)
    {
        int vlanId = 0;
        int outer = 0;
        int count = 0;
        for (int type = Offset; IsTag(BinaryPrimitives.ReadUInt16BigEndian(frame[type..])); count++)
        {
            int next = type + TagLength;
            if (count == MaximumTags || frame.Length < next + sizeof(ushort))
            {
                return default;
            }

            int vlan = BinaryPrimitives.ReadUInt16BigEndian(frame[(type + sizeof(ushort))..]) & VlanMask;
            if (vlan == ReservedVlan)
            {
                return default;
            }

            if (vlanId == 0)
            {
                vlanId = vlan;
                outer = count + 1;
            }

            type = next;
        }

        return new TagStack(vlanId, outer, hasInner: count > outer);
    }
}

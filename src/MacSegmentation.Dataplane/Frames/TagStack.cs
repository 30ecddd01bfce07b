using System.Buffers.Binary;

namespace MacSegmentation.Frames;

/// <summary>
/// What a stack of tags is, said once: which types are tags, which of them names the frame's VLAN, and what is behind that one
/// (IEEE 802.1Q-2022 clause 9).
/// </summary>
/// <remarks>
/// The first tag with a VLAN counts: those before it have a priority only and name none, and hosts and switches look behind them. What stands behind
/// the one that counts is another network's, carried in the frame's VLAN (QinQ).
/// </remarks>
internal static class TagStack
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

    /// <summary>True for the types of tags: 0x8100 and 0x88a8 of the standard, 0x9100 and 0x9200 of what was there before it.</summary>
    public static bool IsTag(int type) => type is EtherTypes.CustomerTag or EtherTypes.ServiceTag or EtherTypes.OldServiceTag or EtherTypes.OlderServiceTag;

    /// <summary>Reads the tags of a frame that has at least one.</summary>
    /// <param name="frame">The frame from its destination address on.</param>
    /// <param name="vlanId">The VLAN of the first tag that has one, 1 to 4094; 0 if all have a priority only.</param>
    /// <param name="outer">Tags up to the one that counts, that one included; all of them if none does.</param>
    /// <param name="hasInner">True if there are more behind it.</param>
    /// <returns>False if the frame is malformed: it ends before the type behind its tags, has too many, or one of the reserved VLAN 4095.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out int vlanId, out int outer, out bool hasInner)
    {
        vlanId = 0;
        outer = 0;
        int count = 0;
        for (int type = Offset; IsTag(BinaryPrimitives.ReadUInt16BigEndian(frame[type..])); count++)
        {
            int next = type + TagLength;
            if (count == MaximumTags || frame.Length < next + sizeof(ushort))
            {
                hasInner = false;
                return false;
            }

            int vlan = BinaryPrimitives.ReadUInt16BigEndian(frame[(type + sizeof(ushort))..]) & VlanMask;
            if (vlan == ReservedVlan)
            {
                hasInner = false;
                return false;
            }

            if (vlanId == 0)
            {
                vlanId = vlan;
                outer = count + 1;
            }

            type = next;
        }

        hasInner = count > outer;
        return true;
    }
}

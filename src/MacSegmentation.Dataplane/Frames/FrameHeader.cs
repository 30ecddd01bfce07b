using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MacSegmentation.Frames;

/// <summary>What decides over a frame: its addresses and its VLAN, read once and checked; nothing about it can fail afterwards.</summary>
/// <remarks>
/// The layout is IEEE 802.3-2022 clause 3.1.1 (destination, source, type) with the tags of IEEE 802.1Q-2022 clause 9: a tag is a type of
/// 0x8100, 0x88a8, 0x9100 or 0x9200 and two octets whose low 12 bits are the VLAN, and it is followed by the next type or tag.
/// </remarks>
[SuppressMessage("Performance", "CA1815", Justification = "A header is read and forgotten; nobody compares two.")]
public readonly struct FrameHeader
{
    /// <summary>Octets of a header without tags.</summary>
    public const int UntaggedLength = 14;

    private FrameHeader(ulong destination, ulong source, int vlanId, FrameTag tag, int outerTags, bool hasInnerTag)
    {
        Destination = destination;
        Source = source;
        VlanId = vlanId;
        Tag = tag;
        OuterTags = (byte)outerTags;
        HasInnerTag = hasInnerTag;
    }

    /// <summary>The destination address as a number, first octet on the wire most significant.</summary>
    public ulong Destination { get; }

    /// <summary>The source address as a number, first octet on the wire most significant.</summary>
    public ulong Source { get; }

    /// <summary>The VLAN of the first tag that has one, 1 to 4094, or the port's native VLAN if there is no tag or all have a priority only.</summary>
    public int VlanId { get; }

    /// <summary>What the frame's tags say.</summary>
    public FrameTag Tag { get; }

    /// <summary>Tags up to the one that names the VLAN, that one included; all of them if none does. They are what a port takes off or writes anew.</summary>
    internal byte OuterTags { get; }

    /// <summary>True if there are tags behind those: another network's, which nobody may uncover unless it carries QinQ.</summary>
    internal bool HasInnerTag { get; }

    /// <summary>Reads a frame's header.</summary>
    /// <param name="frame">The frame from its destination address on.</param>
    /// <param name="nativeVlanId">The VLAN of untagged and priority-tagged frames, 1 to 4094; 0 if they have none.</param>
    /// <param name="header">The header.</param>
    /// <returns>False if the frame is malformed: too short for its header, all its tags included, or with tags that nobody may send.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> frame, int nativeVlanId, out FrameHeader header)
    {
        if (frame.Length < UntaggedLength)
        {
            header = default;
            return false;
        }

        // Two loads bring all 14 octets: destination and the source's first two; source and type.
        ulong head = BinaryPrimitives.ReadUInt64BigEndian(frame);
        ulong tail = BinaryPrimitives.ReadUInt64BigEndian(frame[6..]);
        if (!TagStack.IsTag((int)tail & 0xFFFF))
        {
            header = new FrameHeader(head >> 16, tail >> 16, nativeVlanId, FrameTag.None, outerTags: 0, hasInnerTag: false);
            return true;
        }

        var tags = TagStack.Read(frame);
        bool isNative = tags.VlanId == 0;
        header = new FrameHeader(head >> 16, tail >> 16, isNative ? nativeVlanId : tags.VlanId, isNative ? FrameTag.Priority : FrameTag.Vlan, tags.Outer, tags.HasInner);
        return tags.IsWhole;
    }

    /// <summary>The same frame taken as it is into a VLAN: its tags are those of another network (QinQ).</summary>
    /// <param name="vlanId">The VLAN.</param>
    internal FrameHeader WithinVlan(int vlanId) => new(Destination, Source, vlanId, FrameTag.None, outerTags: 0, hasInnerTag: Tag != FrameTag.None);
}

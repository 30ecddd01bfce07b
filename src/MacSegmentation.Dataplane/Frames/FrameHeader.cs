using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MacSegmentation.Frames;

/// <summary>What decides over a frame: its addresses and its VLAN, read once and checked; nothing about it can fail afterwards.</summary>
/// <remarks>
/// The layout is IEEE 802.3-2022 clause 3.1.1 (destination, source, type) with the tags of IEEE 802.1Q-2022 clause 9: a tag is a type of
/// 0x8100 (customer) or 0x88a8 (service) and two octets whose low 12 bits are the VLAN, and it is followed by the next type or tag.
/// </remarks>
[SuppressMessage("Performance", "CA1815", Justification = "A header is read and forgotten; nobody compares two.")]
public readonly struct FrameHeader
{
    /// <summary>Octets of a header without tags.</summary>
    public const int UntaggedLength = 14;

    private const int TypeOffset = 12;
    private const int TagLength = 4;
    private const int CustomerTag = 0x8100;
    private const int ServiceTag = 0x88A8;
    private const int VlanMask = 0xFFF;

    private FrameHeader(ulong destination, ulong source, int vlanId, FrameTag tag)
    {
        Destination = destination;
        Source = source;
        VlanId = vlanId;
        Tag = tag;
    }

    /// <summary>The destination address as a number, first octet on the wire most significant.</summary>
    public ulong Destination { get; }

    /// <summary>The source address as a number, first octet on the wire most significant.</summary>
    public ulong Source { get; }

    /// <summary>The VLAN of the outermost tag, 1 to 4095, or the port's native VLAN if there is no tag or its VLAN is 0 (priority only).</summary>
    public int VlanId { get; }

    /// <summary>What the outermost tag says.</summary>
    public FrameTag Tag { get; }

    /// <summary>Reads a frame's header.</summary>
    /// <param name="frame">The frame from its destination address on.</param>
    /// <param name="nativeVlanId">The VLAN of untagged and priority-tagged frames, 1 to 4094; 0 if they have none.</param>
    /// <param name="header">The header.</param>
    /// <returns>False if the frame is too short for its header, all its tags included: it is malformed.</returns>
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
        int vlanId = nativeVlanId;
        var tag = FrameTag.None;
        bool complete = !IsTag((int)tail & 0xFFFF) || TryReadTags(frame, ref vlanId, out tag);
        header = new FrameHeader(head >> 16, tail >> 16, vlanId, tag);
        return complete;
    }

    private static bool IsTag(int type) => type is CustomerTag or ServiceTag;

    /// <summary>Takes the VLAN of the first tag and walks over all of them: a frame that ends before its type is malformed.</summary>
    private static bool TryReadTags(ReadOnlySpan<byte> frame, ref int vlanId, out FrameTag tag)
    {
        tag = FrameTag.Priority;
        int type = TypeOffset;
        do
        {
            type += TagLength;
            if (frame.Length < type + sizeof(ushort))
            {
                return false;
            }
        }
        while (IsTag(BinaryPrimitives.ReadUInt16BigEndian(frame[type..])));

        int tagged = BinaryPrimitives.ReadUInt16BigEndian(frame[(TypeOffset + sizeof(ushort))..]) & VlanMask;
        if (tagged != 0)
        {
            vlanId = tagged;
            tag = FrameTag.Vlan;
        }

        return true;
    }
}

using System.Buffers.Binary;
using System.Numerics;
using MacSegmentation.Frames;

namespace MacSegmentation.Vlans;

/// <summary>
/// Gives a frame the tag, or none, that it leaves a port with (IEEE 802.1Q-2022 sections 8.8.2 and 6.9.2). A copy that goes to several ports is
/// made once.
/// </summary>
internal sealed class EgressTagger
{
    private const int AddressesLength = TagStack.Offset;

    private byte[] tagged = new byte[16_384];
    private byte[] untagged = new byte[16_384];
    private int taggedLength;
    private int taggedType;
    private int untaggedLength;

    /// <summary>Begins with a frame: what was made of another is forgotten.</summary>
    public void Begin() => taggedLength = untaggedLength = 0;

    /// <summary>True if the tags of a frame are those that it is to leave with, as in nearly all cases.</summary>
    /// <param name="frame">The frame as it came.</param>
    /// <param name="header">Its header.</param>
    /// <param name="tagType">The type of the tag of its VLAN that it is to leave with; 0 for no tag.</param>
    public static bool LeavesAsItCame(ReadOnlySpan<byte> frame, in FrameHeader header, int tagType) =>
        tagType == 0 ? header.OuterTags == 0 : header is { Tag: FrameTag.Vlan, OuterTags: 1 } && TypeOf(frame) == tagType;

    /// <summary>The frame as it leaves; valid until the next one is shaped.</summary>
    /// <param name="frame">The frame as it came.</param>
    /// <param name="header">Its header.</param>
    /// <param name="tagType">The type of the tag of its VLAN that it is to leave with; 0 for no tag.</param>
    public Frame Shape(in Frame frame, in FrameHeader header, int tagType)
    {
        if (LeavesAsItCame(frame.Bytes, header, tagType))
        {
            return frame;
        }

        if (tagType == 0)
        {
            untaggedLength = untaggedLength > 0 ? untaggedLength : Untag(frame.Bytes, header);
            return new Frame(untagged.AsSpan(0, untaggedLength), untaggedLength, frame.Timestamp);
        }

        if (taggedLength == 0 || taggedType != tagType)
        {
            taggedLength = Tag(frame.Bytes, header, tagType);
            taggedType = tagType;
        }

        return new Frame(tagged.AsSpan(0, taggedLength), taggedLength, frame.Timestamp);
    }

    private static int TypeOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16BigEndian(frame[AddressesLength..]);

    /// <summary>A frame may be as long as an interface's MTU says, and longer; as a rule it fits.</summary>
    private static void MakeFit(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[BitOperations.RoundUpToPowerOf2((uint)length)];
        }
    }

    /// <summary>One tag takes the place of those up to the one that counts, and keeps its priority.</summary>
    private int Tag(ReadOnlySpan<byte> frame, in FrameHeader header, int tagType)
    {
        int behind = AddressesLength + (header.OuterTags * TagStack.TagLength);
        int length = frame.Length - behind + AddressesLength + TagStack.TagLength;
        MakeFit(ref tagged, length);
        int priority = header.OuterTags == 0 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(frame[(behind - sizeof(ushort))..]) & ~TagStack.VlanMask;
        frame[..AddressesLength].CopyTo(tagged);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(AddressesLength), (ushort)tagType);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(AddressesLength + sizeof(ushort)), (ushort)(priority | header.VlanId));
        frame[behind..].CopyTo(tagged.AsSpan(AddressesLength + TagStack.TagLength));
        return length;
    }

    private int Untag(ReadOnlySpan<byte> frame, in FrameHeader header)
    {
        int behind = AddressesLength + (header.OuterTags * TagStack.TagLength);
        int length = frame.Length - behind + AddressesLength;
        MakeFit(ref untagged, length);
        frame[..AddressesLength].CopyTo(untagged);
        frame[behind..].CopyTo(untagged.AsSpan(AddressesLength));
        return length;
    }
}

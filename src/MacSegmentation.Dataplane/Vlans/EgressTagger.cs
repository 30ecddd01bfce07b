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
    private const int AddressesLength = 12;
    private const int TagLength = 4;
    private const ushort CustomerTag = 0x8100;
    private const int VlanMask = 0xFFF;

    private byte[] tagged = new byte[16_384];
    private byte[] untagged = new byte[16_384];
    private int taggedLength;
    private int untaggedLength;

    /// <summary>Begins with a frame: what was made of another is forgotten.</summary>
    public void Begin() => taggedLength = untaggedLength = 0;

    /// <summary>The frame as it leaves; valid until the next frame begins.</summary>
    /// <param name="frame">The frame as it came.</param>
    /// <param name="header">Its header.</param>
    /// <param name="isTagged">True if it is to leave with a tag of its VLAN.</param>
    public Frame Shape(in Frame frame, in FrameHeader header, bool isTagged)
    {
        // As it came, in nearly all cases.
        if (isTagged ? header.Tag == FrameTag.Vlan : header.Tag == FrameTag.None)
        {
            return frame;
        }

        if (isTagged)
        {
            taggedLength = taggedLength > 0 ? taggedLength : Tag(frame.Bytes, header);
            return new Frame(tagged.AsSpan(0, taggedLength), taggedLength, frame.Timestamp);
        }

        untaggedLength = untaggedLength > 0 ? untaggedLength : Untag(frame.Bytes);
        return new Frame(untagged.AsSpan(0, untaggedLength), untaggedLength, frame.Timestamp);
    }

    /// <summary>A frame may be as long as an interface's MTU says, and longer; as a rule it fits.</summary>
    private static void MakeFit(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[BitOperations.RoundUpToPowerOf2((uint)length)];
        }
    }

    private int Tag(ReadOnlySpan<byte> frame, in FrameHeader header)
    {
        MakeFit(ref tagged, frame.Length + TagLength);
        if (header.Tag == FrameTag.Priority)
        {
            // The tag's priority stays, and its VLAN is filled in.
            frame.CopyTo(tagged);
            var control = tagged.AsSpan(AddressesLength + sizeof(ushort));
            int priority = BinaryPrimitives.ReadUInt16BigEndian(control) & ~VlanMask;
            BinaryPrimitives.WriteUInt16BigEndian(control, (ushort)(priority | header.VlanId));
            return frame.Length;
        }

        frame[..AddressesLength].CopyTo(tagged);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(AddressesLength), CustomerTag);
        BinaryPrimitives.WriteUInt16BigEndian(tagged.AsSpan(AddressesLength + sizeof(ushort)), (ushort)header.VlanId);
        frame[AddressesLength..].CopyTo(tagged.AsSpan(AddressesLength + TagLength));
        return frame.Length + TagLength;
    }

    private int Untag(ReadOnlySpan<byte> frame)
    {
        MakeFit(ref untagged, frame.Length);
        frame[..AddressesLength].CopyTo(untagged);
        frame[(AddressesLength + TagLength)..].CopyTo(untagged.AsSpan(AddressesLength));
        return frame.Length - TagLength;
    }
}

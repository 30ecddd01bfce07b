using System.Buffers.Binary;
using MacSegmentation.Addressing;

namespace MacSegmentation.Lab.Network;

/// <summary>Builds frames of an EtherType that no host answers.</summary>
public static class Packet
{
    /// <summary>IEEE 802 local experimental EtherType 1.</summary>
    private const ushort Experimental = 0x88b5;

    /// <summary>Builds a frame.</summary>
    /// <param name="length">Octets in all, tags included.</param>
    /// <param name="number">Goes into the payload's first octets.</param>
    /// <param name="source">Source address; host A's if null.</param>
    /// <param name="tags">Tags from the outermost on: protocol identifier and control information.</param>
    public static byte[] Build(int length, int number = 0, string? source = null, params (ushort Protocol, ushort Control)[] tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        byte[] frame = new byte[length];
        MacAddress.Parse(Segment.MacOfB).CopyTo(frame);
        MacAddress.Parse(source ?? Segment.MacOfA).CopyTo(frame.AsSpan(6));
        int at = 12;
        foreach (var (protocol, control) in tags)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at), protocol);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at + 2), control);
            at += 4;
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(at), Experimental);
        for (int i = at + 2; i < length; i++)
        {
            frame[i] = (byte)(i * 7);
        }

        if (length >= at + 6)
        {
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(at + 2), number);
        }

        return frame;
    }
}

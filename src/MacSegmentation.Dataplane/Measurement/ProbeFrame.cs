using System.Buffers.Binary;

namespace MacSegmentation.Measurement;

/// <summary>A frame that says which it is, of the EtherType for local experiments (IEEE 802-2014 section 9.2.4).</summary>
internal static class ProbeFrame
{
    /// <summary>Octets of the shortest.</summary>
    public const int MinLength = HeaderLength + 16;

    private const int HeaderLength = 14;
    private const int TagLength = 4;
    private const ushort ExperimentalEtherType = 0x88B5;
    private const ushort VlanTag = 0x8100;

    /// <summary>Makes one without a number: from one locally administered address to another.</summary>
    /// <param name="length">Its octets, at least <see cref="MinLength"/>.</param>
    public static byte[] Make(int length)
    {
        byte[] frame = new byte[length];
        (frame[0], frame[5], frame[6], frame[11]) = (0x02, 0x02, 0x02, 0x01);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), ExperimentalEtherType);
        return frame;
    }

    /// <summary>Writes its number, and the number again with all bits turned round.</summary>
    public static void Number(byte[] frame, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(HeaderLength), number);
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(HeaderLength + sizeof(long)), ~number);
    }

    /// <summary>Reads the number of a frame that may have got a tag on its way.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="number">Its number.</param>
    /// <returns>False if it did not come as it was sent.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out long number)
    {
        number = -1;
        if (frame.Length >= MinLength + TagLength && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == VlanTag)
        {
            frame = frame[TagLength..];
        }

        if (frame.Length < MinLength || BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != ExperimentalEtherType)
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt64BigEndian(frame[HeaderLength..]);
        return number == ~BinaryPrimitives.ReadInt64BigEndian(frame[(HeaderLength + sizeof(long))..]) && !frame[MinLength..].ContainsAnyExcept((byte)0);
    }
}

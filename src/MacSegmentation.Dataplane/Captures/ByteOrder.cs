using System.Buffers.Binary;

namespace MacSegmentation.Captures;

/// <summary>Reads and writes a capture's numbers in the byte order that it was written in.</summary>
internal readonly record struct ByteOrder(bool IsBigEndian)
{
    public ushort UInt16(ReadOnlySpan<byte> from) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(from) : BinaryPrimitives.ReadUInt16LittleEndian(from);

    public uint UInt32(ReadOnlySpan<byte> from) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(from) : BinaryPrimitives.ReadUInt32LittleEndian(from);

    public long Int64(ReadOnlySpan<byte> from) =>
        IsBigEndian ? BinaryPrimitives.ReadInt64BigEndian(from) : BinaryPrimitives.ReadInt64LittleEndian(from);

    public void Write(Span<byte> to, ushort value)
    {
        if (IsBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to, value);
        }
    }

    public void Write(Span<byte> to, uint value)
    {
        if (IsBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(to, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to, value);
        }
    }
}

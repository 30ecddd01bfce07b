using System.Runtime.InteropServices;
using System.Text;

namespace MacSegmentation.Attaching;

/// <summary>A message about a link that is being written for the kernel (rtnetlink(7)): a header, and attributes, some of which hold others.</summary>
internal sealed class LinkMessage
{
    private const int Alignment = 4;
    private const int AttributeHeader = 4;

    private readonly byte[] bytes = new byte[1024];
    private readonly Stack<int> open = [];
    private int length;

    /// <summary>Begins a message.</summary>
    /// <param name="type">What is to be done.</param>
    /// <param name="flags">How.</param>
    /// <param name="link">Which link.</param>
    public LinkMessage(ushort type, ushort flags, NativeRoute.LinkHeader link)
    {
        Append(new NativeRoute.MessageHeader { Type = type, Flags = flags });
        Append(link);
    }

    /// <summary>Adds a text, with a zero at its end.</summary>
    public LinkMessage Add(ushort attribute, string text) => Add(attribute, [.. Encoding.UTF8.GetBytes(text), 0]);

    /// <summary>Adds a number.</summary>
    public LinkMessage Add(ushort attribute, uint number) => Add(attribute, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(ref number)));

    /// <summary>Adds octets.</summary>
    public LinkMessage Add(ushort attribute, ReadOnlySpan<byte> value)
    {
        int place = length;
        Append((ushort)(AttributeHeader + value.Length));
        Append(attribute);
        value.CopyTo(bytes.AsSpan(length));
        length = place + Align(AttributeHeader + value.Length);
        return this;
    }

    /// <summary>Begins an attribute that holds others.</summary>
    public LinkMessage Begin(ushort attribute)
    {
        open.Push(length);
        Append((ushort)0);
        Append(attribute);
        return this;
    }

    /// <summary>Begins an attribute that holds a link.</summary>
    public LinkMessage Begin(ushort attribute, NativeRoute.LinkHeader link)
    {
        Begin(attribute);
        Append(link);
        return this;
    }

    /// <summary>Ends what was begun last.</summary>
    public LinkMessage End()
    {
        int place = open.Pop();
        MemoryMarshal.Write(bytes.AsSpan(place), (ushort)(length - place));
        return this;
    }

    /// <summary>The message.</summary>
    /// <param name="sequence">Its number, which the answer has too.</param>
    public ReadOnlySpan<byte> Finish(uint sequence)
    {
        var header = MemoryMarshal.Read<NativeRoute.MessageHeader>(bytes) with { Length = (uint)length, Sequence = sequence };
        MemoryMarshal.Write(bytes, header);
        return bytes.AsSpan(0, length);
    }

    /// <summary>Octets up to the next place where an attribute or a message may begin.</summary>
    public static int Align(int octets) => (octets + Alignment - 1) & ~(Alignment - 1);

    private void Append<T>(T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(bytes.AsSpan(length), value);
        length += Marshal.SizeOf<T>();
    }
}

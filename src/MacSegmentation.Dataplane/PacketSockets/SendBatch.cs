using System.Runtime.InteropServices;

namespace MacSegmentation.PacketSockets;

/// <summary>Frames that wait to be sent with one system call: their bytes one behind the other, and the headers that point to them.</summary>
internal sealed unsafe class SendBatch : IDisposable
{
    /// <summary>Most frames in a batch.</summary>
    internal const int Limit = 64;

    /// <summary>Most octets in a batch. The longest frame that any interface sends fits: an MTU has at most 65,535 octets and some.</summary>
    internal const int Capacity = 160 << 10;

    /// <summary>Frames begin on a cache line, so that copying them does not straddle two.</summary>
    private const int Alignment = 64;

    private readonly byte* bytes = (byte*)NativeMemory.AlignedAlloc(Capacity, Alignment);
    private readonly NativeSocket.Segment* segments;
    private int used;
    private bool disposed;

    /// <summary>Creates an empty batch.</summary>
    internal SendBatch()
    {
        segments = (NativeSocket.Segment*)NativeMemory.AllocZeroed(Limit, (nuint)sizeof(NativeSocket.Segment));
        Messages = (NativeSocket.BatchedMessage*)NativeMemory.AllocZeroed(Limit, (nuint)sizeof(NativeSocket.BatchedMessage));
        for (int i = 0; i < Limit; i++)
        {
            Messages[i].Segments = segments + i;
            Messages[i].SegmentCount = 1;
        }
    }

    /// <summary>Headers of the frames.</summary>
    internal NativeSocket.BatchedMessage* Messages { get; }

    /// <summary>Number of frames.</summary>
    internal int Count { get; private set; }

    /// <summary>Copies a frame, if there is room.</summary>
    internal bool TryAdd(ReadOnlySpan<byte> frame)
    {
        if (Count == Limit || frame.Length > Capacity - used)
        {
            return false;
        }

        frame.CopyTo(new Span<byte>(bytes + used, frame.Length));
        segments[Count] = new NativeSocket.Segment { Start = bytes + used, Length = (nuint)frame.Length };
        used = (used + frame.Length + Alignment - 1) & -Alignment;
        Count++;
        return true;
    }

    /// <summary>Forgets all frames.</summary>
    internal void Clear()
    {
        Count = 0;
        used = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            NativeMemory.AlignedFree(bytes);
            NativeMemory.Free(segments);
            NativeMemory.Free(Messages);
        }
    }
}

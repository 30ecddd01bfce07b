using System.Runtime.InteropServices;

namespace MacSegmentation.PacketSockets;

/// <summary>
/// The frames that wait to leave by an adapter, in their sequence: their bytes, and the headers that point to them. As long as the link takes all, it
/// begins at its start again with each batch, so that the memory in use is small and stays in the processor's cache.
/// </summary>
internal sealed unsafe class SendRing : IDisposable
{
    /// <summary>Frames that find room at most.</summary>
    internal const int MaxFrames = 128;

    /// <summary>Octets that find room at most. The longest frame that any adapter sends fits: an MTU has at most 65,535 octets and some.</summary>
    internal const int Capacity = 160 << 10;

    /// <summary>Frames begin on a cache line, so that copying them does not straddle two.</summary>
    private const int Alignment = 64;

    private readonly byte* bytes = (byte*)NativeMemory.AlignedAlloc(Capacity, Alignment);
    private readonly NativeSocket.Segment* segments;
    private readonly NativeSocket.BatchedMessage* messages;
    private int first;
    private int freeAt;
    private bool disposed;

    /// <summary>Creates an empty ring.</summary>
    internal SendRing()
    {
        segments = (NativeSocket.Segment*)NativeMemory.AllocZeroed(MaxFrames, (nuint)sizeof(NativeSocket.Segment));
        messages = (NativeSocket.BatchedMessage*)NativeMemory.AllocZeroed(MaxFrames, (nuint)sizeof(NativeSocket.BatchedMessage));
        for (int i = 0; i < MaxFrames; i++)
        {
            messages[i].Segments = segments + i;
            messages[i].SegmentCount = 1;
        }
    }

    /// <summary>Number of frames.</summary>
    internal int Count { get; private set; }

    /// <summary>Headers of the frames that have waited longest.</summary>
    internal NativeSocket.BatchedMessage* First => messages + first;

    /// <summary>How many headers stand behind <see cref="First"/> without a gap; the others follow once these are removed.</summary>
    internal int RunLength => Math.Min(Count, MaxFrames - first);

    /// <summary>Copies a frame, if there is room.</summary>
    internal bool TryAdd(ReadOnlySpan<byte> frame) => TryAdd([], frame) is not null;

    /// <summary>Copies a frame behind a header, if there is room.</summary>
    /// <param name="header">What is sent before the frame.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>The message that sends it, for whoever has to say where to; null if there is no room.</returns>
    internal NativeSocket.BatchedMessage* TryAdd(ReadOnlySpan<byte> header, ReadOnlySpan<byte> frame)
    {
        int length = header.Length + frame.Length;
        if (Count == MaxFrames || FindRoom(length) is not (>= 0 and int at))
        {
            return null;
        }

        header.CopyTo(new Span<byte>(bytes + at, header.Length));
        frame.CopyTo(new Span<byte>(bytes + at + header.Length, frame.Length));
        int slot = first + Count < MaxFrames ? first + Count : first + Count - MaxFrames;
        segments[slot] = new NativeSocket.Segment { Start = bytes + at, Length = (nuint)length };
        // Even a frame without octets takes a line: where the next begins behind where the first does, the ring is not full.
        freeAt = (at + Math.Max(length, 1) + Alignment - 1) & -Alignment;
        Count++;
        return messages + slot;
    }

    /// <summary>Takes out the frames that have waited longest.</summary>
    /// <param name="count">How many, at most <see cref="RunLength"/>.</param>
    internal void Remove(int count)
    {
        Count -= count;
        first = first + count < MaxFrames ? first + count : 0;
        if (Count == 0)
        {
            Clear();
        }
    }

    /// <summary>Forgets all frames.</summary>
    internal void Clear()
    {
        Count = 0;
        first = 0;
        freeAt = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            NativeMemory.AlignedFree(bytes);
            NativeMemory.Free(segments);
            NativeMemory.Free(messages);
        }
    }

    /// <summary>Where a frame fits in one piece: behind the last one, or before the first; −1 if it does not.</summary>
    private int FindRoom(int length)
    {
        if (Count == 0)
        {
            return length <= Capacity ? 0 : -1;
        }

        int firstAt = (int)(segments[first].Start - bytes);
        if (freeAt > firstAt)
        {
            return length <= Capacity - freeAt ? freeAt : length <= firstAt ? 0 : -1;
        }

        return length <= firstAt - freeAt ? freeAt : -1;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Queues;

/// <summary>
/// Memory for frames that wait, taken and given back by whoever has the switch's turn. The system's shared pool keeps a few buffers for each core only, and many ports that
/// delay have thousands each.
/// </summary>
internal sealed class FrameBuffers
{
    /// <summary>Octets that are kept for later at most: beyond that, what comes back is left to the garbage collector.</summary>
    private const long MaxKept = 256L << 20;

    private static readonly int[] Sizes = [256, 2048, 16_384, 65_536];

    private readonly Stack<byte[]>[] kept = [.. Sizes.Select(_ => new Stack<byte[]>())];
    private long octets;

    /// <summary>A buffer that has room for so many octets.</summary>
    public byte[] Rent(int length)
    {
        int size = SizeOf(length);
        if (size == Sizes.Length)
        {
            return new byte[length];
        }

        if (!kept[size].TryPop(out byte[]? buffer))
        {
            return new byte[Sizes[size]];
        }

        octets -= buffer.Length;
        return buffer;
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] buffer)
    {
        int size = SizeOf(buffer.Length);
        if (size < Sizes.Length && octets + buffer.Length <= MaxKept)
        {
            octets += buffer.Length;
            kept[size].Push(buffer);
        }
    }

    [SuppressMessage("Style", "IDE0046", Justification = "A loop of four steps reads easier than four conditions.")]
    private static int SizeOf(int length)
    {
        int size = 0;
        while (size < Sizes.Length && Sizes[size] < length)
        {
            size++;
        }

        return size;
    }
}

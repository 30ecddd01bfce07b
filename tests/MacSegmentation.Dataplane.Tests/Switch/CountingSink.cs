using System.Buffers.Binary;
using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Switch;

/// <summary>A port that counts what it is sent and looks at the numbers at the frames' ends: of one source they may only rise.</summary>
internal sealed class CountingSink(string name) : IFrameSink
{
    private readonly Dictionary<ulong, long> last = [];

    public string Name => name;

    public long Taken { get; private set; }

    public long Octets { get; private set; }

    /// <summary>Frames that came after a later one of the same station.</summary>
    public long OutOfSequence { get; private set; }

    public bool IsDisposed { get; private set; }

    public bool Send(in Frame frame)
    {
        ulong source = BinaryPrimitives.ReadUInt64BigEndian(frame.Bytes[4..]) & 0xFFFF_FFFF_FFFF;
        long number = BinaryPrimitives.ReadInt64BigEndian(frame.Bytes[^8..]);
        OutOfSequence += last.TryGetValue(source, out long before) && number <= before ? 1 : 0;
        last[source] = number;
        Taken++;
        Octets += frame.Bytes.Length;
        return true;
    }

    public int Flush() => 0;

    public void Dispose() => IsDisposed = true;
}

using MacSegmentation.Frames;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Lab.Network;

/// <summary>Sends frames from an interface of a namespace.</summary>
public sealed class Talker : IDisposable
{
    private readonly PacketSocketSink sink;

    /// <summary>Opens the interface.</summary>
    public Talker(NetworkNamespace host, string interfaceName)
    {
        ArgumentNullException.ThrowIfNull(host);
        sink = host.Run(() => new PacketSocketSink(interfaceName));
    }

    /// <summary>Sends frames, each of which must leave.</summary>
    public void Send(params byte[][] frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        foreach (byte[] frame in frames)
        {
            Assert.True(sink.Send(new Frame(frame, frame.Length, 0)));
        }

        Assert.Equal(0, sink.Flush());
    }

    /// <summary>Sends a frame many times.</summary>
    /// <returns>How many left.</returns>
    public long Flood(byte[] frame, long count)
    {
        ArgumentNullException.ThrowIfNull(frame);
        for (long i = 0; i < count; i++)
        {
            Assert.True(sink.Send(new Frame(frame, frame.Length, 0)));
        }

        return count - sink.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => sink.Dispose();
}

using System.Collections.Concurrent;
using MacSegmentation.Frames;
using MacSegmentation.LivePorts;
using MacSegmentation.Pcap;
using MacSegmentation.Ports;

namespace MacSegmentation.Lab.Network;

/// <summary>Collects what arrives at an interface, in order, on a thread of its own.</summary>
public sealed class Listener : IFrameHandler, IDisposable
{
    private readonly LivePort port;
    private readonly Thread thread;
    private readonly ConcurrentQueue<(byte[] Bytes, int Length, long Timestamp)> heard = new();
    private volatile bool stopped;

    /// <summary>Listens at an interface of a namespace.</summary>
    public Listener(NetworkNamespace host, string interfaceName)
    {
        ArgumentNullException.ThrowIfNull(host);
        port = host.Run(() => LivePort.Open(interfaceName));
        thread = new Thread(Read);
        thread.Start();
    }

    /// <summary>What was heard so far.</summary>
    public IReadOnlyCollection<(byte[] Bytes, int Length, long Timestamp)> Heard => heard;

    /// <inheritdoc/>
    public void Handle(in Frame frame) => heard.Enqueue((frame.Bytes.ToArray(), frame.OriginalLength, frame.Timestamp));

    /// <inheritdoc/>
    public void Dispose()
    {
        stopped = true;
        port.Source.Interrupt();
        thread.Join();
        port.Dispose();
    }

    private void Read()
    {
        while (!stopped)
        {
            port.Source.Receive(this);
        }
    }
}

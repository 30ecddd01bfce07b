using MacSegmentation.Frames;
using MacSegmentation.Ports;

namespace MacSegmentation.Pcap;

/// <summary>
/// Sends through the handle that a source reads. On Windows it has to be that one: Npcap leaves out of a handle's frames only those
/// that the same handle sent.
/// </summary>
/// <param name="source">The source; it owns the handle.</param>
internal sealed unsafe class PcapFrameSink(PcapFrameSource source) : IFrameSink
{
    private readonly PcapSendQueue? queue = PcapSendQueue.IsAvailable ? new PcapSendQueue() : null;
    private int failed;

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public bool Send(in Frame frame)
    {
        if (queue is null)
        {
            return TrySendNow(frame.Bytes);
        }

        if (queue.TryAdd(frame.Bytes))
        {
            return true;
        }

        failed += queue.Transmit(source.Handle);
        return queue.TryAdd(frame.Bytes);
    }

    /// <inheritdoc/>
    public int Flush()
    {
        int unsent = failed + (queue?.Transmit(source.Handle) ?? 0);
        failed = 0;
        return unsent;
    }

    /// <inheritdoc/>
    public void Dispose() => queue?.Dispose();

    private bool TrySendNow(ReadOnlySpan<byte> frame)
    {
        if (source.Handle is not { } handle)
        {
            return false;
        }

        fixed (byte* bytes = frame)
        {
            return NativePcap.pcap_sendpacket(handle, bytes, frame.Length) == 0;
        }
    }
}

namespace MacSegmentation.Pcap;

/// <summary>Npcap's send queue: frames that cross into the driver with few calls.</summary>
internal sealed unsafe class PcapSendQueue : IDisposable
{
    private const uint Capacity = 256 << 10;

    private NativePcap.SendQueue* queue = NativePcap.pcap_sendqueue_alloc(Capacity);
    private int count;

    /// <summary>True if the library has send queues.</summary>
    internal static bool IsAvailable => PcapLibrary.Implementation == PcapImplementation.Npcap;

    /// <summary>Copies a frame, if there is room.</summary>
    internal bool TryAdd(ReadOnlySpan<byte> frame)
    {
        var header = new NativePcap.WindowsFrameHeader { CapturedLength = (uint)frame.Length, Length = (uint)frame.Length };
        fixed (byte* bytes = frame)
        {
            bool taken = NativePcap.pcap_sendqueue_queue(queue, &header, bytes) == 0;
            count += taken ? 1 : 0;
            return taken;
        }
    }

    /// <summary>Sends the frames and empties the queue.</summary>
    /// <returns>Number of frames that were not sent.</returns>
    internal int Transmit(PcapHandle? handle)
    {
        int failed = handle is null ? count : 0;
        var rest = new NativePcap.SendQueue { Capacity = queue->Length, Length = queue->Length, Buffer = queue->Buffer };
        while (handle is not null && rest.Length > 0)
        {
            uint sent = NativePcap.pcap_sendqueue_transmit(handle, &rest, 0);
            if (sent >= rest.Length)
            {
                break;
            }

            // The library stops at the frame that fails: step over it and go on with the next.
            failed++;
            var refused = (NativePcap.WindowsFrameHeader*)(rest.Buffer + sent);
            uint done = Math.Min(rest.Length, sent + (uint)sizeof(NativePcap.WindowsFrameHeader) + refused->CapturedLength);
            rest.Buffer += done;
            rest.Length -= done;
            rest.Capacity = rest.Length;
        }

        queue->Length = 0;
        count = 0;
        return failed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (queue is not null)
        {
            NativePcap.pcap_sendqueue_destroy(queue);
            queue = null;
        }
    }
}

namespace MacSegmentation.PacketSockets;

/// <summary>Wakes who waits in poll(2); once rung, no wait lasts any more. On Linux (eventfd).</summary>
internal sealed unsafe class Bell : IDisposable
{
    private readonly SocketHandle bell = new(NativeSocket.CreateEvent(0, NativeSocket.CloseOnExec));

    /// <summary>What is readable once it was rung.</summary>
    internal int Descriptor => bell.Descriptor;

    /// <summary>Ends the wait under way and all later ones, from any thread.</summary>
    internal void Ring()
    {
        // The count is never read, so the descriptor stays readable.
        ulong once = 1;
        _ = NativeSocket.Write(bell, &once, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose() => bell.Dispose();
}

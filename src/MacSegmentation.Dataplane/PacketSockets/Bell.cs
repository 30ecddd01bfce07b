namespace MacSegmentation.PacketSockets;

/// <summary>Wakes who waits in poll(2); once rung, no wait lasts any more, until it is quietened. On Linux (eventfd).</summary>
internal sealed unsafe class Bell : IDisposable
{
    private readonly SocketHandle bell = new(NativeSocket.CreateEvent(0, NativeSocket.CloseOnExec | NativeSocket.DoNotBlock));

    /// <summary>What is readable once it was rung.</summary>
    internal int Descriptor => bell.Descriptor;

    /// <summary>Ends the wait under way and all later ones, from any thread.</summary>
    internal void Ring()
    {
        // Until the count is read, the descriptor stays readable.
        ulong once = 1;
        _ = NativeSocket.Write(bell, &once, sizeof(ulong));
    }

    /// <summary>Has later waits last again. By the one thread that waits.</summary>
    internal void Quieten()
    {
        ulong count;
        _ = NativeSocket.Read(bell, &count, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose() => bell.Dispose();
}

namespace MacSegmentation.PacketSockets;

/// <summary>Waits until a socket has something to read or somebody rings; once rung, no wait lasts any more. On Linux.</summary>
internal sealed unsafe class ArrivalWait : IDisposable
{
    private readonly Bell bell = new();

    /// <summary>Ends the wait under way and all later ones, from any thread.</summary>
    internal void Ring() => bell.Ring();

    /// <summary>Waits, for a bounded time. Returns early also for an error of the socket, which its reader then meets.</summary>
    internal void Wait(int socket, int milliseconds)
    {
        var requests = stackalloc NativeSocket.PollRequest[2];
        requests[0] = new() { Descriptor = socket, Wanted = NativeSocket.PollIn };
        requests[1] = new() { Descriptor = bell.Descriptor, Wanted = NativeSocket.PollIn };
        _ = NativeSocket.Poll(requests, 2, milliseconds);
    }

    /// <inheritdoc/>
    public void Dispose() => bell.Dispose();
}

using System.Runtime.InteropServices;

namespace MacSegmentation.PacketSockets;

/// <summary>What waits to be sent by a socket, many messages with one system call. It never waits for the link, which delays its own messages only.</summary>
internal sealed unsafe class SendBatch : IDisposable
{
    /// <summary>The <see cref="NativeSocket.BatchedMessage.Note"/> of a message that is one of several copies: its failure is not the frame's.</summary>
    internal const int IsCopy = 1;

    /// <summary>How long frames wait for a link that takes none, in milliseconds, before they count as not sent.</summary>
    private const int MaxWaitMilliseconds = 100;

    private int failed;
    private long waitsSince;

    /// <summary>The messages.</summary>
    internal SendRing Ring { get; } = new();

    /// <summary>True if the socket's own queue is full, which says when it has room.</summary>
    internal bool IsBlocked { get; private set; }

    /// <summary>Messages that were one of several copies and could not be sent, so far.</summary>
    internal long FailedCopies { get; private set; }

    /// <summary>True once a message was longer than the adapter or the path takes, until somebody has seen to it.</summary>
    internal bool WasTooLong { get; set; }

    /// <summary>Sends what the link takes now; the rest stays where it is, for a while.</summary>
    /// <param name="socket">The socket.</param>
    /// <returns>False if the adapter is down or gone: nothing is left.</returns>
    internal bool Send(int socket)
    {
        IsBlocked = false;
        while (Ring.Count > 0)
        {
            int sent = NativeSocket.SendMessages(socket, Ring.First, (uint)Ring.RunLength, NativeSocket.DoNotWait);
            if (sent > 0)
            {
                Ring.Remove(sent);
                waitsSince = 0;
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case NativeSocket.ErrorInterrupted:
                    break;
                case NativeSocket.ErrorAgain:
                    // The socket's own queue is full, and says when it has room.
                    IsBlocked = true;
                    GiveUpLate();
                    return true;
                case NativeSocket.ErrorNoBuffers:
                    // The adapter's queue is full, and says nothing: it is asked again soon.
                    GiveUpLate();
                    return true;
                case NativeSocket.ErrorNetworkDown or NativeSocket.ErrorNoDevice or NativeSocket.ErrorNoDeviceOrAddress:
                    GiveUp();
                    return false;
                case var error:
                    // The frame's own fault: longer than the adapter or the path takes (EMSGSIZE), or too short (EINVAL); or no way leads to where it is to go.
                    WasTooLong |= error == NativeSocket.ErrorTooLong;
                    NoteFailed();
                    break;
            }
        }

        return true;
    }

    /// <summary>Frames that could not be sent after all, since the last time.</summary>
    internal int TakeFailed()
    {
        int taken = failed;
        failed = 0;
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => Ring.Dispose();

    /// <summary>Frames that have waited long are late for whoever sent them: they have been sent again, or are not wanted any more.</summary>
    private void GiveUpLate()
    {
        long now = Environment.TickCount64;
        waitsSince = waitsSince == 0 ? now : waitsSince;
        if (now - waitsSince >= MaxWaitMilliseconds)
        {
            GiveUp();
        }
    }

    private void GiveUp()
    {
        while (Ring.Count > 0)
        {
            NoteFailed();
        }

        waitsSince = 0;
        IsBlocked = false;
    }

    private void NoteFailed()
    {
        bool isCopy = Ring.First->Note == IsCopy;
        FailedCopies += isCopy ? 1 : 0;
        failed += isCopy ? 0 : 1;
        Ring.Remove(1);
    }
}

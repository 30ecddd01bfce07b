using System.Runtime.InteropServices;
using MacSegmentation.Frames;
using MacSegmentation.Adapters;
using MacSegmentation.Ports;

namespace MacSegmentation.PacketSockets;

/// <summary>Sends frames on a Linux adapter, many with one system call, through a packet socket of its own; what the link does not take waits in its ring.</summary>
/// <remarks>
/// sendmmsg, and not a transmit ring (PACKET_TX_RING), nor past the queueing discipline (PACKET_QDISC_BYPASS): over veth all four
/// combinations send the same number of frames, because the time goes into the other end's receiving, which runs inside the sender's
/// call. What is left is the simplest. It never waits: a link that takes no more delays the frames for itself only, and those that find no room are not taken.
/// </remarks>
internal sealed unsafe class PacketSocketSink : IPolledSink
{
    private const int RebindEveryMilliseconds = 100;

    /// <summary>Octets on their way that the kernel may hold for this socket.</summary>
    private const int QueueSize = 4 << 20;

    private readonly SendBatch batch = new();
    private readonly AdapterLock? taken;
    private readonly SocketHandle socket;
    private bool isLost;
    private long nextRebind;

    /// <summary>Opens the sending side of an adapter, which may be down.</summary>
    /// <param name="name">Name of the adapter.</param>
    /// <param name="taken">The adapter as an enforcer's: nothing is sent on one that has become another's; it stays the caller's.</param>
    internal PacketSocketSink(string name, AdapterLock? taken = null)
    {
        Name = name;
        this.taken = taken;

        // Protocol 0: the socket receives nothing, so the kernel need not hand it a copy of every frame.
        socket = new SocketHandle(NativeSocket.Create(NativeSocket.FamilyPacket, NativeSocket.TypeRaw | NativeSocket.CloseOnExec, 0));
        int error = Marshal.GetLastPInvokeError();
        try
        {
            if (socket.IsInvalid)
            {
                string reason = Marshal.GetPInvokeErrorMessage(error);
                throw error is NativeSocket.ErrorNotPermitted or NativeSocket.ErrorAccess
                    ? AdapterErrors.NotPermitted(name, reason)
                    : AdapterErrors.Failed(name, reason);
            }

            int size = QueueSize;
            if (NativeSocket.SetOption(socket.Descriptor, NativeSocket.LevelSocket, NativeSocket.SendBufferForce, &size, sizeof(int)) < 0)
            {
                // Without CAP_NET_ADMIN the system's limit holds; a smaller queue only makes the sender wait more often.
                _ = NativeSocket.SetOption(socket.Descriptor, NativeSocket.LevelSocket, NativeSocket.SendBuffer, &size, sizeof(int));
            }

            isLost = !TryBind();
        }
        catch
        {
            socket.Dispose();
            batch.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HasBacklog => batch.Ring.Count > 0;

    /// <inheritdoc/>
    public int BlockedDescriptor => batch.IsBlocked ? socket.Descriptor : -1;

    /// <inheritdoc/>
    public bool Send(in Frame frame)
    {
        if (batch.Ring.TryAdd(frame.Bytes))
        {
            return true;
        }

        SendWaiting();
        return batch.Ring.TryAdd(frame.Bytes);
    }

    /// <inheritdoc/>
    public int Flush()
    {
        if (batch.Ring.Count > 0)
        {
            SendWaiting();
        }

        return batch.TakeFailed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        batch.Dispose();
    }

    /// <summary>Sends what the link takes now; the rest stays where it is, for a while.</summary>
    private void SendWaiting()
    {
        ObjectDisposedException.ThrowIf(socket.IsClosed, this);
        if (isLost)
        {
            Rebind();
        }

        isLost |= !batch.Send(socket.Descriptor);
    }

    /// <summary>An adapter that was made anew under its name has a new number.</summary>
    private void Rebind()
    {
        long now = Environment.TickCount64;
        if (now >= nextRebind)
        {
            nextRebind = now + RebindEveryMilliseconds;
            isLost = !TryBind();
        }
    }

    private bool TryBind()
    {
        var linux = new LinuxAdapter(socket.Descriptor, Name);
        int index = linux.Index;
        var address = new NativeSocket.LinkLayerAddress { Family = NativeSocket.FamilyPacket, Index = index };
        return index != 0 && taken?.TryFollow(index) != false && NativeSocket.Bind(socket, &address, sizeof(NativeSocket.LinkLayerAddress)) >= 0 && linux.IsUp;
    }
}

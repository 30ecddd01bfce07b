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
    /// <summary>How long frames wait for a link that takes none, in milliseconds, before they count as not sent.</summary>
    private const int MaxWaitMilliseconds = 100;

    private const int RebindEveryMilliseconds = 100;

    /// <summary>Octets on their way that the kernel may hold for this socket.</summary>
    private const int QueueSize = 4 << 20;

    private readonly SendRing ring = new();
    private readonly AdapterLock? taken;
    private readonly SocketHandle socket;
    private int failed;
    private bool isLost;
    private bool isBlocked;
    private long waitsSince;
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
            ring.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HasBacklog => ring.Count > 0;

    /// <inheritdoc/>
    public int BlockedDescriptor => isBlocked ? socket.Descriptor : -1;

    /// <inheritdoc/>
    public bool Send(in Frame frame)
    {
        if (ring.TryAdd(frame.Bytes))
        {
            return true;
        }

        SendWaiting();
        return ring.TryAdd(frame.Bytes);
    }

    /// <inheritdoc/>
    public int Flush()
    {
        if (ring.Count > 0)
        {
            SendWaiting();
        }

        int unsent = failed;
        failed = 0;
        return unsent;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        ring.Dispose();
    }

    /// <summary>Sends what the link takes now; the rest stays where it is, for a while.</summary>
    private void SendWaiting()
    {
        ObjectDisposedException.ThrowIf(socket.IsClosed, this);
        if (isLost)
        {
            Rebind();
        }

        isBlocked = false;
        while (ring.Count > 0)
        {
            int sent = NativeSocket.SendMessages(socket.Descriptor, ring.First, (uint)ring.RunLength, NativeSocket.DoNotWait);
            if (sent > 0)
            {
                ring.Remove(sent);
                waitsSince = 0;
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case NativeSocket.ErrorInterrupted:
                    break;
                case NativeSocket.ErrorAgain:
                    // The socket's own queue is full, and says when it has room.
                    isBlocked = true;
                    GiveUpLate();
                    return;
                case NativeSocket.ErrorNoBuffers:
                    // The adapter's queue is full, and says nothing: it is asked again soon.
                    GiveUpLate();
                    return;
                case NativeSocket.ErrorNetworkDown or NativeSocket.ErrorNoDevice or NativeSocket.ErrorNoDeviceOrAddress:
                    isLost = true;
                    GiveUp();
                    return;
                default:
                    // The frame's own fault: longer than the adapter sends (EMSGSIZE), or too short (EINVAL).
                    failed++;
                    ring.Remove(1);
                    break;
            }
        }
    }

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
        failed += ring.Count;
        ring.Clear();
        waitsSince = 0;
        isBlocked = false;
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

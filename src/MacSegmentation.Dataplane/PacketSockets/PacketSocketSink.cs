using System.Runtime.InteropServices;
using MacSegmentation.Frames;
using MacSegmentation.Interfaces;
using MacSegmentation.Pcap;
using MacSegmentation.Ports;

namespace MacSegmentation.PacketSockets;

/// <summary>Sends frames on a Linux interface, many with one system call, through a packet socket of its own.</summary>
/// <remarks>
/// sendmmsg, and not a transmit ring (PACKET_TX_RING), nor past the queueing discipline (PACKET_QDISC_BYPASS): over veth all four
/// combinations send the same number of frames, because the time goes into the other end's receiving, which runs inside the sender's
/// call. What is left is the simplest, and it waits for room in the queue of a real interface instead of losing frames.
/// </remarks>
internal sealed unsafe class PacketSocketSink : IFrameSink
{
    /// <summary>How long a batch may wait for room in the interface's queue, in milliseconds, before the rest of it counts as not sent.</summary>
    private const int RoomMilliseconds = 10;

    private const int RebindEveryMilliseconds = 100;

    /// <summary>Octets on their way that the kernel may hold for this socket.</summary>
    private const int QueueSize = 4 << 20;

    private readonly SendBatch batch = new();
    private readonly SocketHandle socket;
    private int failed;
    private bool isLost;
    private long nextRebind;

    /// <summary>Opens the sending side of an interface, which may be down.</summary>
    internal PacketSocketSink(string name)
    {
        Name = name;

        // Protocol 0: the socket receives nothing, so the kernel need not hand it a copy of every frame.
        socket = new SocketHandle(NativeSocket.Create(NativeSocket.FamilyPacket, NativeSocket.TypeRaw | NativeSocket.CloseOnExec, 0));
        int error = Marshal.GetLastPInvokeError();
        try
        {
            if (socket.IsInvalid)
            {
                string reason = Marshal.GetPInvokeErrorMessage(error);
                throw error is NativeSocket.ErrorNotPermitted or NativeSocket.ErrorAccess
                    ? PcapErrors.NotPermitted(name, reason)
                    : PcapErrors.Failed(name, reason);
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
    public bool Send(in Frame frame)
    {
        if (batch.TryAdd(frame.Bytes))
        {
            return true;
        }

        SendBatched();
        return batch.TryAdd(frame.Bytes);
    }

    /// <inheritdoc/>
    public int Flush()
    {
        if (batch.Count > 0)
        {
            SendBatched();
        }

        int unsent = failed;
        failed = 0;
        return unsent;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        batch.Dispose();
    }

    private void SendBatched()
    {
        ObjectDisposedException.ThrowIf(socket.IsClosed, this);
        if (isLost)
        {
            Rebind();
        }

        int next = 0;
        long deadline = 0;
        while (next < batch.Count)
        {
            int sent = NativeSocket.SendMessages(
                socket.Descriptor, batch.Messages + next, (uint)(batch.Count - next), NativeSocket.DoNotWait);
            if (sent > 0)
            {
                next += sent;
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case NativeSocket.ErrorInterrupted:
                    break;
                case NativeSocket.ErrorAgain or NativeSocket.ErrorNoBuffers:
                    long now = Environment.TickCount64;
                    deadline = deadline == 0 ? now + RoomMilliseconds : deadline;
                    if (now >= deadline)
                    {
                        failed += batch.Count - next;
                        next = batch.Count;
                        break;
                    }

                    WaitForRoom();
                    break;
                case NativeSocket.ErrorNetworkDown or NativeSocket.ErrorNoDevice or NativeSocket.ErrorNoDeviceOrAddress:
                    isLost = true;
                    failed += batch.Count - next;
                    next = batch.Count;
                    break;
                default:
                    // The frame's own fault: longer than the interface sends (EMSGSIZE), or too short (EINVAL).
                    failed++;
                    next++;
                    break;
            }
        }

        batch.Clear();
    }

    /// <summary>The socket's own queue says when it has room; a full queue of the interface (ENOBUFS) says nothing and is asked again soon.</summary>
    private void WaitForRoom()
    {
        var request = new NativeSocket.PollRequest { Descriptor = socket.Descriptor, Wanted = NativeSocket.PollOut };
        if (NativeSocket.Poll(&request, 1, 1) > 0)
        {
            Thread.Yield();
        }
    }

    /// <summary>An interface that was made anew under its name has a new number.</summary>
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
        var linux = new LinuxInterface(socket.Descriptor, Name);
        int index = linux.Index;
        var address = new NativeSocket.LinkLayerAddress { Family = NativeSocket.FamilyPacket, Index = index };
        return index != 0 && NativeSocket.Bind(socket, &address, sizeof(NativeSocket.LinkLayerAddress)) >= 0 && linux.IsUp;
    }
}

using System.Runtime.InteropServices;
using MacSegmentation.Carriers;
using MacSegmentation.Frames;
using MacSegmentation.PacketSockets;
using MacSegmentation.Ports;

namespace MacSegmentation.Tunnels;

/// <summary>The sending side of a tunnel port: each frame in a datagram to the remote that it is for, or in one to each.</summary>
/// <remarks>
/// How long a packet may be is the adapter's MTU, and that of the narrowest path to a remote that the system has learned of (RFC 1191, RFC 8201): it refuses a longer one, and is asked then, and again while
/// a path is narrower than the adapter, because it forgets in time.
/// </remarks>
internal sealed unsafe class TunnelSink : IPolledSink, ITunnelSink
{
    private const int AskEveryMilliseconds = 100;

    private readonly UnderlaySocket underlay;
    private readonly TunnelSettings tunnel;
    private readonly SendBatch batch = new();
    private readonly byte* addresses;
    private int pathMtu = int.MaxValue;
    private long nextAsking;
    private bool isDisposed;

    /// <summary>Makes the sink of a tunnel.</summary>
    /// <param name="name">The port's name.</param>
    /// <param name="underlay">The socket, for whose use it is counted.</param>
    /// <param name="tunnel">The tunnel.</param>
    public TunnelSink(string name, UnderlaySocket underlay, TunnelSettings tunnel)
    {
        Name = name;
        this.underlay = underlay.Use();
        this.tunnel = tunnel;
        addresses = (byte*)NativeMemory.Alloc((nuint)(tunnel.Remotes.Count * underlay.AddressLength));
        for (int i = 0; i < tunnel.Remotes.Count; i++)
        {
            UnderlayAddress.ToSocketAddress(tunnel.Remotes[i], tunnel.UdpPort, underlay.Index)
                .CopyTo(new Span<byte>(addresses + (i * underlay.AddressLength), underlay.AddressLength));
        }
    }

    public string Name { get; }

    public bool HasBacklog => batch.Ring.Count > 0;

    public int BlockedDescriptor => batch.IsBlocked ? underlay.Descriptor : -1;

    public int MaxFrameLength => Math.Min(underlay.Mtu, pathMtu) - tunnel.Overhead;

    public long CopiesNotSent { get; private set; }

    public bool Send(in Frame frame)
    {
        Span<byte> header = stackalloc byte[GeneveHeader.TaggedLength];
        header = header[..WriteHeader(header, tunnel.CarriesPartition ? PartitionTag.Of(frame.CarrierTag) : default)];
        int endpoint = frame.Endpoint;
        if (endpoint > 0 && endpoint <= tunnel.Remotes.Count)
        {
            return TryAdd(header, frame.Bytes, endpoint - 1, note: 0);
        }

        // Nobody knows behind which remote the destination is, or it is for all: each gets a copy, and those that find no room are missed by one remote only.
        int taken = 0;
        int note = tunnel.Remotes.Count > 1 ? SendBatch.IsCopy : 0;
        for (int i = 0; i < tunnel.Remotes.Count; i++)
        {
            taken += TryAdd(header, frame.Bytes, i, note) ? 1 : 0;
        }

        CopiesNotSent += taken > 0 ? tunnel.Remotes.Count - taken : 0;
        return taken > 0;
    }

    public int Flush()
    {
        if (batch.Ring.Count > 0)
        {
            SendWaiting();
        }

        return batch.TakeFailed();
    }

    public void Dispose()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            underlay.Dispose();
            batch.Dispose();
            NativeMemory.Free(addresses);
        }
    }

    private int WriteHeader(Span<byte> header, PartitionTag tag)
    {
        if (tunnel.Kind == TunnelKind.Geneve)
        {
            return GeneveHeader.Write(header, tunnel.Vni, tunnel.Option, tag);
        }

        new VxlanHeader(tunnel.Vni, tag).Write(header);
        return VxlanHeader.Length;
    }

    private bool TryAdd(ReadOnlySpan<byte> header, ReadOnlySpan<byte> frame, int remote, int note)
    {
        var message = batch.Ring.TryAdd(header, frame);
        if (message is null)
        {
            SendWaiting();
            message = batch.Ring.TryAdd(header, frame);
            if (message is null)
            {
                return false;
            }
        }

        message->Address = (nint)(addresses + (remote * underlay.AddressLength));
        message->AddressLength = (uint)underlay.AddressLength;
        message->Note = note;
        return true;
    }

    private void SendWaiting()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        long before = batch.FailedCopies;
        _ = batch.Send(underlay.Descriptor);
        CopiesNotSent += batch.FailedCopies - before;
        if (batch.WasTooLong || pathMtu != int.MaxValue)
        {
            AskPaths();
        }
    }

    private void AskPaths()
    {
        long now = Environment.TickCount64;
        if (now < nextAsking)
        {
            return;
        }

        nextAsking = now + AskEveryMilliseconds;
        batch.WasTooLong = false;
        int narrowest = int.MaxValue;
        for (int i = 0; i < tunnel.Remotes.Count; i++)
        {
            narrowest = Math.Min(narrowest, underlay.AskPath(addresses + (i * underlay.AddressLength)));
        }

        pathMtu = narrowest < underlay.Mtu ? narrowest : int.MaxValue;
    }
}

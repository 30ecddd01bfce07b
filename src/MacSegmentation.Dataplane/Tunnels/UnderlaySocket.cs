using System.Net;
using System.Runtime.InteropServices;
using MacSegmentation.Adapters;
using MacSegmentation.Carriers;
using MacSegmentation.Counting;
using MacSegmentation.Frames;
using MacSegmentation.PacketSockets;

namespace MacSegmentation.Tunnels;

/// <summary>The UDP socket on an adapter's address that the tunnels of one kind on that adapter share, and the datagrams that it brought. On Linux.</summary>
/// <remarks>
/// A batch of datagrams is read by whoever of the tunnels looks first, and each takes its own out of it, where they lie; what nobody takes is refused at once. The next batch is read when all have taken theirs, so
/// no lock is held while frames are judged and sent. DF is set on all that
/// is sent, and nothing is fragmented (RFC 7348 section 4.3). Over IPv6, datagrams without a checksum are taken in (RFC 6935), as other endpoints send them.
/// </remarks>
internal sealed unsafe class UnderlaySocket : IDisposable
{
    /// <summary>Datagrams in a batch.</summary>
    private const int BatchSize = 64;

    /// <summary>A datagram has 65,535 octets at most. Places are not a power of two apart, or all would be cached in the same few lines.</summary>
    private const int PlaceSize = (64 << 10) + 2112;

    /// <summary>Octets on their way, in and out, that the kernel may hold.</summary>
    private const int QueueSize = 4 << 20;

    private const int LookEveryMilliseconds = 100;
    private const int Nobody = -1;

    private readonly Lock gate = new();
    private readonly List<TunnelSource> sources = [];
    private readonly SocketHandle socket;
    private readonly LinuxAdapter adapter;
    private readonly byte* octets;
    private readonly byte* addresses;
    private readonly NativeSocket.Segment* segments;
    private readonly NativeSocket.BatchedMessage* messages;
    private readonly Datagram[] batch = new Datagram[BatchSize];
    private ArrivalWait? arrivals = new();
    private int count;
    private int left;
    private int users;
    private long timestamp;
    private long nextLook;
    private bool isUp;
    private int mtu;

    /// <summary>Opens the socket.</summary>
    /// <param name="adapterName">The adapter.</param>
    /// <param name="tunnel">The first of its tunnels.</param>
    /// <exception cref="Errors.MacSegmentationException">AdapterNotFound, TunnelAddressMissing, InvalidTunnel, TunnelPortInUse, TunnelFailed.</exception>
    public UnderlaySocket(string adapterName, TunnelSettings tunnel)
    {
        Local = UnderlayAddress.Find(adapterName, tunnel);
        Kind = tunnel.Kind;
        IsIPv6 = tunnel.IsIPv6;
        AddressLength = IsIPv6 ? UnderlayAddress.IPv6Length : UnderlayAddress.IPv4Length;
        socket = Open(adapterName, tunnel, Local);
        adapter = new LinuxAdapter(socket.Descriptor, adapterName);
        octets = (byte*)NativeMemory.Alloc(BatchSize * (nuint)PlaceSize);
        addresses = (byte*)NativeMemory.AllocZeroed(BatchSize * (nuint)AddressLength);
        segments = (NativeSocket.Segment*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(NativeSocket.Segment));
        messages = (NativeSocket.BatchedMessage*)NativeMemory.AllocZeroed(BatchSize, (nuint)sizeof(NativeSocket.BatchedMessage));
        for (int i = 0; i < BatchSize; i++)
        {
            segments[i] = new() { Start = octets + (i * (nint)PlaceSize), Length = PlaceSize };
            messages[i].Segments = segments + i;
            messages[i].SegmentCount = 1;
            messages[i].Address = (nint)(addresses + (i * AddressLength));
        }

        Look();
    }

    /// <summary>The adapter's address.</summary>
    public IPAddress Local { get; }

    /// <summary>How its tunnels wrap frames.</summary>
    public TunnelKind Kind { get; }

    /// <summary>True if it stands on IPv6.</summary>
    public bool IsIPv6 { get; }

    /// <summary>Octets of a socket address of its family.</summary>
    public int AddressLength { get; }

    /// <summary>The socket's number.</summary>
    public int Descriptor => socket.Descriptor;

    /// <summary>Number of the adapter.</summary>
    public int Index => adapter.Index;

    /// <summary>Longest IP packet in octets that the adapter sends, as of the last look.</summary>
    public int Mtu => Volatile.Read(ref mtu);

    /// <summary>True if the adapter and its link are up, as of the last look.</summary>
    public bool IsUp => Volatile.Read(ref isUp);

    /// <summary>Takes in one more tunnel; each gives the socket back once for its source and once for its sink.</summary>
    public void Add(TunnelSource source) => sources.Add(source);

    /// <summary>Takes in one more user, who calls <see cref="Dispose"/>.</summary>
    public UnderlaySocket Use()
    {
        Interlocked.Increment(ref users);
        return this;
    }

    /// <summary>Hands a tunnel its datagrams: those of the batch, and if none of it are left, of the next.</summary>
    /// <param name="source">The tunnel.</param>
    /// <param name="take">Takes each frame.</param>
    /// <returns>How many.</returns>
    public int Serve(TunnelSource source, Ports.IFrameHandler take)
    {
        lock (gate)
        {
            if (left == 0)
            {
                Receive();
            }

            LookAround();
            if (source.Waiting == 0)
            {
                return 0;
            }
        }

        int taken = 0;
        try
        {
            for (int i = 0; i < count && taken < source.Waiting; i++)
            {
                ref var datagram = ref batch[i];
                if (datagram.Owner == source.Number)
                {
                    // First: an error of whoever takes it does not bring it again.
                    datagram.Owner = Nobody;
                    taken++;
                    var bytes = new ReadOnlySpan<byte>(octets + (i * (nint)PlaceSize) + datagram.Offset, datagram.Length);
                    take.Handle(new Frame(bytes, bytes.Length, timestamp) { Endpoint = datagram.Endpoint, CarrierTag = datagram.Tag });
                }
            }
        }
        finally
        {
            lock (gate)
            {
                source.Waiting -= taken;
                left -= taken;
            }
        }

        return taken;
    }

    /// <summary>Moves what a tunnel has refused to its port's numbers.</summary>
    public void TakeRefusals(RefusalTally refusals, ref TrafficTally tally)
    {
        lock (gate)
        {
            refusals.MoveTo(ref tally);
        }
    }

    /// <summary>Octets of the longest IP packet on the path to a remote, as far as the system knows; the largest number if it does not say.</summary>
    /// <param name="remote">The remote's socket address.</param>
    public int AskPath(byte* remote)
    {
        // Only a connected socket is told; the tunnel's own has several remotes.
        using var question = new SocketHandle(
            NativeSocket.Create(IsIPv6 ? NativeSocket.FamilyInternet6 : NativeSocket.FamilyInternet, NativeSocket.TypeDatagram | NativeSocket.CloseOnExec, 0));
        int known = 0;
        int length = sizeof(int);
        return !question.IsInvalid
            && NativeSocket.Connect(question, remote, AddressLength) >= 0
            && NativeSocket.GetOption(question.Descriptor, IsIPv6 ? NativeSocket.LevelIPv6 : NativeSocket.LevelIPv4, IsIPv6 ? NativeSocket.KnownMtu6 : NativeSocket.KnownMtu, &known, &length) >= 0
            && known > 0 ? known : int.MaxValue;
    }

    /// <summary>Waits for datagrams, for a bounded time.</summary>
    public void Wait(int milliseconds) => arrivals?.Wait(socket.Descriptor, milliseconds);

    /// <summary>Ends all waits, from any thread.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            arrivals?.Ring();
        }
    }

    /// <summary>Gives the socket back; the last user closes it.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref users) > 0)
        {
            return;
        }

        lock (gate)
        {
            if (arrivals is null)
            {
                return;
            }

            arrivals.Dispose();
            arrivals = null;
            socket.Dispose();
            NativeMemory.Free(octets);
            NativeMemory.Free(addresses);
            NativeMemory.Free(segments);
            NativeMemory.Free(messages);
        }
    }

    private static SocketHandle Open(string adapterName, TunnelSettings tunnel, IPAddress local)
    {
        int family = tunnel.IsIPv6 ? NativeSocket.FamilyInternet6 : NativeSocket.FamilyInternet;
        var socket = new SocketHandle(NativeSocket.Create(family, NativeSocket.TypeDatagram | NativeSocket.CloseOnExec | NativeSocket.DoNotBlock, 0));
        int error = Marshal.GetLastPInvokeError();
        if (socket.IsInvalid)
        {
            throw TunnelErrors.Failed(adapterName, Marshal.GetPInvokeErrorMessage(error));
        }

        byte[] address = UnderlayAddress.ToSocketAddress(local, tunnel.UdpPort, new LinuxAdapter(socket.Descriptor, adapterName).Index);
        bool isSet = tunnel.IsIPv6
            ? TrySet(socket, NativeSocket.LevelIPv6, NativeSocket.PathMtuDiscovery6, NativeSocket.DoNotFragment)
                && TrySet(socket, NativeSocket.LevelIPv6, NativeSocket.Only6, 1)
                && TrySet(socket, NativeSocket.LevelUdp, NativeSocket.AdmitNoChecksum6, 1)
            : TrySet(socket, NativeSocket.LevelIPv4, NativeSocket.PathMtuDiscovery, NativeSocket.DoNotFragment);
        error = Marshal.GetLastPInvokeError();
        foreach (var (forced, plain) in new[] { (NativeSocket.SendBufferForce, NativeSocket.SendBuffer), (NativeSocket.ReceiveBufferForce, NativeSocket.ReceiveBuffer) })
        {
            // Without CAP_NET_ADMIN the system's limit holds; smaller queues only make senders wait more often.
            _ = TrySet(socket, NativeSocket.LevelSocket, forced, QueueSize) || TrySet(socket, NativeSocket.LevelSocket, plain, QueueSize);
        }

        fixed (byte* name = address)
        {
            if (isSet && NativeSocket.BindTo(socket, name, address.Length) < 0)
            {
                isSet = false;
                error = Marshal.GetLastPInvokeError();
            }
        }

        if (isSet)
        {
            return socket;
        }

        socket.Dispose();
        throw error == NativeSocket.ErrorAddressInUse ? TunnelErrors.InUse(adapterName, local, tunnel) : TunnelErrors.Failed(adapterName, Marshal.GetPInvokeErrorMessage(error));
    }

    private static bool TrySet(SocketHandle socket, int level, int option, int value) => NativeSocket.SetOption(socket.Descriptor, level, option, &value, sizeof(int)) >= 0;

    private void Receive()
    {
        for (int i = 0; i < BatchSize; i++)
        {
            messages[i].AddressLength = (uint)AddressLength;
        }

        count = Math.Max(0, NativeSocket.ReceiveMessages(socket.Descriptor, messages, BatchSize, NativeSocket.DoNotWait, timeout: null));
        timestamp = FrameTime.Now(TimeProvider.System);
        for (int i = 0; i < count; i++)
        {
            Sort(i);
        }
    }

    /// <summary>Finds whose a datagram is; one that nobody has is counted at the first tunnel.</summary>
    private void Sort(int at)
    {
        ref var datagram = ref batch[at];
        datagram.Owner = Nobody;
        var packet = new ReadOnlySpan<byte>(octets + (at * (nint)PlaceSize), (int)messages[at].Length);
        if (packet.Length < VxlanHeader.Length)
        {
            sources[0].Refusals.Note(CarrierReasons.Truncated, packet.Length);
            return;
        }

        int vni = VxlanHeader.ReadVni(packet);
        foreach (var source in sources)
        {
            if (source.Vni == vni)
            {
                var from = UnderlayAddress.KeyOf(new ReadOnlySpan<byte>((byte*)messages[at].Address, AddressLength), IsIPv6);
                if (source.TryOpen(packet, from, ref datagram))
                {
                    datagram.Owner = source.Number;
                    source.Waiting++;
                    left++;
                }

                return;
            }
        }

        sources[0].RefuseUnknown(packet);
    }

    private void LookAround()
    {
        if (Environment.TickCount64 >= nextLook)
        {
            Look();
        }
    }

    private void Look()
    {
        nextLook = Environment.TickCount64 + LookEveryMilliseconds;
        Volatile.Write(ref isUp, adapter.IsRunning);
        Volatile.Write(ref mtu, adapter.Mtu is > 0 and int now ? now : mtu);
    }

    /// <summary>A datagram of the batch: whose it is, and the frame in it.</summary>
    internal struct Datagram
    {
        public int Owner;
        public int Offset;
        public int Length;
        public int Endpoint;
        public uint Tag;
    }
}

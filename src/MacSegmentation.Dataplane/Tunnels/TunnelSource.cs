using MacSegmentation.Carriers;
using MacSegmentation.Counting;
using MacSegmentation.Pcap;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Tunnels;

/// <summary>The receiving side of a tunnel port: the frames in the datagrams of its virtual network that its remotes send.</summary>
internal sealed class TunnelSource : IPolledSource, IRefusingSource
{
    private const int WaitMilliseconds = 100;

    private readonly UnderlaySocket underlay;
    private readonly TunnelSettings tunnel;
    private readonly Dictionary<UInt128, int> endpoints;
    private ArrivalPaceMeter pace;
    private volatile bool isInterrupted;
    private bool isDisposed;

    /// <summary>Makes the source of a tunnel.</summary>
    /// <param name="name">The port's name.</param>
    /// <param name="number">Its place among the tunnels of the socket.</param>
    /// <param name="underlay">The socket, for whose use it is counted.</param>
    /// <param name="tunnel">The tunnel.</param>
    public TunnelSource(string name, int number, UnderlaySocket underlay, TunnelSettings tunnel)
    {
        Name = name;
        Number = number;
        this.underlay = underlay.Use();
        this.tunnel = tunnel;

        // Endpoint 0 is the port itself: all of them.
        endpoints = tunnel.Remotes.Select((remote, index) => (remote, index)).ToDictionary(entry => UnderlayAddress.KeyOf(entry.remote), entry => entry.index + 1);
        underlay.Add(this);
    }

    public string Name { get; }

    public int Descriptor => underlay.IsUp ? underlay.Descriptor : -1;

    public ArrivalPace Pace => Waiting > 0 ? ArrivalPace.Full : pace.Pace;

    /// <summary>Its place among the tunnels of the socket.</summary>
    public int Number { get; }

    /// <summary>Its virtual network.</summary>
    public int Vni => tunnel.Vni;

    /// <summary>Datagrams of the socket's batch that are its own.</summary>
    public int Waiting { get; set; }

    /// <summary>What it has refused.</summary>
    public RefusalTally Refusals { get; } = new();

    public SourceState Poll(IFrameHandler handler)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!isInterrupted)
        {
            pace.Note(underlay.Serve(this, handler));
        }

        return underlay.IsUp ? SourceState.Open : SourceState.Down;
    }

    public SourceState Receive(IFrameHandler handler)
    {
        if (!isInterrupted && Pace == ArrivalPace.Quiet)
        {
            underlay.Wait(WaitMilliseconds);
        }

        return Poll(handler);
    }

    public void Interrupt()
    {
        isInterrupted = true;
        underlay.Interrupt();
    }

    public long ReadLostFrames() => 0;

    public void TakeRefusals(ref TrafficTally tally) => underlay.TakeRefusals(Refusals, ref tally);

    /// <summary>Takes the frame out of a datagram of its virtual network.</summary>
    /// <param name="packet">What is behind UDP's header, at least as long as a header without options.</param>
    /// <param name="from">The address that it comes from.</param>
    /// <param name="datagram">Where the frame is, and what came with it.</param>
    /// <returns>False if it was refused.</returns>
    internal bool TryOpen(ReadOnlySpan<byte> packet, UInt128 from, ref UnderlaySocket.Datagram datagram)
    {
        if (!TryRead(packet, out int offset, out var tag, out var refusal))
        {
            Refusals.Note(refusal, packet.Length);
            return false;
        }

        if (!endpoints.TryGetValue(from, out datagram.Endpoint))
        {
            Refusals.Note(CarrierReasons.UnknownRemote, packet.Length - offset);
            return false;
        }

        datagram.Offset = offset;
        datagram.Length = packet.Length - offset;
        datagram.Tag = tag.Value;
        return true;
    }

    /// <summary>Counts a datagram of a virtual network that no port has; what is no header at all is called that.</summary>
    /// <param name="packet">What is behind UDP's header.</param>
    internal void RefuseUnknown(ReadOnlySpan<byte> packet) => Refusals.Note(TryRead(packet, out _, out _, out var refusal) ? CarrierReasons.UnknownVni : refusal, packet.Length);

    private bool TryRead(ReadOnlySpan<byte> packet, out int offset, out PartitionTag tag, out VerdictReason refusal)
    {
        if (tunnel.Kind == TunnelKind.Vxlan)
        {
            bool isVxlan = VxlanHeader.TryRead(packet, tunnel.Gbp, out var vxlan, out refusal);
            (offset, tag) = (VxlanHeader.Length, vxlan.Tag);
            return isVxlan;
        }

        bool isGeneve = GeneveHeader.TryRead(packet, tunnel.Option, out var geneve, out refusal);
        (offset, tag) = (geneve.Length, geneve.Tag);
        return isGeneve;
    }

    public void Dispose()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            underlay.Dispose();
        }
    }
}

using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ownership;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.PortSecurity;

/// <summary>Lets in from the port of an interface record only what comes from the record's addresses, and nothing that its guards keep out.</summary>
/// <param name="ports">The ports.</param>
/// <param name="owners">Who holds the addresses that may move; null where nobody learns it.</param>
/// <param name="fdb">Where addresses are; null where nobody learns it.</param>
internal sealed class PortSecurityStage(IReadOnlyList<SwitchPort> ports, AddressOwners? owners, FilteringDatabase? fdb) : FrameStage
{
    private readonly LinkLocalClaims links = new(ports.Count);
    private PortGuard?[] guards = new PortGuard?[ports.Count];

    public override string Name => "PortSecurity";

    public bool Judge(ref FrameContext frame) => frame.Port.Record is not { } record ? NoteLinkLocal(frame) : Judge(ref frame, guards[frame.Port.Index] ?? MakeGuard(frame.Port.Index, record));

    /// <summary>
    /// A record that is the same instance keeps its guard, and with it what its limits have counted. A guard is made when the port's first frame comes: of a
    /// hundred thousand ports that a trace could go through it goes through two.
    /// </summary>
    public override Action? Prepare(EnforcerTables next)
    {
        PortGuard?[] made = [.. next.Records.Zip(guards, (record, known) =>
            ReferenceEquals(known?.Record, record) ? known : null)];
        return () =>
        {
            guards = made;
            if (fdb is not null && next.HasOtherRecords)
            {
                links.Keep(fdb.Records);
            }
        };
    }

    public override void Forget(int port) => links.Forget(port);

    public override string? DescribePassage(in FrameContext frame) => frame.Port.Record switch
    {
        null => "The port has no interface record: no port security.",
        { PortSecurity: false } => $"Port security of {frame.Port.Record.Name} is off.",
        _ => $"The addresses are those of {frame.Port.Record.Name}.",
    };

    public override string? DescribeRefusal(in FrameContext frame)
    {
        if (guards[frame.Port.Index] is not { } guard)
        {
            return null;
        }

        string text = guard.Describe(frame.Verdict.Reason, frame.Header, frame.Packet, frame.Bytes);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        Array.Clear(guards);
        links.Clear();
    }

    private PortGuard MakeGuard(int port, MacInterface record) => guards[port] = new PortGuard(record, new LinkLocalPort(links, fdb, port));

    /// <summary>What stations elsewhere use, nobody may have at a port of a record.</summary>
    /// <returns>True: the frame goes on.</returns>
    private bool NoteLinkLocal(in FrameContext frame)
    {
        ref readonly var packet = ref frame.Packet;
        if (packet.Network == NetworkProtocol.IPv6 && NeighborDiscovery.Is(packet) && fdb is not null)
        {
            NoteLinkLocal(frame, fdb);
        }

        return true;
    }

    private void NoteLinkLocal(in FrameContext frame, FilteringDatabase known)
    {
        ref readonly var header = ref frame.Header;
        if (header.HasInnerTag || !NeighborDiscovery.TryRead(frame.Packet, frame.Bytes, out var message))
        {
            return;
        }

        bool tellsTarget = message.Type == IcmpTypes.NeighborAdvertisement || (message.Type == IcmpTypes.NeighborSolicitation && frame.Packet.Source == UInt128.Zero);
        var address = tellsTarget ? message.Target : frame.Packet.Source;
        if (LinkLocal.Is(address) && !LinkLocalClaims.IsOfRecord(known.Records, header.VlanId, address, bindings: null))
        {
            links.TryClaim(header.VlanId, address, new LinkLocalClaim(frame.Port.Index, header.Source, IsHeld: false));
        }
    }

    private bool Judge(ref FrameContext frame, PortGuard guard)
    {
        if (frame.Packet.Network == NetworkProtocol.Arp)
        {
            frame.Port.Arrivals.ArpPackets++;
        }

        if (guard.TryAdmit(frame.Header, frame.Packet, frame.Bytes, frame.Timestamp, out var violation))
        {
            return guard.Record.PortSecurity || NoteLinkLocal(frame);
        }

        if (!IsHoldersOwn(frame, violation))
        {
            return frame.Deny(this, violation);
        }

        frame.NamesHolders = false;
        return true;
    }

    /// <summary>
    /// A machine that has shown to hold a pair's address by the pair's own MAC address, as a virtual router's master does, may send from the
    /// address with its own MAC address too: that is what most systems do with what does not leave by the virtual interface. What such a frame
    /// says of who holds the address is not learned.
    /// </summary>
    private bool IsHoldersOwn(in FrameContext frame, VerdictReason violation) =>
        owners is not null
        && frame.Header.Source == frame.Port.Record?.MacAddress.Value
        && owners.TryFindIp(frame.Header.VlanId, frame.Packet.Source, out var owner) && owner.IsHeld && owner.Port == frame.Port.Index
        && (violation == PortSecurityReasons.SourceIPNotAllowed ? !NeighborDiscovery.Is(frame.Packet)
            : violation == PortSecurityReasons.ArpSenderNotAllowed && frame.Packet.ArpSenderMac == frame.Header.Source);
}

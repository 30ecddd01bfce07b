using MacSegmentation.Addressing;
using MacSegmentation.Events;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Ownership;

/// <summary>
/// Learns from frames where addresses are: stations by their source address, and who holds the addresses that several may hold by what ARP,
/// neighbour discovery and VRRP say. A port that may not have an address cannot take it.
/// </summary>
internal sealed class LearningStage(FilteringDatabase fdb, AddressOwners owners, IReadOnlyList<SwitchPort> ports, EnforcerEventQueue events) : FrameStage
{
    /// <summary>The address belongs to an interface record that is not behind this port, so this port cannot take it.</summary>
    public static readonly VerdictReason AddressHeldElsewhere = VerdictReason.Define(nameof(AddressHeldElsewhere), "address of an interface that is not behind the port");

    /// <summary>The port has learned as many addresses as it may.</summary>
    public static readonly VerdictReason PortAddressLimit = VerdictReason.Define(nameof(PortAddressLimit), "address limit of the port");

    /// <summary>The switch has learned as many addresses as it may, or the port its share of them.</summary>
    public static readonly VerdictReason ForwardingTableFull = VerdictReason.Define(nameof(ForwardingTableFull), "address limit of the switch");

    private const int MaxNamedRecords = 4;

    private readonly FlapWatch flaps = new();

    /// <summary>What the last frame claimed that was refused for it.</summary>
    private AddressClaim refused;

    public override string Name => "Learning";

    public bool Judge(ref FrameContext frame)
    {
        var port = frame.Port;
        ulong source = frame.Header.Source;
        ulong key = AddressKey.Of(frame.Header.VlanId, source);
        bool isRecords = fdb.Records.TryFind(key, out int at, out var places);
        VerdictReason? refusal = null;
        if (isRecords && places is null)
        {
            refusal = at != port.Index ? Refuse(address: null, source) : null;
        }
        else if (places is not null && !places.Include(port))
        {
            refusal = Refuse(address: null, source);
        }
        else if (!frame.IsNotLearned)
        {
            refusal = LearnPlace(key, port, frame.Timestamp, places, frame.Endpoint);
        }

        // Behind an inner tag another network tells of its own addresses.
        if (refusal is null && frame.NamesHolders && !frame.IsNotLearned && !frame.Header.HasInnerTag && MayNameHolders(frame.Packet))
        {
            refusal = LearnHolders(frame, isRecords);
        }

        return refusal is not { } reason || frame.Deny(this, reason);
    }

    /// <summary>Nobody holds any more who may not: by the records that were put in force before.</summary>
    public override Action? Prepare(EnforcerTables next) => !next.HasOtherRecords ? null : () => owners.Keep(fdb.Records, ports);

    public override void Forget(int port) => owners.Forget(port);

    public override void Reset() => owners.Clear();

    public override string? DescribePassage(in FrameContext frame) => fdb.Describe(frame.Header.VlanId, frame.Header.Source, frame.Timestamp);

    public override string? DescribeRefusal(in FrameContext frame)
    {
        if (frame.Verdict.Reason != AddressHeldElsewhere)
        {
            return null;
        }

        var mac = new MacAddress(refused.Mac);
        int vlanId = frame.Header.VlanId;
        var address = refused.Address is { } number ? IpNumber.ToAddress(number) : null;
        var records = address is null
            ? fdb.Records.FindOwners(AddressKey.Of(vlanId, refused.Mac))
            : fdb.Records.FindOwners(vlanId, refused.Address!.Value);
        return $"{(address is null ? mac : $"{address} with {mac}")} is an address of {string.Join(", ", records.Select(record => record.Name).Take(MaxNamedRecords))}.";
    }

    private static bool MayNameHolders(in PacketHeader packet) =>
        packet.Network == NetworkProtocol.Arp || NeighborDiscovery.Is(packet) || VrrpAdvertisement.Is(packet);

    private VerdictReason Refuse(UInt128? address, ulong mac)
    {
        refused = new AddressClaim(address, mac);
        return AddressHeldElsewhere;
    }

    /// <summary>Takes in where an address is.</summary>
    /// <param name="key">The address in its VLAN.</param>
    /// <param name="port">Where it showed.</param>
    /// <param name="now">When.</param>
    /// <param name="places">Where it may be, if it is an address of records.</param>
    /// <param name="endpoint">What is behind the port, where that leads to several; 0 for the port itself.</param>
    /// <returns>Why it cannot be learned and so may not be used, or null.</returns>
    private VerdictReason? LearnPlace(ulong key, SwitchPort port, long now, AddressPlaces? places, int endpoint = 0)
    {
        var outcome = fdb.Learned.Learn(key, port.Index, now, out int previous, endpoint);
        if (outcome is LearningOutcome.Learned or LearningOutcome.Moved)
        {
            port.Arrivals.NewAddresses++;
        }

        if (outcome is LearningOutcome.PortFull or LearningOutcome.TableFull)
        {
            if (!port.MayBeAnywhere && places is null)
            {
                return outcome == LearningOutcome.PortFull ? PortAddressLimit : ForwardingTableFull;
            }

            // What is not known goes to the uplinks, and to all that may hold it: nothing is lost, as long as it is not taken to be elsewhere.
            port.Egress.FramesNotLearned++;
            fdb.Learned.Forget(key);
        }

        if (places is { IsShared: true })
        {
            NoteMac(key, port, now);
        }
        else if (outcome == LearningOutcome.Moved)
        {
            Tell(EnforcerEventKind.AddressMoved, port, previous, now, AddressKey.VlanOf(key), AddressKey.AddressOf(key));
        }

        return null;
    }

    private void NoteMac(ulong key, SwitchPort port, long now)
    {
        bool isKnown = owners.TryFindMac(key, out var owner);
        if (isKnown && owner.IsHeld && owner.Port == port.Index)
        {
            return;
        }

        owners.NoteMac(key, port.Index, now);
        int before = isKnown && owner.Port != port.Index ? owner.Port : -1;
        Tell(EnforcerEventKind.AddressOwnerChanged, port, before, now, AddressKey.VlanOf(key), AddressKey.AddressOf(key));
        BringAddresses(key, port, now);
    }

    /// <summary>
    /// The IP addresses that were held with a MAC address come along with it: whoever sends to them sends to where it is now. One that may not
    /// be there is nobody's.
    /// </summary>
    private void BringAddresses(ulong key, SwitchPort port, long now)
    {
        int vlanId = AddressKey.VlanOf(key);
        ulong mac = AddressKey.AddressOf(key);
        foreach (var address in owners.ListIpsElsewhere(key, port.Index))
        {
            if (fdb.Records.FindIp(vlanId, address)?.Allows(mac, port) == true)
            {
                NoteHolder(port, vlanId, address, mac, now, DetectionMethod.Frame);
            }
            else
            {
                owners.ReleaseIp(vlanId, address);
            }
        }
    }

    private VerdictReason? LearnHolders(in FrameContext frame, bool isRecords)
    {
        var port = frame.Port;
        ref readonly var header = ref frame.Header;
        ref readonly var packet = ref frame.Packet;
        if (packet.Network == NetworkProtocol.Arp)
        {
            return LearnHolder(port, header, packet.Source, packet.ArpSenderMac, frame.Timestamp, DetectionMethod.Arp);
        }

        if (NeighborDiscovery.Is(packet))
        {
            return LearnNeighbor(frame);
        }

        if (VrrpAdvertisement.TryRead(packet, frame.Bytes, out var advertisement))
        {
            for (int i = 0; i < advertisement.Count; i++)
            {
                if (LearnVirtualAddress(port, header, advertisement[i], frame.Timestamp, isRecords) is { } refusal)
                {
                    return refusal;
                }
            }
        }

        return null;
    }

    /// <summary>Hosts take from any of these messages with which MAC address they reach its sender (RFC 4861 sections 6.2.6, 6.3.4 and 7.2.3).</summary>
    private VerdictReason? LearnNeighbor(in FrameContext frame)
    {
        var port = frame.Port;
        ref readonly var header = ref frame.Header;
        ref readonly var packet = ref frame.Packet;
        if (!NeighborDiscovery.TryRead(packet, frame.Bytes, out var message))
        {
            // Nobody may take notice of it (RFC 4861 section 7.1, RFC 6980 section 5); one who does would take what the switch cannot see.
            return packet.IsFragment ? PacketReasons.FragmentNotAllowed : PacketReasons.NeighborDiscoveryNotAllowed;
        }

        return message switch
        {
            { Type: IcmpTypes.NeighborAdvertisement } => LearnHolder(
                port, header, message.Target, message.LinkLayerAddress ?? header.Source, frame.Timestamp, DetectionMethod.NeighborAdvertisement),

            // A redirect tells of another's address: a router's business.
            { Type: not IcmpTypes.Redirect, LinkLayerAddress: { } mac } => LearnHolder(
                port, header, packet.Source, mac, frame.Timestamp, DetectionMethod.NeighborAdvertisement),
            _ => null,
        };
    }

    /// <summary>
    /// The master sends with the virtual router's MAC address, or with an interface's own: then the address is used with the MAC address that
    /// it has at this port.
    /// </summary>
    private VerdictReason? LearnVirtualAddress(SwitchPort port, in FrameHeader header, UInt128 address, long now, bool isRecords)
    {
        ulong mac = isRecords && fdb.Records.FindIp(header.VlanId, address) is { } holder && !holder.Allows(header.Source, port)
            ? holder.FindMac(port) ?? header.Source
            : header.Source;
        return LearnHolder(port, header, address, mac, now, DetectionMethod.Vrrp);
    }

    private VerdictReason? LearnHolder(SwitchPort port, in FrameHeader header, UInt128 address, ulong mac, long now, DetectionMethod method)
    {
        int vlanId = header.VlanId;
        if (fdb.Records.FindIp(vlanId, address) is not { } holder)
        {
            return null;
        }

        if (!holder.Allows(mac, port))
        {
            // Port security that is off lets a station use any address, except one that others have.
            return Refuse(address, mac);
        }

        ulong key = AddressKey.Of(vlanId, mac);
        if (mac != header.Source && fdb.Records.TryFind(key, out _, out var places) && places is not null)
        {
            // A frame from one of its addresses shows where another one is.
            LearnPlace(key, port, now, places);
        }

        if (holder.IsPair)
        {
            NoteHolder(port, vlanId, address, mac, now, method);
        }

        return null;
    }

    private void NoteHolder(SwitchPort port, int vlanId, UInt128 address, ulong mac, long now, DetectionMethod method)
    {
        bool isKnown = owners.TryFindIp(vlanId, address, out var owner);
        if (owners.NoteIp(vlanId, address, mac, port.Index, now, method) && !(isKnown && owner.IsHeld && owner.Port == port.Index))
        {
            // Also who held it until its port went down was the one before.
            Tell(EnforcerEventKind.AddressOwnerChanged, port, isKnown && owner.Port != port.Index ? owner.Port : -1, now, vlanId, mac, address);
        }
    }

    private void Tell(EnforcerEventKind kind, SwitchPort port, int previous, long now, int vlanId, ulong mac, UInt128? address = null)
    {
        var state = previous < 0 ? FlapState.Moved : flaps.Note(vlanId, address ?? mac, now);
        if (state == FlapState.Untold)
        {
            return;
        }

        events.Publish(new MacEnforcerEvent
        {
            Time = FrameTime.ToCalendar(now),
            Kind = state != FlapState.Flapping ? kind
                : kind == EnforcerEventKind.AddressMoved ? EnforcerEventKind.LoopSuspected
                : EnforcerEventKind.AddressOwnerFlapping,
            Port = port.Name,
            Interface = port.Record?.Name,
            VlanId = vlanId,
            SourceAddress = new MacAddress(mac),
            IPAddress = address is { } ip ? IpNumber.ToAddress(ip) : null,
            Previous = previous < 0 ? null : ports[previous].Record?.Name ?? ports[previous].Name,
        });
    }
}

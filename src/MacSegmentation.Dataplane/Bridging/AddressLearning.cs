using MacSegmentation.Addressing;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Switching;

namespace MacSegmentation.Bridging;

/// <summary>
/// Learns from frames where addresses are: stations by their source address, and who holds the addresses that several may hold by what ARP,
/// neighbour discovery and VRRP say. A port that may not have an address cannot take it.
/// </summary>
internal sealed class AddressLearning(ForwardingTable forwarding, AddressOwners owners, IReadOnlyList<SwitchPort> ports, EnforcerEventQueue events)
{
    private readonly FlapWatch flaps = new();

    /// <summary>What the last frame claimed that was refused for it.</summary>
    public AddressClaim Refused { get; private set; }

    /// <summary>Learns from a frame that port security let in.</summary>
    /// <param name="tables">The tables in force.</param>
    /// <param name="port">Where it came in.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="header">Its header.</param>
    /// <param name="packet">Its packet.</param>
    /// <param name="namesHolders">False if what it says of who holds an address is not to be learned.</param>
    /// <returns>Why the frame may not come from this port, or null.</returns>
    public VerdictReason? Learn(SwitchTables tables, SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, bool namesHolders)
    {
        ulong key = AddressKey.Of(header.VlanId, header.Source);
        bool isRecords = tables.Addresses.TryFind(key, out int at, out var places);
        if (isRecords && places is null)
        {
            if (at != port.Index)
            {
                return Refuse(address: null, header.Source);
            }
        }
        else if (places is not null && !places.Include(port))
        {
            return Refuse(address: null, header.Source);
        }
        else if (LearnPlace(tables, key, port, frame.Timestamp, places) is { } full)
        {
            return full;
        }

        return namesHolders && MayNameHolders(packet) ? LearnHolders(tables, port, frame, header, packet, isRecords) : null;
    }

    private static bool MayNameHolders(in PacketHeader packet) =>
        packet.Network == NetworkProtocol.Arp || NeighborDiscovery.Is(packet) || VrrpAdvertisement.Is(packet);

    private VerdictReason Refuse(UInt128? address, ulong mac)
    {
        Refused = new AddressClaim(address, mac);
        return VerdictReason.AddressHeldElsewhere;
    }

    /// <summary>Takes in where an address is.</summary>
    /// <param name="tables">The tables in force.</param>
    /// <param name="key">The address in its VLAN.</param>
    /// <param name="port">Where it showed.</param>
    /// <param name="now">When.</param>
    /// <param name="places">Where it may be, if it is an address of records.</param>
    /// <returns>Why it cannot be learned and so may not be used, or null.</returns>
    private VerdictReason? LearnPlace(SwitchTables tables, ulong key, SwitchPort port, long now, AddressPlaces? places)
    {
        var outcome = forwarding.Learn(key, port.Index, now, out int previous);
        if (outcome is LearningOutcome.PortFull or LearningOutcome.TableFull)
        {
            if (!port.Settings.IsUplink && places is null)
            {
                return outcome == LearningOutcome.PortFull ? VerdictReason.PortAddressLimit : VerdictReason.ForwardingTableFull;
            }

            // What is not known goes to the uplinks, and to all that may hold it: nothing is lost, as long as it is not taken to be elsewhere.
            port.Egress.FramesNotLearned++;
            forwarding.Forget(key);
        }

        if (places is { IsShared: true })
        {
            NoteMac(tables, key, port, now);
        }
        else if (outcome == LearningOutcome.Moved)
        {
            Tell(EnforcerEventKind.AddressMoved, port, previous, now, AddressKey.VlanOf(key), AddressKey.AddressOf(key));
        }

        return null;
    }

    private void NoteMac(SwitchTables tables, ulong key, SwitchPort port, long now)
    {
        bool isKnown = owners.TryFindMac(key, out var owner);
        if (isKnown && owner.IsHeld && owner.Port == port.Index)
        {
            return;
        }

        owners.NoteMac(key, port.Index, now);
        int before = isKnown && owner.Port != port.Index ? owner.Port : -1;
        Tell(EnforcerEventKind.AddressOwnerChanged, port, before, now, AddressKey.VlanOf(key), AddressKey.AddressOf(key));
        BringAddresses(tables, key, port, now);
    }

    /// <summary>
    /// The IP addresses that were held with a MAC address come along with it: whoever sends to them sends to where it is now. One that may not
    /// be there is nobody's.
    /// </summary>
    private void BringAddresses(SwitchTables tables, ulong key, SwitchPort port, long now)
    {
        int vlanId = AddressKey.VlanOf(key);
        ulong mac = AddressKey.AddressOf(key);
        foreach (var address in owners.ListIpsElsewhere(key, port.Index))
        {
            if (tables.Addresses.FindIp(vlanId, address)?.Allows(mac, port) == true)
            {
                NoteHolder(port, vlanId, address, mac, now, DetectionMethod.Frame);
            }
            else
            {
                owners.ReleaseIp(vlanId, address);
            }
        }
    }

    private VerdictReason? LearnHolders(SwitchTables tables, SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, bool isRecords)
    {
        if (packet.Network == NetworkProtocol.Arp)
        {
            return LearnHolder(tables, port, header, packet.Source, packet.ArpSenderMac, frame.Timestamp, DetectionMethod.Arp);
        }

        if (NeighborDiscovery.Is(packet))
        {
            return LearnNeighbor(tables, port, frame, header, packet);
        }

        if (VrrpAdvertisement.TryRead(packet, frame.Bytes, out var advertisement))
        {
            for (int i = 0; i < advertisement.Count; i++)
            {
                if (LearnVirtualAddress(tables, port, header, advertisement[i], frame.Timestamp, isRecords) is { } refusal)
                {
                    return refusal;
                }
            }
        }

        return null;
    }

    /// <summary>Hosts take from any of these messages with which MAC address they reach its sender (RFC 4861 sections 6.2.6, 6.3.4 and 7.2.3).</summary>
    private VerdictReason? LearnNeighbor(SwitchTables tables, SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet)
    {
        if (!NeighborDiscovery.TryRead(packet, frame.Bytes, out var message))
        {
            // Nobody may take notice of it (RFC 4861 section 7.1, RFC 6980 section 5); one who does would take what the switch cannot see.
            return packet.IsFragment ? VerdictReason.FragmentNotAllowed : VerdictReason.NeighborDiscoveryNotAllowed;
        }

        return message switch
        {
            { Type: IcmpTypes.NeighborAdvertisement } => LearnHolder(
                tables, port, header, message.Target, message.LinkLayerAddress ?? header.Source, frame.Timestamp, DetectionMethod.NeighborAdvertisement),

            // A redirect tells of another's address: a router's business.
            { Type: not IcmpTypes.Redirect, LinkLayerAddress: { } mac } => LearnHolder(
                tables, port, header, packet.Source, mac, frame.Timestamp, DetectionMethod.NeighborAdvertisement),
            _ => null,
        };
    }

    /// <summary>
    /// The master sends with the virtual router's MAC address, or with an interface's own: then the address is used with the MAC address that
    /// it has at this port.
    /// </summary>
    private VerdictReason? LearnVirtualAddress(SwitchTables tables, SwitchPort port, in FrameHeader header, UInt128 address, long now, bool isRecords)
    {
        ulong mac = isRecords && tables.Addresses.FindIp(header.VlanId, address) is { } holder && !holder.Allows(header.Source, port)
            ? holder.FindMac(port) ?? header.Source
            : header.Source;
        return LearnHolder(tables, port, header, address, mac, now, DetectionMethod.Vrrp);
    }

    private VerdictReason? LearnHolder(SwitchTables tables, SwitchPort port, in FrameHeader header, UInt128 address, ulong mac, long now, DetectionMethod method)
    {
        int vlanId = header.VlanId;
        if (tables.Addresses.FindIp(vlanId, address) is not { } holder)
        {
            return null;
        }

        if (!holder.Allows(mac, port))
        {
            // Port security that is off lets a station use any address, except one that others have.
            return Refuse(address, mac);
        }

        ulong key = AddressKey.Of(vlanId, mac);
        if (mac != header.Source && tables.Addresses.TryFind(key, out _, out var places) && places is not null)
        {
            // A frame from one of its addresses shows where another one is.
            LearnPlace(tables, key, port, now, places);
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
            Kind = state == FlapState.Flapping ? EnforcerEventKind.LoopSuspected : kind,
            Port = port.Source.Name,
            Interface = port.Record?.Name,
            VlanId = vlanId,
            SourceAddress = new MacAddress(mac),
            IPAddress = address is { } ip ? IpNumber.ToAddress(ip) : null,
            Previous = previous < 0 ? null : ports[previous].Record?.Name ?? ports[previous].Source.Name,
        });
    }
}

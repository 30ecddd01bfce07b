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

    /// <summary>Learns from a frame that port security let in.</summary>
    /// <returns>Why the frame may not come from this port, or null.</returns>
    public VerdictReason? Learn(SwitchTables tables, SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet)
    {
        ulong key = AddressKey.Of(header.VlanId, header.Source);
        bool isRecords = tables.Addresses.TryFind(key, out int at, out var places);
        if (isRecords && places is null)
        {
            if (at != port.Index)
            {
                return VerdictReason.AddressHeldElsewhere;
            }
        }
        else if (places is not null && !places.Include(port))
        {
            return VerdictReason.AddressHeldElsewhere;
        }
        else if (LearnSource(key, port, frame.Timestamp, places) is { } full)
        {
            return full;
        }

        return MayNameHolders(packet) ? LearnHolders(tables, port, frame, header, packet) : null;
    }

    private static bool MayNameHolders(in PacketHeader packet) =>
        packet.Network == NetworkProtocol.Arp
        || (packet.Network == NetworkProtocol.IPv6 && packet.IcmpType == IcmpTypes.NeighborAdvertisement)
        || VrrpAdvertisement.Is(packet);

    private VerdictReason? LearnSource(ulong key, SwitchPort port, long now, AddressPlaces? places)
    {
        var outcome = forwarding.Learn(key, port.Index, now, out int previous);
        switch (outcome)
        {
            case LearningOutcome.Known:
                return null;
            case LearningOutcome.Learned or LearningOutcome.Moved when places is { IsShared: true }:
                bool isNew = !owners.TryFindMac(key, out var before) || !before.IsHeld;
                owners.NoteMac(key, port.Index, now);
                if (isNew || before.Port != port.Index)
                {
                    Tell(EnforcerEventKind.AddressOwnerChanged, port, isNew ? -1 : before.Port, now, AddressKey.VlanOf(key), AddressKey.AddressOf(key));
                }

                return null;
            case LearningOutcome.Learned:
                return null;
            case LearningOutcome.Moved:
                Tell(EnforcerEventKind.AddressMoved, port, previous, now, AddressKey.VlanOf(key), AddressKey.AddressOf(key));
                return null;
            default:
                return NotLearned(port, outcome);
        }
    }

    /// <summary>Behind an uplink an address that is not learned is unknown, and what is unknown goes to the uplinks: nothing is lost.</summary>
    private static VerdictReason? NotLearned(SwitchPort port, LearningOutcome outcome)
    {
        if (port.Settings.IsUplink)
        {
            port.Egress.FramesNotLearned++;
            return null;
        }

        return outcome == LearningOutcome.PortFull ? VerdictReason.PortAddressLimit : VerdictReason.ForwardingTableFull;
    }

    private VerdictReason? LearnHolders(SwitchTables tables, SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet)
    {
        if (packet.Network == NetworkProtocol.Arp)
        {
            return LearnHolder(tables, port, header.VlanId, packet.Source, packet.ArpSenderMac, frame.Timestamp, DetectionMethod.Arp);
        }

        if (NeighborDiscovery.TryRead(packet, frame.Bytes, out var message))
        {
            return LearnHolder(
                tables, port, header.VlanId, message.Target, message.LinkLayerAddress ?? header.Source, frame.Timestamp, DetectionMethod.NeighborAdvertisement);
        }

        if (VrrpAdvertisement.TryRead(packet, frame.Bytes, out var advertisement))
        {
            for (int i = 0; i < advertisement.Count; i++)
            {
                if (LearnVirtualAddress(tables, port, header, advertisement[i], frame.Timestamp) is { } refusal)
                {
                    return refusal;
                }
            }
        }

        return null;
    }

    /// <summary>The master sends with the virtual router's MAC address, or, if it has none, uses the addresses with its own.</summary>
    private VerdictReason? LearnVirtualAddress(SwitchTables tables, SwitchPort port, in FrameHeader header, UInt128 address, long now)
    {
        var holder = tables.Addresses.FindIp(header.VlanId, address);
        ulong mac = holder is null || Array.IndexOf(holder.MacAddresses, header.Source) >= 0 || port.Record is null
            ? header.Source
            : port.Record.MacAddress.Value;
        return LearnHolder(tables, port, header.VlanId, address, mac, now, DetectionMethod.Vrrp);
    }

    private VerdictReason? LearnHolder(SwitchTables tables, SwitchPort port, int vlanId, UInt128 address, ulong mac, long now, DetectionMethod method)
    {
        if (tables.Addresses.FindIp(vlanId, address) is not { } holder)
        {
            return null;
        }

        if (!holder.Places.Include(port) || Array.IndexOf(holder.MacAddresses, mac) < 0)
        {
            // Port security that is off lets a station use any address, except one that others have.
            return VerdictReason.AddressHeldElsewhere;
        }

        if (holder.IsPair)
        {
            int before = owners.TryFindIp(vlanId, address, out var owner) && owner.IsHeld ? owner.Port : -1;
            if (owners.NoteIp(vlanId, address, mac, port.Index, now, method) && before != port.Index)
            {
                Tell(EnforcerEventKind.AddressOwnerChanged, port, before, now, vlanId, mac, address);
            }
        }

        return null;
    }

    private void Tell(EnforcerEventKind kind, SwitchPort port, int previous, long now, int vlanId, ulong mac, UInt128? address = null)
    {
        var state = previous < 0 ? FlapState.Moved : flaps.Note(vlanId, address ?? mac, now);
        if (state == FlapState.StillFlapping)
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

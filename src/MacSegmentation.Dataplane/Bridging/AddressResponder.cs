using MacSegmentation.Frames;
using MacSegmentation.Policies;

namespace MacSegmentation.Bridging;

/// <summary>
/// Answers ARP requests (RFC 826) and neighbour solicitations (RFC 4861 section 7.2.4) in the place of the station that has the address. A fixed
/// address of one interface is certain; of an address that several may hold, or that is in a pair, only who is known to hold it now is. What
/// cannot be answered goes on as the broadcast that it is.
/// </summary>
internal sealed class AddressResponder(AddressOwners owners)
{
    private readonly byte[] reply = new byte[128];

    /// <summary>The answer to a frame, if the frame is a question that can be answered; valid until the next one.</summary>
    /// <param name="tables">The tables in force.</param>
    /// <param name="port">Where the question came in.</param>
    /// <param name="frame">The question.</param>
    /// <param name="header">Its header.</param>
    /// <param name="packet">Its packet.</param>
    /// <param name="answer">The answer, to leave by the port that the question came in by.</param>
    public bool TryAnswer(SwitchTables tables, SwitchPort port, in Frame frame, in FrameHeader header, in PacketHeader packet, out Frame answer)
    {
        answer = default;

        // Whom the answer goes to: a policy that denies it lets the question go on.
        ulong asker = packet.Network == NetworkProtocol.Arp ? packet.ArpSenderMac : header.Source;
        if (!TryReadTarget(packet, frame.Bytes, out var target, out var solicitation)
            || tables.Addresses.FindIp(header.VlanId, target) is not { } holder
            || FindMac(holder, header.VlanId, target, port) is not { } mac
            || mac == header.Source
            || tables.Policies.Decide(header.VlanId, mac, asker).Action != PolicyAction.Allow)
        {
            return false;
        }

        int length = packet.Network == NetworkProtocol.Arp
            ? ArpBuilder.WriteReply(frame.Bytes, packet, mac, reply)
            : NeighborAdvertisementBuilder.WriteReply(frame.Bytes, packet, solicitation, mac, reply);
        answer = new Frame(reply.AsSpan(0, length), length, frame.Timestamp);
        return length > 0;
    }

    private static bool TryReadTarget(in PacketHeader packet, ReadOnlySpan<byte> frame, out UInt128 target, out NeighborDiscovery solicitation)
    {
        solicitation = default;
        if (packet is { Network: NetworkProtocol.Arp, ArpOperation: ArpBuilder.Request, State: PacketState.Complete })
        {
            // An announcement asks nothing: sender and target are the same (RFC 5227 section 1.1).
            target = packet.Destination;
            return packet.Source != packet.Destination;
        }

        bool isSolicitation = packet.IcmpType == IcmpTypes.NeighborSolicitation && NeighborDiscovery.TryRead(packet, frame, out solicitation);
        target = solicitation.Target;
        return isSolicitation;
    }

    private ulong? FindMac(IpHolder holder, int vlanId, UInt128 target, SwitchPort asker)
    {
        if (holder.Certain is { } certain)
        {
            // Whoever has the address itself asks whether somebody else has it too: nobody here can say.
            return certain.Places.Include(asker) && !asker.Settings.IsUplink ? null : certain.Mac;
        }

        return owners.TryFindIp(vlanId, target, out var owner) && owner.IsHeld && owner.Port != asker.Index ? owner.Mac : null;
    }
}

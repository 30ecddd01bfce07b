using System.Collections;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.Isolation;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Ownership;

/// <summary>
/// Answers ARP requests (RFC 826) and neighbour solicitations (RFC 4861 section 7.2.4) in the place of the station that has the address. A fixed
/// address of one interface is certain while a port that is up leads to it; of an address that several may hold, or that is in a pair, only who is known to
/// hold it now is. What cannot be answered goes on as the broadcast that it is.
/// </summary>
/// <param name="ports">The ports.</param>
/// <param name="fdb">Where addresses are.</param>
/// <param name="owners">Who holds those that may move.</param>
/// <param name="policies">What decides whether the answer may come through.</param>
/// <param name="sessions">What keeps sessions apart: whoever asks for an instance of another one is told nothing.</param>
/// <param name="send">Sends an answer back by the port that the question came in by.</param>
internal sealed class ResponderStage(
    SwitchPort[] ports, FilteringDatabase fdb, AddressOwners owners, PolicyStage policies, SessionIsolationStage sessions, ResponderStage.Sender send) : FrameStage
{
    /// <summary>The switch answered the request itself.</summary>
    public static readonly VerdictReason Answered = VerdictReason.Define(nameof(Answered), "answered by the switch");

    private readonly byte[] reply = new byte[128];
    private BitArray answersVlan = new(Addressing.VlanId.FieldValues);

    /// <summary>Sends an answer.</summary>
    internal delegate void Sender(SwitchPort to, in Frame answer, in FrameHeader question);

    public override string Name => "Responder";

    public bool Judge(ref FrameContext frame)
    {
        // Behind an inner tag another network asks for its own addresses.
        if (!frame.IsToGroup || frame.Verdict.Action != PolicyAction.Allow || frame.Header.HasInnerTag || !answersVlan[frame.Header.VlanId] || !TryAnswer(frame, out int length))
        {
            return true;
        }

        send(frame.Port, new Frame(reply.AsSpan(0, length), length, frame.Timestamp) { Endpoint = frame.Endpoint }, frame.Header);
        return frame.End(this, Verdict.Allowed(Answered));
    }

    public override Action? Prepare(EnforcerTables next)
    {
        var answers = new BitArray(Addressing.VlanId.FieldValues);
        foreach (var vlan in next.Snapshot.Vlans)
        {
            answers[vlan.VlanId] = vlan.ArpResponder;
        }

        return () => answersVlan = answers;
    }

    public override string? DescribeRefusal(in FrameContext frame) => $"The switch answers the question itself, to {frame.Port.DisplayName}.";

    private bool TryAnswer(in FrameContext frame, out int length)
    {
        length = 0;
        ref readonly var packet = ref frame.Packet;
        ref readonly var header = ref frame.Header;

        // Whom the answer goes to: a policy that denies it lets the question go on.
        ulong asker = packet.Network == NetworkProtocol.Arp ? packet.ArpSenderMac : header.Source;
        if (!TryReadTarget(packet, frame.Bytes, out var target, out var solicitation)
            || fdb.Records.FindIp(header.VlanId, target) is not { } holder
            || FindMac(holder, header.VlanId, target, frame.Port, out int port) is not { } mac
            || mac == header.Source
            || sessions.Hides(frame, mac, port)
            || !policies.Allows(header.VlanId, mac, asker))
        {
            return false;
        }

        length = packet.Network == NetworkProtocol.Arp
            ? ArpBuilder.WriteReply(frame.Bytes, packet, mac, reply)
            : NeighborAdvertisementBuilder.WriteReply(frame.Bytes, packet, solicitation, mac, reply);
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

    private ulong? FindMac(IpHolder holder, int vlanId, UInt128 target, SwitchPort asker, out int port)
    {
        port = -1;
        if (holder.Certain is { } certain)
        {
            // Whoever has the address itself asks whether somebody else has it too: nobody here can say. And nobody is where no port leads.
            return (certain.Places.Include(asker) && !asker.MayBeAnywhere) || !certain.Places.AreReachable(ports, vlanId) ? null : certain.Mac;
        }

        if (!owners.TryFindIp(vlanId, target, out var owner) || !owner.IsHeld || owner.Port == asker.Index)
        {
            return null;
        }

        port = owner.Port;
        return owner.Mac;
    }
}

using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.SecurityGroups;

/// <summary>
/// What security groups mean, written down as plainly as it goes and from nothing but the records: rules are walked, flows are searched in a
/// list, everything is asked anew for every packet. What is compiled must agree with this.
/// </summary>
internal sealed class GroupModel(int capacity)
{
    private const long Second = 1_000_000_000;

    private readonly List<ModelFlow> flows = [];
    private readonly List<ModelNote> notes = [];

    public ConfigurationSnapshot Configuration { get; set; } = new(0, []);

    public uint Epoch { get; set; }

    public long Now { get; set; }

    /// <summary>Judges a packet on its way; null is a port without groups.</summary>
    public VerdictReason? WhyRefused(MacInterface? from, MacInterface? to, int vlanId, TestPacket packet)
    {
        flows.RemoveAll(flow => flow.LastSeen + flow.Timeout <= Now);
        notes.RemoveAll(note => note.LastSeen + (30 * Second) <= Now);
        Side[] sides = [new(from, TrafficDirection.Outbound), new(to, TrafficDirection.Inbound)];
        sides = [.. sides.Where(side => side.Record is { SecurityGroup.Count: > 0 })];
        bool isFree = !sides.Any(Restricts);
        if (packet.Fragment == TestPacket.Part.Overlapping)
        {
            return isFree ? null : PacketReasons.FragmentNotAllowed;
        }

        if (packet.IsCut && packet.Fragment != TestPacket.Part.Later)
        {
            return isFree ? null : PacketReasons.TruncatedHeader;
        }

        if (packet.Fragment == TestPacket.Part.Later)
        {
            return sides.All(side => AdmitsLaterFragment(side, vlanId, packet)) ? null : PacketReasons.FragmentNotAllowed;
        }

        if (packet.Fragment == TestPacket.Part.Whole && IsInfrastructure(packet))
        {
            return null;
        }

        var found = new List<(Side Side, Result Result)>();
        foreach (var side in sides)
        {
            found.Add((side, Judge(side, vlanId, packet)));
            if (found[^1].Result == Result.Refused)
            {
                return SecurityGroupStage.NotAdmitted;
            }
        }

        var begun = found.Where(one => one.Result == Result.Begins).Select(one => one.Side).ToList();
        var noted = sides.Where(side => packet.Fragment == TestPacket.Part.First && Restricts(side)).ToList();
        var lacking = noted.Where(side => !notes.Exists(note => note.Is(side, vlanId, packet))).ToList();
        notes.ForEach(note => note.LastSeen = noted.Exists(side => note.Is(side, vlanId, packet)) ? Now : note.LastSeen);
        if ((begun.Count > 0 && begun.Count > capacity - flows.Count) || (lacking.Count > 0 && lacking.Count > capacity - notes.Count))
        {
            return PacketReasons.FlowTableFull;
        }

        // A port may have three times what is still free, of flows and of notes.
        if (begun.Exists(side => 1 + flows.Count(flow => flow.InterfaceId == side.Record!.InterfaceId) > 3 * (capacity - flows.Count))
            || lacking.Exists(side => 1 + notes.Count(note => note.InterfaceId == side.Record!.InterfaceId) > 3 * (capacity - notes.Count)))
        {
            return PacketReasons.FlowTableFull;
        }

        foreach (var (side, result) in found)
        {
            if (result == Result.GoesOn)
            {
                FlowOf(side, vlanId, packet)!.GoOn(side.Direction, packet.Flags, Now);
            }
        }

        foreach (var side in begun)
        {
            flows.RemoveAll(flow => flow.Has(side, vlanId, packet));
            var flow = IsByAnswerer(packet)
                ? new ModelFlow(side.Record!.InterfaceId, vlanId, packet.Answer(), OppositeOf(side).Direction, Epoch)
                : new ModelFlow(side.Record!.InterfaceId, vlanId, packet, side.Direction, Epoch);
            flow.GoOn(side.Direction, packet.Flags, Now);
            flows.Add(flow);
        }

        notes.AddRange(lacking.Select(side => new ModelNote(side, vlanId, packet) { LastSeen = Now }));
        return null;
    }

    /// <summary>True if a rule of the record's groups, all or those of one kind, admits the packet.</summary>
    public bool AdmitsByWalk(MacInterface record, TrafficDirection direction, bool isStateless, byte protocol, int? destinationPort, IPAddress remote) =>
        GroupsOf(record).Where(group => group.IsStateless == isStateless).SelectMany(group => group.Rule).Any(rule =>
            rule.Direction == direction
            && (rule.Protocol == IpProtocol.Any || rule.Protocol.Number == protocol)
            && (rule.Port.Count == 0 || (destinationPort is { } port && rule.Port.Any(range => range.First <= port && port <= range.Last)))
            && (rule.RemoteAddress is not { } network || network.Contains(remote))
            && (rule.RemoteGroup is not { } remoteGroup || AddressesOf(remoteGroup).Contains(remote)));

    public bool Restricts(Side side) => side.Direction == TrafficDirection.Inbound
        || GroupsOf(side.Record!).SelectMany(group => group.Rule).Any(rule => rule.Direction == TrafficDirection.Outbound);

    private static bool IsInfrastructure(TestPacket packet) => packet.Protocol switch
    {
        TestPacket.Udp when !packet.IsIPv6 => (packet.SourcePort, packet.DestinationPort) is (67, 68) or (68, 67),
        TestPacket.Udp => (packet.SourcePort, packet.DestinationPort) is (546, 547) or (547, 546),
        TestPacket.IcmpV6 when packet.IsIPv6 => packet.IcmpType is (>= 130 and <= 137) or 143,
        _ => false,
    };

    /// <summary>True for a TCP packet that is not of who began the connection: SYN and ACK, or from a server's port to one that systems give to clients.</summary>
    private static bool IsByAnswerer(TestPacket packet) => packet.Protocol == TestPacket.Tcp
        && (packet.Flags & TestPacket.Rst) == 0
        && ((packet.Flags & TestPacket.Syn) != 0 ? (packet.Flags & TestPacket.Ack) != 0 : packet is { SourcePort: < 32768, DestinationPort: >= 32768 });

    private static Side OppositeOf(Side side) => side with
    {
        Direction = side.Direction == TrafficDirection.Inbound ? TrafficDirection.Outbound : TrafficDirection.Inbound,
    };

    private IEnumerable<MacSecurityGroup> GroupsOf(MacInterface record) => Configuration.Of<MacSecurityGroup>().Where(group => record.SecurityGroup.Contains(group.Name));

    private IEnumerable<IPAddress> AddressesOf(string group) => Configuration.Interfaces
        .Where(member => member.SecurityGroup.Contains(group))
        .SelectMany(member => member.IPAddress.Select(address => address.Address).Concat(member.AddressPair.Select(pair => pair.IPAddress)));

    private bool IsStateful(MacInterface record) => GroupsOf(record).Any(group => !group.IsStateless);

    private ModelFlow? FlowOf(Side side, int vlanId, TestPacket packet) => flows.Find(flow => flow.Has(side, vlanId, packet));

    private bool AdmitsLaterFragment(Side side, int vlanId, TestPacket packet) =>
        !Restricts(side)
        || notes.Exists(note => note.Is(side, vlanId, packet))
        || AdmitsByWalk(side, isStateless: true, packet, destinationPort: null)
        || AdmitsByWalk(side, isStateless: false, packet, destinationPort: null);

    private bool AdmitsByWalk(Side side, bool isStateless, TestPacket packet, int? destinationPort) => AdmitsByWalk(
        side.Record!, side.Direction, isStateless, packet.Protocol, destinationPort, side.Direction == TrafficDirection.Inbound ? packet.Source : packet.Destination);

    private Result Judge(Side side, int vlanId, TestPacket packet)
    {
        bool canBegin = !packet.IsEchoReply && !packet.IsError && (packet.Flags & TestPacket.Rst) == 0;
        bool isAlone = packet.IsIcmp && !packet.IsEchoRequest && !packet.IsEchoReply && !packet.IsError;
        if (IsStateful(side.Record!) && !isAlone && (packet.Quoted is null ? packet : BackOf(packet)) is { } asked && FlowOf(side, vlanId, asked) is { } flow)
        {
            if (flow.Epoch != Epoch)
            {
                JudgeAnew(side, flow);
            }

            if (!flow.IsWithdrawn)
            {
                return packet.IsError ? Result.Passes : Result.GoesOn;
            }

            flow.LastSeen = Now;
            canBegin &= (packet.Flags & (TestPacket.Syn | TestPacket.Ack)) == TestPacket.Syn;
        }

        if (IsByAnswerer(packet))
        {
            var begun = packet.Answer();
            var opposite = OppositeOf(side);
            canBegin &= Restricts(opposite) ? AdmitsByWalk(opposite, isStateless: false, begun, begun.DestinationPort) : IsStateful(side.Record!);
        }

        int? port = packet.HasPorts ? packet.DestinationPort : null;
        bool byStateful = Restricts(side) ? AdmitsByWalk(side, isStateless: false, packet, port) : IsStateful(side.Record!);
        bool byStateless = !Restricts(side) || AdmitsByWalk(side, isStateless: true, packet, port);
        if (byStateful && canBegin)
        {
            return isAlone ? Result.Passes : Result.Begins;
        }

        return byStateless ? Result.Passes : Result.Refused;
    }

    /// <summary>What an error says is said in answer to what it quotes, if it goes to whom it quotes and quotes enough.</summary>
    private static TestPacket? BackOf(TestPacket error)
    {
        var quoted = error.Quoted!;
        int octets = quoted.Protocol switch
        {
            TestPacket.Tcp or TestPacket.Udp when !quoted.IsIPv6 => 4,
            TestPacket.Tcp => 20,
            TestPacket.Gre => 0,
            _ => 8,
        };
        bool isKnown = quoted.Source.Equals(error.Destination)
            && quoted.Fragment is TestPacket.Part.Whole or TestPacket.Part.First
            && (!quoted.IsIcmp || quoted.IsEchoRequest || quoted.IsEchoReply)
            && error.QuotedOctets >= octets;
        return !isKnown ? null : quoted.Answer() with { IcmpType = quoted.IsEchoReply ? (byte)(quoted.IsIPv6 ? 128 : 8) : quoted.Answer().IcmpType };
    }

    private void JudgeAnew(Side side, ModelFlow flow)
    {
        flow.Epoch = Epoch;
        var first = new Side(side.Record, flow.Direction);
        int? port = flow.First.HasPorts ? flow.First.DestinationPort : null;
        bool isAdmitted = Restricts(first) ? AdmitsByWalk(first, isStateless: false, flow.First, port) : IsStateful(side.Record!);
        if (isAdmitted && flow.IsWithdrawn)
        {
            flow.Restart();
            flow.LastSeen = Now;
        }
        else if (!isAdmitted)
        {
            flow.IsWithdrawn = true;
        }
    }

    public enum Result
    {
        Refused,
        Passes,
        GoesOn,
        Begins,
    }

    public sealed record Side(MacInterface? Record, TrafficDirection Direction);
}

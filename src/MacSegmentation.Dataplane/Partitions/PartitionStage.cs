using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Partitions;

/// <summary>
/// Judges each copy of a frame by the policies of the partitions of both its ends, as one list of which the first that matches decides; where none does, the default action of the
/// frame's VLAN stands. What a MAC policy has decided is decided.
/// </summary>
/// <remarks>
/// <para>The source is the record of the port that the frame came in by, or else the record that has its source address; the destination likewise.</para>
/// <para>
/// Replies of what was admitted pass: a flow is remembered at the port of the one who began it, if a policy could refuse its replies. Who began it is judged with each packet, by the tables
/// of now; the replies of a flow of former tables are judged anew by what began it.
/// </para>
/// <para>ARP, neighbour discovery and DHCP pass unless a policy names them by EtherType, by ICMPv6, or by UDP with a port.</para>
/// </remarks>
/// <param name="ports">The ports.</param>
/// <param name="flowLimit">Flows that are remembered.</param>
internal sealed class PartitionStage(IReadOnlyList<SwitchPort> ports, int flowLimit) : FrameStage
{
    /// <summary>A policy of a partition refuses the frame.</summary>
    public static readonly VerdictReason Refused = VerdictReason.Define("Partition", "policy of a partition");

    /// <summary>A policy redirects the frame to a port that the enforcer does not have.</summary>
    public static readonly VerdictReason RedirectTargetMissing = VerdictReason.Define(nameof(RedirectTargetMissing), "redirected to a port that is not there");

    private const int SweepPlaces = 32;
    private const int FlowsPerFragment = 8;
    private const int MinFragments = 64;

    private readonly Dictionary<string, int> portOf = NamesOf(ports);
    private readonly List<SwitchPort> mirrors = [];
    private FlowTable? flows;
    private FlowTable? fragments;
    private PartitionTable table = PartitionTable.Empty;
    private int[] classOfPort = new int[ports.Count];
    private long epoch;
    private CompiledPolicy? decided;

    public override string Name => "Partition";

    /// <summary>False if there are no partitions: the stage then does nothing.</summary>
    public bool IsActive => table.IsActive;

    /// <summary>The active table.</summary>
    public PartitionTable Table => table;

    /// <summary>Flows that are remembered.</summary>
    public int FlowCount => flows?.Count ?? 0;

    /// <summary>Ports that the copies of the present frame are to be copied to.</summary>
    public IReadOnlyList<SwitchPort> Mirrors => mirrors;

    /// <summary>Begins the copies of another frame.</summary>
    public void Begin() => mirrors.Clear();

    /// <summary>Judges the copy that is about to leave by a port.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="to">The port; another one if a policy redirects the copy.</param>
    /// <param name="refusal">Why it may not leave; not to be used if it may.</param>
    public bool Judge(in FrameContext frame, ref SwitchPort to, out Verdict refusal)
    {
        decided = null;
        refusal = frame.Verdict;
        if (!table.IsActive || frame.Verdict.IsByPolicy)
        {
            return frame.Verdict.Action == PolicyAction.Allow;
        }

        int vlanId = frame.Header.VlanId;
        int from = SourceClass(frame);
        int target = TargetClass(frame, to);
        var ahead = table.PairOf(from, target, vlanId);
        var back = table.PairOf(target, from, vlanId);
        return ahead.Policies.Length + back.Policies.Length == 0
            ? frame.Verdict.Action == PolicyAction.Allow
            : JudgeBy(ahead, back, frame, ref to, out refusal);
    }

    public override Action? Prepare(EnforcerTables next)
    {
        var made = PartitionTable.Prepare(next, table, portOf);
        if (ReferenceEquals(made, table) && !made.IsActive)
        {
            return null;
        }

        int[] ofPorts = [.. next.Records.Select(made.ClassOf)];
        bool isSame = ReferenceEquals(made, table) && ofPorts.AsSpan().SequenceEqual(classOfPort);
        if (isSame)
        {
            return null;
        }

        var flowTable = flows ?? (made.IsActive ? new FlowTable(flowLimit, FlowSeed.Random()) : null);
        var notes = fragments ?? (made.IsActive ? new FlowTable(Math.Max(flowLimit / FlowsPerFragment, MinFragments), FlowSeed.Random()) : null);
        return () =>
        {
            table = made;
            classOfPort = ofPorts;
            flows = flowTable;
            fragments = notes;
            epoch++;
        };
    }

    public override void Reset()
    {
        flows?.Clear();
        fragments?.Clear();
    }

    public override void Sweep(long now)
    {
        flows?.Sweep(SweepPlaces, now);
        fragments?.Sweep(SweepPlaces, now);
    }

    public override string? DescribePassage(in FrameContext frame) => !table.IsActive ? null : Describe(frame);

    public override string? DescribeRefusal(in FrameContext frame) => Describe(frame);

    private static Dictionary<string, int> NamesOf(IReadOnlyList<SwitchPort> ports)
    {
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var port in ports)
        {
            names.TryAdd(port.Settings.MacInterface ?? port.Name, port.Index);
            names.TryAdd(port.Name, port.Index);
        }

        return names;
    }

    private int SourceClass(in FrameContext frame) => classOfPort[frame.Port.Index] is var own and not 0 ? own
        : frame.Port.Settings.MacInterface is null ? table.ClassOf(frame.Header.VlanId, frame.Header.Source) : 0;

    private int TargetClass(in FrameContext frame, SwitchPort to) => classOfPort[to.Index] is var own and not 0 ? own
        : to.Settings.MacInterface is null ? table.ClassOf(frame.Header.VlanId, frame.Header.Destination) : 0;

    private bool JudgeBy(ClassPair ahead, ClassPair back, in FrameContext frame, ref SwitchPort to, out Verdict refusal)
    {
        ref readonly var packet = ref frame.Packet;
        refusal = default;
        bool isIP = packet.Network is NetworkProtocol.IPv4 or NetworkProtocol.IPv6;
        bool isNeeded = packet.Network == NetworkProtocol.Arp || (isIP && GroupFilter.IsAlwaysAdmitted(packet));
        bool isLaterFragment = isIP && packet.IsFragment && !packet.IsFirstFragment;
        if (isIP && !isLaterFragment && packet.State != PacketState.Complete && ahead.HasProtocols)
        {
            refusal = Verdict.Denied(PacketReasons.TruncatedHeader);
            return false;
        }

        if (isLaterFragment && (ahead.HasPorts || back.Restricts))
        {
            return IsNoted(frame, to) || Refuse(Verdict.Denied(PacketReasons.FragmentNotAllowed), out refusal);
        }

        decided = Decide(ahead, frame, isNeeded);
        if (isNeeded && decided is null)
        {
            return true;
        }

        var action = decided?.Action ?? (frame.Verdict.Action == PolicyAction.Allow ? PartitionAction.Allow : PartitionAction.Deny);
        if (action is PartitionAction.Allow or PartitionAction.Redirect)
        {
            return (!back.Restricts || !isIP || isNeeded || TryRemember(frame, to))
                ? action == PartitionAction.Allow || TryRedirect(frame, ref to, out refusal)
                : Refuse(Verdict.Denied(SecurityGroupStage.FlowTableFull), out refusal);
        }

        if (isIP && !isNeeded && IsReply(back, frame, to))
        {
            return true;
        }

        return Refuse(decided is null ? frame.Verdict : action == PartitionAction.Drop ? Verdict.Dropped(Refused) : Verdict.Denied(Refused), out refusal);
    }

    private static bool Refuse(Verdict verdict, out Verdict refusal)
    {
        refusal = verdict;
        return false;
    }

    /// <summary>The first policy that matches; those that copy, and those that are staged, do their work in passing.</summary>
    private CompiledPolicy? Decide(ClassPair pair, in FrameContext frame, bool isNeeded)
    {
        ref readonly var packet = ref frame.Packet;
        int upper = packet.Network is NetworkProtocol.IPv4 or NetworkProtocol.IPv6 ? packet.Protocol : -1;
        bool isStagedTold = false;
        foreach (var policy in pair.Policies)
        {
            if (!policy.Matches(packet.EtherType, upper, packet.DestinationPort) || (isNeeded && !policy.Names(packet.EtherType)))
            {
                continue;
            }

            if (policy.IsStaged)
            {
                policy.Tally.Frames += isStagedTold ? 0 : 1;
                isStagedTold |= policy.Action != PartitionAction.Mirror;
            }
            else if (policy.Action == PartitionAction.Mirror)
            {
                policy.Tally.Frames++;
                Mirror(policy, frame);
            }
            else
            {
                policy.Tally.Frames++;
                return policy;
            }
        }

        return null;
    }

    private void Mirror(CompiledPolicy policy, in FrameContext frame)
    {
        if (policy.Port >= 0 && policy.Port != frame.Port.Index && !mirrors.Contains(ports[policy.Port]))
        {
            mirrors.Add(ports[policy.Port]);
        }
    }

    private bool TryRedirect(in FrameContext frame, ref SwitchPort to, out Verdict refusal)
    {
        refusal = default;
        int port = decided!.Port;
        if (port < 0 || port == frame.Port.Index)
        {
            return Refuse(Verdict.Dropped(RedirectTargetMissing), out refusal);
        }

        to = ports[port];
        return true;
    }

    /// <summary>Remembers the flow that a packet begins or goes on with; false if there is no room for one more.</summary>
    private bool TryRemember(in FrameContext frame, SwitchPort to)
    {
        ref readonly var packet = ref frame.Packet;
        var flow = PacketFlow.Of(packet, frame.Bytes, frame.Header.VlanId);
        if (!flow.IsKnown || flow.IsError)
        {
            return true;
        }

        uint own = (uint)frame.Port.Index;
        long now = frame.Timestamp;
        var key = flow.At(own, TrafficDirection.Outbound);
        int place = flows!.Find(key, now);
        if (place == FlowTable.None)
        {
            if (flow.StartOf(packet) != FlowStart.Flow || flows.Find(flow.At((uint)to.Index, TrafficDirection.Inbound), now) != FlowTable.None)
            {
                return !packet.IsFragment || TryNote(frame, own, now);
            }

            if (!flows.TryMakeRoom(1, now) || !flows.HasShare(own, 1, now))
            {
                return false;
            }

            ref var begun = ref flows.Add(key);
            begun.State = FlowProgress.Begin(flow.Protocol, flow.IsEcho);
            begun.BeganOutbound = true;
            place = flows.Find(key, long.MinValue);
        }

        ref var known = ref flows[place];
        known.Epoch = epoch;
        known.State = FlowProgress.Next(known.State, isAnswer: false, packet.TcpFlags);
        known.Expires = now + FlowProgress.Timeout(known.State);
        return !packet.IsFragment || TryNote(frame, own, now);
    }

    /// <summary>True if a packet that no policy admits by itself is a reply to what was admitted.</summary>
    private bool IsReply(ClassPair back, in FrameContext frame, SwitchPort to)
    {
        ref readonly var packet = ref frame.Packet;
        var flow = PacketFlow.Of(packet, frame.Bytes, frame.Header.VlanId);
        if (!flow.IsKnown)
        {
            return false;
        }

        long now = frame.Timestamp;
        int place = flows!.Find(flow.At((uint)to.Index, TrafficDirection.Inbound), now);
        if (place == FlowTable.None)
        {
            // An error may be about a reply; and of a connection that is older than this switch the answer may come first.
            return (flow.IsError && flows.Find(flow.At((uint)frame.Port.Index, TrafficDirection.Outbound), now) != FlowTable.None)
                || (flow.StartOf(packet) == FlowStart.Answer && Admits(back, packet, packet.SourcePort));
        }

        ref var known = ref flows[place];
        if (known.Epoch != epoch)
        {
            if (!Admits(back, packet, (ushort)known.Key.FarEnd))
            {
                flows.Remove(place);
                return false;
            }

            known.Epoch = epoch;
        }

        if (!flow.IsError)
        {
            known.State = FlowProgress.Next(known.State, isAnswer: true, packet.TcpFlags);
            known.Expires = now + FlowProgress.Timeout(known.State);
        }

        return !packet.IsFragment || TryNote(frame, (uint)frame.Port.Index, now);
    }

    /// <summary>True if the policies admit what a packet answers.</summary>
    private static bool Admits(ClassPair pair, in PacketHeader packet, ushort destinationPort)
    {
        foreach (var policy in pair.Policies)
        {
            if (!policy.IsStaged && policy.Action != PartitionAction.Mirror && policy.Matches(packet.EtherType, packet.Protocol, destinationPort))
            {
                return policy.Action is PartitionAction.Allow or PartitionAction.Redirect;
            }
        }

        return pair.Policies.Length == 0;
    }

    private bool TryNote(in FrameContext frame, uint port, long now)
    {
        var key = PacketFlow.FragmentAt(frame.Packet, frame.Header.VlanId, port, TrafficDirection.Outbound);
        if (fragments!.Find(key, now) == FlowTable.None)
        {
            if (!fragments.TryMakeRoom(1, now) || !fragments.HasShare(port, 1, now))
            {
                return false;
            }

            ref var note = ref fragments.Add(key);
            note.State = FlowState.Fragment;
            note.Expires = now + FlowProgress.Fragment;
        }

        return true;
    }

    private bool IsNoted(in FrameContext frame, SwitchPort to) =>
        fragments!.Find(PacketFlow.FragmentAt(frame.Packet, frame.Header.VlanId, (uint)frame.Port.Index, TrafficDirection.Outbound), frame.Timestamp) != FlowTable.None && to.Index >= 0;

    /// <summary>The rule, and the partitions of both ends at this moment.</summary>
    private string Describe(in FrameContext frame)
    {
        var to = frame.To;
        string ends = $"from {Ends(SourceClass(frame), frame.Port)} to {(to is null ? "several ports" : Ends(TargetClass(frame, to), to))}";
        return decided is { } policy ? $"Policy {policy.Policy.PolicyId} of partition '{policy.Policy.Partition}' ({policy.Policy}), {ends}." : $"No policy of a partition decides, {ends}.";
    }

    private string Ends(int number, SwitchPort port)
    {
        string partitions = string.Join(", ", table.NamesOf(number));
        string tags = port.Record is { Tag.Count: > 0 } record ? $" tagged {string.Join(", ", record.Tag)}" : string.Empty;
        return partitions.Length == 0 ? $"{port.DisplayName}{tags} in no partition" : $"{port.DisplayName}{tags} in {partitions}";
    }
}

using MacSegmentation.Carriers;
using MacSegmentation.Flows;
using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Partitions;

/// <summary>
/// Judges each copy of a frame by the policies of the partitions of both its ends, as one list of which the first that matches decides; where none does, the default action of the
/// frame's VLAN stands. What a MAC policy has decided is decided.
/// </summary>
/// <remarks>
/// <para>
/// The source is the record of the port that the frame came in by; or else the partition whose number its carrier brought, if there is one; or else the record that has its source address. The destination is
/// the record of its port, or else that of its address.
/// </para>
/// <para>What its carrier says was judged already is not judged again; but its flow is remembered, so that its replies pass here as well.</para>
/// <para>
/// Replies of what was admitted pass: a flow is remembered at the port of the one who began it, if a policy could refuse its replies. Who began it is judged with each packet, by the tables
/// of now; the replies of a flow of former tables are judged anew by what began it.
/// </para>
/// <para>ARP, neighbour discovery and DHCP pass unless a policy names them by EtherType, by ICMPv6, or by UDP with a port.</para>
/// </remarks>
/// <param name="ports">The ports.</param>
/// <param name="numbers">What flows are known by at each port.</param>
/// <param name="flows">The flows that were admitted.</param>
internal sealed class PartitionStage(IReadOnlyList<SwitchPort> ports, uint[] numbers, PartitionFlows flows) : FrameStage
{
    /// <summary>A policy of a partition refuses the frame.</summary>
    public static readonly VerdictReason Refused = VerdictReason.Define("Partition", "policy of a partition");

    /// <summary>A policy of a partition admits what the default action of the frame's VLAN would not.</summary>
    public static readonly VerdictReason ByPartition = VerdictReason.Define("AdmittedByPartition", "admitted by a policy of a partition");

    /// <summary>A policy redirects the frame to a port that the enforcer does not have.</summary>
    public static readonly VerdictReason RedirectTargetMissing = VerdictReason.Define(nameof(RedirectTargetMissing), "redirected to a port that is not there");

    private readonly Dictionary<string, int> portOf = NamesOf(ports);
    private readonly List<SwitchPort> mirrors = [];
    private readonly bool readsIds = ports.Any(port => port.CarriesPartition);
    private PartitionTable table = PartitionTable.Empty;
    private int[] classOfPort = new int[ports.Count];
    private uint epoch;
    private CompiledPolicy? decided;

    public override string Name => "Partition";

    /// <summary>False if there are no partitions: the stage then does nothing.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The active table.</summary>
    public PartitionTable Table => table;

    /// <summary>Flows that are remembered; some of them may have expired unnoticed.</summary>
    public int FlowCount => flows.Count;

    /// <summary>Ports that the copies of the present frame are to be copied to.</summary>
    public IReadOnlyList<SwitchPort> Mirrors => mirrors;

    /// <summary>Frames by policy; from any thread.</summary>
    public IEnumerable<PartitionHits> ReadHits() => Volatile.Read(ref table).ReadHits();

    /// <summary>Begins the copies of another frame.</summary>
    public void Begin() => mirrors.Clear();

    /// <summary>Judges the copy that is about to leave by a port. Not to be called while there are no partitions.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="to">The port; another one if a policy redirects the copy.</param>
    /// <param name="refusal">Why it may not leave; not to be used if it may.</param>
    public bool Judge(in FrameContext frame, ref SwitchPort to, out Verdict refusal)
    {
        decided = null;
        refusal = frame.Verdict;
        if (frame.Verdict.IsByPolicy)
        {
            return frame.Verdict.Action == PolicyAction.Allow;
        }

        int vlanId = frame.Header.VlanId;
        int from = SourceClass(frame);
        int target = TargetClass(frame, to);
        var relation = table.RelationOf(from, target, vlanId);
        if (frame.IsApplied)
        {
            return JudgeByFlow(relation, frame, to, isAllowed: true, out refusal);
        }

        bool isOpen = frame.Verdict.Action == PolicyAction.Allow;
        return relation.IsEmpty
            ? HasCarriedReplies(frame, to) ? JudgeByFlow(relation, frame, to, isOpen, out refusal) : isOpen
            : JudgeBy(relation.Ahead, relation.Back, frame, ref to, out refusal);
    }

    /// <summary>What a port's carrier takes along with a copy: the number of the partition that the frame comes from, and whether it was judged for both its ends.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="to">The port.</param>
    public uint TagOf(in FrameContext frame, SwitchPort to)
    {
        var carried = PartitionTag.Of(frame.CarrierTag);
        int own = classOfPort[frame.Port.Index];
        ushort id = own != 0 ? table.IdOf(own)
            : frame.Port.Settings.MacInterface is not null ? (ushort)0
            : carried.Id != 0 ? carried.Id
            : table.IdOf(table.ClassOf(frame.Header.VlanId, frame.Header.Source));
        bool isJudged = carried.IsApplied || (IsActive && !frame.Verdict.IsByPolicy && TargetClass(frame, to) != 0);
        return new PartitionTag(id, isJudged, carried.IsNotLearned).Value;
    }

    public override Action? Prepare(EnforcerTables next)
    {
        var made = PartitionTable.Prepare(next, table, portOf, readsIds);
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

        if (made.IsActive)
        {
            flows.Make();
        }

        return () =>
        {
            table = made;
            IsActive = made.IsActive;
            classOfPort = ofPorts;
            epoch++;
        };
    }

    public override void Reset() => flows.Clear();

    public override void Sweep(long now) => flows.Sweep(now);

    public override string? DescribePassage(in FrameContext frame) => !IsActive ? null : Describe(frame);

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
        : frame.Port.Settings.MacInterface is not null ? 0
        : (ushort)frame.CarrierTag is var id and not 0 && table.ClassOf(id) is var carried and not 0 ? carried
        : table.ClassOf(frame.Header.VlanId, frame.Header.Source);

    private int TargetClass(in FrameContext frame, SwitchPort to) => classOfPort[to.Index] is var own and not 0 ? own
        : to.Settings.MacInterface is null ? table.ClassOf(frame.Header.VlanId, frame.Header.Destination) : 0;

    private bool JudgeBy(ClassPair ahead, ClassPair back, in FrameContext frame, ref SwitchPort to, out Verdict refusal)
    {
        ref readonly var packet = ref frame.Packet;
        refusal = default;
        bool isIP = packet.Network is NetworkProtocol.IPv4 or NetworkProtocol.IPv6;
        bool isNeeded = packet.Network == NetworkProtocol.Arp || (isIP && NetworkControl.Is(packet));
        bool isLaterFragment = isIP && packet.IsFragment && !packet.IsFirstFragment;
        if (isIP && !isLaterFragment && packet.State != PacketState.Complete && ahead.HasProtocols)
        {
            refusal = Verdict.Denied(PacketReasons.TruncatedHeader);
            return false;
        }

        if (isLaterFragment && ahead.HasPorts)
        {
            return flows.IsNoted(packet, frame.Header.VlanId, numbers[frame.Port.Index], frame.Timestamp) || Refuse(Verdict.Denied(PacketReasons.FragmentNotAllowed), out refusal);
        }

        decided = Decide(ahead, frame, isNeeded);
        if (isNeeded && decided is null)
        {
            return true;
        }

        var action = decided?.Action ?? (frame.Verdict.Action == PolicyAction.Allow ? PartitionAction.Allow : PartitionAction.Deny);
        if (action is PartitionAction.Allow or PartitionAction.Redirect)
        {
            return !isIP || isNeeded || isLaterFragment || TryRemember(ahead, back, frame, to)
                ? action == PartitionAction.Allow || TryRedirect(frame, ref to, out refusal)
                : Refuse(Verdict.Denied(PacketReasons.FlowTableFull), out refusal);
        }

        if (isIP && !isNeeded && (isLaterFragment ? flows.IsNoted(packet, frame.Header.VlanId, numbers[frame.Port.Index], frame.Timestamp) : IsReply(back, frame, to)))
        {
            return true;
        }

        return Refuse(decided is null ? frame.Verdict : action == PartitionAction.Drop ? Verdict.Dropped(Refused) : Verdict.Denied(Refused), out refusal);
    }

    /// <summary>A frame over which no policy decides here: what is allowed passes, and its flow is remembered; what is not, only as a reply.</summary>
    private bool JudgeByFlow(ClassRelation relation, in FrameContext frame, SwitchPort to, bool isAllowed, out Verdict refusal)
    {
        ref readonly var packet = ref frame.Packet;
        refusal = frame.Verdict;
        bool hasFlow = packet is { Network: NetworkProtocol.IPv4 or NetworkProtocol.IPv6, State: PacketState.Complete }
            && (!packet.IsFragment || packet.IsFirstFragment) && !NetworkControl.Is(packet);

        // What goes on with a flow that is remembered the other way is a reply, and none of its own.
        return !hasFlow ? isAllowed
            : IsReply(relation.Back, frame, to)
                || (isAllowed && (TryRemember(relation.Ahead, relation.Back, frame, to) || Refuse(Verdict.Denied(PacketReasons.FlowTableFull), out refusal)));
    }

    /// <summary>True if a carrier says what the replies are judged by: another class, perhaps, than the address has that a frame is for.</summary>
    private static bool HasCarriedReplies(in FrameContext frame, SwitchPort to) => to.CarriesPartition || frame.Port.CarriesPartition;

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
        if (!isNeeded && pair.TryDecide(upper, out var sole))
        {
            if (sole is not null)
            {
                sole.Tally.Frames++;
            }

            return sole;
        }

        foreach (var policy in pair.Mirrors)
        {
            if (policy.Matches(packet.EtherType, upper, packet.DestinationPort))
            {
                policy.Tally.Frames++;
                Mirror(policy, frame);
            }
        }

        bool isStagedTold = false;
        foreach (var policy in pair.Policies)
        {
            if (!policy.Matches(packet.EtherType, upper, packet.DestinationPort) || (isNeeded && !policy.Names(packet.EtherType)))
            {
                continue;
            }

            policy.Tally.Frames += policy.IsStaged && isStagedTold ? 0 : 1;
            isStagedTold = true;
            if (!policy.IsStaged)
            {
                return policy;
            }
        }

        return null;
    }

    private void Mirror(CompiledPolicy policy, in FrameContext frame)
    {
        if (!policy.IsStaged && policy.Port >= 0 && policy.Port != frame.Port.Index && !mirrors.Contains(ports[policy.Port]))
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

    /// <summary>Remembers the flow that a packet begins or goes on with, if its replies may be refused; false if there is no room for one more.</summary>
    private bool TryRemember(ClassPair ahead, ClassPair back, in FrameContext frame, SwitchPort to)
    {
        ref readonly var packet = ref frame.Packet;
        if (packet.IsFragment && ahead.HasPorts && !flows.TryNote(packet, frame.Header.VlanId, numbers[frame.Port.Index], frame.Timestamp))
        {
            return false;
        }

        // Most replies the policies admit by themselves.
        if (!HasCarriedReplies(frame, to) && back.Admits(packet.EtherType, packet.Protocol, packet.SourcePort))
        {
            return true;
        }

        PacketFlow.Read(frame.Packet, frame.Bytes, frame.Header.VlanId, out var flow);
        return !flow.IsKnown
            || flow.IsError
            || flows.TryRemember(frame.Packet, flow, frame.Header.VlanId, numbers[frame.Port.Index], numbers[to.Index], epoch, frame.Timestamp);
    }

    private bool IsReply(ClassPair back, in FrameContext frame, SwitchPort to)
    {
        PacketFlow.Read(frame.Packet, frame.Bytes, frame.Header.VlanId, out var flow);
        return flow.IsKnown && flows.IsReply(frame.Packet, flow, frame.Header.VlanId, numbers[frame.Port.Index], numbers[to.Index], back, epoch, frame.Timestamp);
    }

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

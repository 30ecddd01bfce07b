using System.Runtime.CompilerServices;
using MacSegmentation.Events;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.Ingress;
using MacSegmentation.Ownership;
using MacSegmentation.Partitions;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.PortSecurity;
using MacSegmentation.Queues;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.StormControl;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Switch;

/// <summary>The way of a frame: the list of stages, and what each does with the frame is in the stage's own folder.</summary>
/// <remarks>
/// <code>
/// Receive         may the frame come in by this port?                 Drop       Truncated, Malformed, VlanNotAllowed, ...
/// PortSecurity    is it from addresses of the port's record?          Deny       SourceMacNotAllowed ... ArpRateLimit
/// IngressQueue    may it go on now?                                   Drop       IngressQueueFull, IngressQueueFlushed
/// Learning        may its source be behind this port?                 Deny       AddressHeldElsewhere, PortAddressLimit, ForwardingTableFull
/// Policy          what does the first policy that matches say?        Deny/Drop  Policy, DefaultAction, UnknownVlan
/// Responder       is it a question that the switch can answer?        (Answered)
/// Lookup          behind which ports is its destination?              Drop       SamePort, NoDestination
/// StormControl    is there room for one more frame to flood?          Deny       StormLimit
/// and for each copy:
/// Partition       do the partitions of both sides admit it?           Deny/Drop  Partition, DefaultAction, RedirectTargetMissing, ...
/// SecurityGroup   do the groups of both sides admit it?               Deny       SecurityGroup, FlowTableFull, TruncatedHeader, FragmentNotAllowed
/// Send            does the port take it, as what it is?               Drop       InnerTag, SendFailed
/// </code>
/// What no MAC policy has decided, a partition's policy may; else the default action of the VLAN stands. A copy that is redirected leaves by another port, whose groups are not asked.
/// A bump in the wire has no learning, responder, lookup and storm control: its frames leave by the one other port.
/// </remarks>
internal sealed class FramePipeline<TKind>
    where TKind : struct, IPipelineKind
{
    private readonly SwitchPort[] ports;
    private readonly ReceiveStage receive;
    private readonly PortSecurityStage portSecurity;
    private readonly IngressQueueStage ingressQueue;
    private readonly LearningStage? learning;
    private readonly PolicyStage policy = new();
    private readonly ResponderStage? responder;
    private readonly LookupStage? lookup;
    private readonly StormControlStage? stormControl;
    private readonly PartitionStage partitions;
    private readonly SecurityGroupStage groups;
    private readonly SendStage send = new();
    private readonly EgressTagger tagger = new();
    private readonly FrameStage[] stages;
    private readonly IPrepared[] prepared;

    /// <summary>False where no stage but that of partitions asks for more than addresses and VLAN.</summary>
    private readonly bool hasRecords = true;
    private EnforcerTables? active;
    private PacketHeader packet;

    /// <summary>Creates the pipeline of a switch.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="options">How it works.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="clock">What queues go by.</param>
    public FramePipeline(SwitchPort[] ports, SwitchOptions options, EnforcerEventQueue events, QueueClock clock)
    {
        this.ports = ports;
        int[] limits = [.. ports.Select(port => port.Settings.AddressLimit > 0 ? port.Settings.AddressLimit : port.Settings.IsUplink ? options.AddressLimit : SwitchPortSettings.DefaultAddressLimit)];
        Fdb = new FilteringDatabase(ports, new ForwardingTable(options.AddressLimit, (long)options.AgeingTime.TotalNanoseconds, limits, [.. ports.Select(port => port.Settings.IsUplink)]));
        receive = new ReceiveStage(ports, new ReceiveRules(ForwardsLinkLocal: options.ForwardLinkLocal), Forget);
        portSecurity = new PortSecurityStage(ports, Owners, Fdb);
        ingressQueue = new IngressQueueStage(ports, clock);
        learning = new LearningStage(Fdb, Owners, ports, events);
        responder = new ResponderStage(ports, Fdb, Owners, policy, SendAnswer);
        lookup = new LookupStage(Fdb, ports, options.FloodUnknownUnicast, (long)options.LearningPeriod.TotalNanoseconds);
        stormControl = new StormControlStage(ports);
        partitions = new PartitionStage(ports, [.. ports.Select(port => (uint)port.Index)], new PartitionFlows(options.FlowLimit, isShared: false));
        groups = new SecurityGroupStage(ports, new GroupFilter(options.FlowLimit, FlowSeed.Random()));
        stages = [receive, portSecurity, ingressQueue, learning, policy, responder, lookup, stormControl, partitions, groups, send];
        prepared = [Fdb, .. stages];
    }

    /// <summary>Creates the pipeline of one direction of a bump in the wire.</summary>
    /// <param name="from">Where frames come in.</param>
    /// <param name="to">Where they leave.</param>
    /// <param name="rules">What is taken in.</param>
    /// <param name="clock">What queues go by.</param>
    /// <param name="numbers">What flows are known by at both ends.</param>
    /// <param name="flows">The flows that partitions have admitted, in either direction.</param>
    public FramePipeline(SwitchPort from, SwitchPort to, ReceiveRules rules, QueueClock clock, uint[] numbers, PartitionFlows flows)
    {
        ports = [from, to];
        hasRecords = Array.Exists(ports, port => port.Settings.MacInterface is not null);
        Fdb = new FilteringDatabase(ports, new ForwardingTable(limit: 1, ageingTime: 0, [1, 1]));
        receive = new ReceiveStage(ports, rules, static _ => { });
        portSecurity = new PortSecurityStage(ports, owners: null, fdb: null);
        ingressQueue = new IngressQueueStage(ports, clock);

        // Without records no flow is ever remembered: no memory for them, and no library of random numbers loaded for their seed.
        partitions = new PartitionStage(ports, numbers, flows);
        groups = new SecurityGroupStage(ports, hasRecords ? new GroupFilter(FlowTable.DefaultCapacity, FlowSeed.Random()) : new GroupFilter(1, FlowSeed.From(0)));
        stages = [receive, portSecurity, ingressQueue, policy, partitions, groups, send];
        prepared = [.. stages];
    }

    /// <summary>The stages, in the sequence that a frame passes them.</summary>
    public IReadOnlyList<FrameStage> Stages => stages;

    /// <summary>Where the headers of the frame that is on its way lie.</summary>
    public ref PacketHeader Packet => ref packet;

    /// <summary>Where addresses are.</summary>
    public FilteringDatabase Fdb { get; }

    /// <summary>Who holds the addresses that may move.</summary>
    public AddressOwners Owners { get; } = new();

    /// <summary>The MAC policies.</summary>
    public PolicyStage Policy => policy;

    /// <summary>The flows that security groups remember.</summary>
    public GroupFilter Flows => groups.Filter;

    /// <summary>The partitions.</summary>
    public PartitionStage Partitions => partitions;

    private bool ReadsPackets => hasRecords || partitions.IsActive;

    /// <summary>Takes a frame from the port that it came in by to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<TTrace>(ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (!TKind.IsSwitch)
        {
            _ = Told(receive, receive.JudgeOnWire(ref frame), ref frame, ref trace)
                && Told(portSecurity, !ReadsPackets || (Read(ref frame) && portSecurity.Judge(ref frame)), ref frame, ref trace)
                && Told(ingressQueue, ingressQueue.Judge(ref frame), ref frame, ref trace)
                && GoOn(ref frame, ref trace);
            return;
        }

        _ = Told(receive, receive.Judge(ref frame, admitsCut: TTrace.IsOn), ref frame, ref trace)
            && Read(ref frame)
            && Told(portSecurity, portSecurity.Judge(ref frame), ref frame, ref trace)
            && Told(ingressQueue, ingressQueue.Judge(ref frame), ref frame, ref trace)
            && GoOn(ref frame, ref trace);
    }

    /// <summary>Takes a frame that has waited in its port's ingress queue to its end, by the tables of now.</summary>
    public void Resume(ref FrameContext frame)
    {
        var none = default(NoTrace);
        _ = (!ReadsPackets || Read(ref frame)) && GoOn(ref frame, ref none);
    }

    /// <summary>Compiles a configuration beside the frames.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="policies">Its compiled policies.</param>
    /// <returns>What puts it in force, all stages together, between two frames.</returns>
    public Action Prepare(ConfigurationSnapshot snapshot, DecisionTable policies)
    {
        var next = EnforcerTables.Of(snapshot, policies, ports, active);
        Action[] commits = [.. prepared.Select(part => part.Prepare(next)).OfType<Action>()];
        return () =>
        {
            Array.ForEach(commits, commit => commit());
            active = next;
        };
    }

    /// <summary>A port that is down has nobody behind it.</summary>
    public void Forget(int port)
    {
        foreach (var stage in stages)
        {
            stage.Forget(port);
        }
    }

    /// <summary>Takes in that a port is up or down. Behind one that has come up may be stations that nobody has heard yet; behind one that is down is nobody.</summary>
    /// <param name="port">The port.</param>
    /// <param name="isUp">True if it is up.</param>
    /// <param name="now">Nanoseconds since 1970.</param>
    public void SetUp(SwitchPort port, bool isUp, long now)
    {
        port.IsUp = isUp;
        if (isUp)
        {
            lookup?.BeginLearning(port.Index, now);
        }
        else
        {
            Forget(port.Index);
        }
    }

    /// <summary>Forgets all that frames have shown.</summary>
    public void Reset()
    {
        foreach (var stage in stages)
        {
            stage.Reset();
        }
    }

    /// <summary>Lets go of what has aged.</summary>
    public void Sweep(long now)
    {
        foreach (var stage in stages)
        {
            stage.Sweep(now);
        }
    }

    /// <summary>The way behind the ingress queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool GoOn<TTrace>(ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (!TKind.IsSwitch)
        {
            return Told(policy, policy.Judge(ref frame), ref frame, ref trace) && DeliverOnWire(ref frame, ref trace);
        }

        return Told(learning!, learning!.Judge(ref frame), ref frame, ref trace)
            && Told(policy, policy.Judge(ref frame), ref frame, ref trace)
            && Told(responder!, responder!.Judge(ref frame), ref frame, ref trace)
            && Told(lookup!, lookup!.Judge(ref frame), ref frame, ref trace)
            && Told(stormControl!, stormControl!.Judge(ref frame), ref frame, ref trace)
            && Deliver(ref frame, ref trace);
    }

    private static bool Read(ref FrameContext frame)
    {
        PacketHeader.Read(frame.Bytes, frame.OriginalLength, out frame.Packet);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Told<TTrace>(FrameStage stage, bool goesOn, ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (TTrace.IsOn)
        {
            trace.Note(stage, goesOn, frame);
        }

        return goesOn;
    }

    /// <summary>Sends a frame as it came by the one other port.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool DeliverOnWire<TTrace>(ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        var to = ports[1];
        frame.To = to;
        VerdictReason refusal = default;
        if (partitions.IsActive && !JudgePartitions(ref to, ref frame, ref trace))
        {
            ports[1].Egress.FramesRefused++;
            return frame.End(partitions, frame.Verdict);
        }

        if (!Told(groups, !hasRecords || groups.Judge(frame, to, out refusal) || frame.Deny(groups, refusal), ref frame, ref trace))
        {
            to.Egress.FramesRefused++;
            return false;
        }

        return Told(send, SendStage.Send(to, frame.Frame) || frame.Drop(send, SendStage.SendFailed), ref frame, ref trace);
    }

    /// <summary>Judges the one copy of a frame on a wire; its verdict is the frame's.</summary>
    private bool JudgePartitions<TTrace>(ref SwitchPort to, ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        partitions.Begin();
        bool isAdmitted = partitions.Judge(frame, ref to, out var verdict);
        if (!isAdmitted || frame.Verdict.Action != PolicyAction.Allow)
        {
            frame.Verdict = isAdmitted ? Verdict.Allowed(PartitionStage.ByPartition) : verdict;
        }

        return Told(partitions, isAdmitted, ref frame, ref trace);
    }

    /// <summary>Sends a frame to all ports that it is for.</summary>
    private bool Deliver<TTrace>(ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        tagger.Begin();
        if (partitions.IsActive)
        {
            partitions.Begin();
        }

        var delivery = default(Delivery);
        if (frame.Egress.Port >= 0)
        {
            Copy(ports[frame.Egress.Port], ref frame, ref delivery, ref trace);
        }
        else
        {
            foreach (int port in frame.Egress.Ports ?? [])
            {
                if (port != frame.Port.Index)
                {
                    Copy(ports[port], ref frame, ref delivery, ref trace);
                }
            }

            if (frame.Egress.ToAll || frame.Egress.ToUplinks)
            {
                Flood(ref frame, ref delivery, ref trace);
            }
        }

        return !partitions.IsActive || (frame.Verdict.Action == PolicyAction.Allow && partitions.Mirrors.Count == 0)
            ? delivery.IsSent || delivery.Conclude(ref frame, lookup!, send, ref trace)
            : ConcludeByPartitions(ref frame, ref delivery, ref trace);
    }

    /// <summary>What partitions have to do with a frame beside its copies: to copy it, and to let it pass though the default action of its VLAN would not.</summary>
    private bool ConcludeByPartitions<TTrace>(ref FrameContext frame, ref Delivery delivery, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        foreach (var mirror in partitions.Mirrors)
        {
            _ = SendStage.Send(mirror, tagger.Shape(frame.Frame, frame.Header, mirror.TagTypeOf(frame.Header.VlanId)));
        }

        if (frame.Verdict.Action == PolicyAction.Allow)
        {
            return delivery.IsSent || delivery.Conclude(ref frame, lookup!, send, ref trace);
        }

        if (delivery.IsSent)
        {
            frame.Verdict = Verdict.Allowed(PartitionStage.ByPartition);
            return true;
        }

        return delivery.RefusedBy is null ? frame.End(policy, frame.Verdict) : delivery.Conclude(ref frame, lookup!, send, ref trace);
    }

    /// <summary>To all ports that carry the VLAN, or to the uplinks and those that are still learning among them; never back.</summary>
    private void Flood<TTrace>(ref FrameContext frame, ref Delivery delivery, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        foreach (var other in ports)
        {
            if (!ReferenceEquals(other, frame.Port)
                && (frame.Egress.ToAll || other.Settings.IsUplink || (frame.Egress.ToLearning && lookup!.IsLearning(other, frame.Timestamp))))
            {
                Copy(other, ref frame, ref delivery, ref trace);
            }
        }
    }

    /// <summary>Sends a copy by a port, if that carries the frame's VLAN and the security groups of both ends admit it.</summary>
    private void Copy<TTrace>(SwitchPort to, ref FrameContext frame, ref Delivery delivery, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        if (!to.Vlans.Carries(frame.Header.VlanId) || IsSplit(frame.Port, to))
        {
            return;
        }

        frame.To = to;
        var asked = to;
        if (partitions.IsActive)
        {
            bool isAdmitted = partitions.Judge(frame, ref to, out var verdict);
            if (!isAdmitted)
            {
                asked.Egress.FramesRefused++;
                delivery.Refusal = verdict;
                delivery.RefusedBy = partitions;
                Refuse(partitions, verdict, ref frame, ref trace);
                return;
            }

            _ = Told(partitions, goesOn: true, ref frame, ref trace);
            frame.To = to;
        }

        int tagType = to.TagTypeOf(frame.Header.VlanId);
        if (tagType == 0 && !SendStage.MayUncover(to, frame.Header))
        {
            to.Egress.FramesRefused++;
            delivery.IsInnerTagKept = true;
            Refuse(send, Verdict.Dropped(SendStage.InnerTag), ref frame, ref trace);
            return;
        }

        if (ReferenceEquals(asked, to) && !groups.Judge(frame, to, out var refusal))
        {
            to.Egress.FramesRefused++;
            delivery.Refusal = Verdict.Denied(refusal);
            delivery.RefusedBy = groups;
            Refuse(groups, Verdict.Denied(refusal), ref frame, ref trace);
            return;
        }

        _ = Told(groups, goesOn: true, ref frame, ref trace);
        bool isTaken = EgressTagger.LeavesAsItCame(frame.Bytes, frame.Header, tagType)
            ? SendStage.Send(to, frame.FrameTowardsEgress)
            : SendStage.Send(to, tagger.Shape(frame.Frame, frame.Header, tagType).Towards(frame.Egress.Endpoint, frame.SourceClass));
        delivery.Note(isTaken);
        _ = Told(send, isTaken, ref frame, ref trace);
    }

    /// <summary>Tells that a copy does not leave; the frame's own verdict stays.</summary>
    private static void Refuse<TTrace>(FrameStage stage, Verdict verdict, ref FrameContext frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        var allowed = frame.Verdict;
        frame.Verdict = verdict;
        _ = Told(stage, goesOn: false, ref frame, ref trace);
        frame.Verdict = allowed;
    }

    /// <summary>Ports of one split-horizon group see each other's frames elsewhere already.</summary>
    private static bool IsSplit(SwitchPort from, SwitchPort to) =>
        from.Capabilities.SplitHorizonGroup is > 0 and int group && to.Capabilities.SplitHorizonGroup == group;

    /// <summary>Sends the switch's own answer back, tagged as the port carries the VLAN.</summary>
    private void SendAnswer(SwitchPort to, in Frame answer, in FrameHeader question)
    {
        tagger.Begin();
        _ = SendStage.Send(to, tagger.Shape(answer, question, to.TagTypeOf(question.VlanId)));
    }
}

using System.Runtime.CompilerServices;
using MacSegmentation.Events;
using MacSegmentation.Flows;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.FrameSizes;
using MacSegmentation.Ingress;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Isolation;
using MacSegmentation.Ownership;
using MacSegmentation.Partitions;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.PortSecurity;
using MacSegmentation.Profiles;
using MacSegmentation.Ports;
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
/// IngressQueue    may it go on now?                                   Drop       IngressQueueFull, IngressQueueFlushed, EmulatedLoss, ...
/// Profile         (marks it as the vNIC profile of its port says)
/// Learning        may its source be behind this port?                 Deny       AddressHeldElsewhere, PortAddressLimit, ForwardingTableFull
/// Policy          what does the first policy that matches say?        Deny/Drop  Policy, DefaultAction, UnknownVlan
/// Responder       is it a question that the switch can answer?        (Answered)
/// Lookup          behind which ports is its destination?              Drop       SamePort, NoDestination
/// StormControl    is there room for one more frame to flood?          Deny       StormLimit
/// and for each copy:
/// SessionIsolation  are both ends of sessions that reach each other?  Deny       SessionIsolation
/// Partition       do the partitions of both sides admit it?           Deny/Drop  Partition, DefaultAction, RedirectTargetMissing, ...
/// SecurityGroup   do the groups of both sides admit it?               Deny       SecurityGroup, FlowTableFull, TruncatedHeader, FragmentNotAllowed
/// Send            does the port take it, as what it is?               Drop       InnerTag, TooBig, SendFailed, EmulatedLoss, ...
/// </code>
/// What no MAC policy has decided, a partition's policy may; else the default action of the VLAN stands. A copy that is redirected leaves by another port, whose groups are not asked.
/// What a vNIC profile does with frames is done where they wait: in the ingress queue of a port what its machine sends, in its egress queue what goes to it.
/// What keeps sessions apart comes before what MAC policies and partitions have decided: none of them lets an instance reach one of a session that is isolated from its own.
/// A bump in the wire has no learning, responder, lookup and storm control: its frames leave by the one other port.
/// </remarks>
internal sealed partial class FramePipeline<TKind>
    where TKind : struct, IPipelineKind
{
    private readonly SwitchPort[] ports;
    private readonly ReceiveStage receive;
    private readonly PortSecurityStage portSecurity;
    private readonly IngressQueueStage ingressQueue;
    private readonly ProfileStage profiles;
    private readonly LearningStage? learning;
    private readonly PolicyStage policy = new();
    private readonly ResponderStage? responder;
    private readonly LookupStage? lookup;
    private readonly StormControlStage? stormControl;
    private readonly SessionIsolationStage sessions;
    private readonly PartitionStage partitions;
    private readonly SecurityGroupStage groups;
    private readonly SendStage send = new();
    private readonly TooBigResponder? tooBig;
    private readonly EgressTagger tagger = new();
    private readonly FrameStage[] stages;
    private readonly IPrepared[] prepared;

    /// <summary>False where no stage but that of partitions asks for more than addresses and VLAN.</summary>
    private readonly bool hasRecords = true;
    private readonly AttachmentRules? attachments;
    private EnforcerTables? active;
    private PacketHeader packet;

    /// <summary>Creates the pipeline of a switch.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="options">How it works.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="clock">What queues go by.</param>
    /// <param name="seed">What the draws of vNIC profiles follow from; null for no profiles, where a frame is only asked after.</param>
    /// <param name="attachments">Which instances spare ports are for; null for none.</param>
    public FramePipeline(SwitchPort[] ports, SwitchOptions options, EnforcerEventQueue events, QueueClock clock, ulong? seed, AttachmentRules? attachments = null)
    {
        this.ports = ports;
        this.attachments = attachments;
        int[] limits = [.. ports.Select(port => port.Settings.AddressLimit > 0 ? port.Settings.AddressLimit : port.Settings.IsUplink ? options.AddressLimit : SwitchPortSettings.DefaultAddressLimit)];
        Fdb = new FilteringDatabase(ports, new ForwardingTable(options.AddressLimit, (long)options.AgeingTime.TotalNanoseconds, limits, [.. ports.Select(port => port.Settings.IsUplink)]));
        receive = new ReceiveStage(ports, new ReceiveRules(ForwardsLinkLocal: options.ForwardLinkLocal), Forget);
        portSecurity = new PortSecurityStage(ports, Owners, Fdb);
        ingressQueue = new IngressQueueStage(ports, clock);
        profiles = new ProfileStage(ports, [.. ports.Select(_ => seed is null ? ProfileUse.None : ProfileUse.OfRecord)], clock, events, seed ?? 0);
        learning = new LearningStage(Fdb, Owners, ports, events);
        sessions = new SessionIsolationStage(ports);
        responder = new ResponderStage(ports, Fdb, Owners, policy, sessions, SendAnswer);
        lookup = new LookupStage(Fdb, ports, options.FloodUnknownUnicast, (long)options.LearningPeriod.TotalNanoseconds);
        stormControl = new StormControlStage(ports);
        partitions = new PartitionStage(ports, [.. ports.Select(port => (uint)port.Index)], new PartitionFlows(options.FlowLimit, isShared: false));
        groups = new SecurityGroupStage(ports, new GroupFilter(options.FlowLimit, FlowSeed.Random()));
        tooBig = new TooBigResponder(SendAnswer);
        stages = [receive, portSecurity, ingressQueue, profiles, learning, policy, responder, lookup, stormControl, sessions, partitions, groups, send];
        prepared = [Fdb, .. stages];
    }

    /// <summary>Creates the pipeline of one direction of a bump in the wire.</summary>
    /// <param name="from">Where frames come in.</param>
    /// <param name="to">Where they leave.</param>
    /// <param name="rules">What is taken in.</param>
    /// <param name="clock">What queues go by.</param>
    /// <param name="numbers">What flows are known by at both ends.</param>
    /// <param name="flows">The flows that partitions have admitted, in either direction.</param>
    /// <param name="uses">The vNIC profiles of both ends.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="seed">What their draws follow from.</param>
    public FramePipeline(SwitchPort from, SwitchPort to, ReceiveRules rules, QueueClock clock, uint[] numbers, PartitionFlows flows, ProfileUse[] uses, EnforcerEventQueue events, ulong seed)
    {
        ports = [from, to];
        hasRecords = Array.Exists(ports, port => port.Settings.MacInterface is not null);
        Fdb = new FilteringDatabase(ports, new ForwardingTable(limit: 1, ageingTime: 0, [1, 1]));
        receive = new ReceiveStage(ports, rules, static _ => { });
        portSecurity = new PortSecurityStage(ports, owners: null, fdb: null);
        ingressQueue = new IngressQueueStage(ports, clock);
        profiles = new ProfileStage(ports, uses, clock, events, seed);

        sessions = new SessionIsolationStage(ports);

        // Without records no flow is ever remembered: no memory for them, and no library of random numbers loaded for their seed.
        partitions = new PartitionStage(ports, numbers, flows);
        groups = new SecurityGroupStage(ports, hasRecords ? new GroupFilter(FlowTable.DefaultCapacity, FlowSeed.Random()) : new GroupFilter(1, FlowSeed.From(0)));
        stages = [receive, portSecurity, ingressQueue, profiles, policy, sessions, partitions, groups, send];
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

    /// <summary>The vNIC profiles of the ports.</summary>
    public ProfileStage Profiles => profiles;

    /// <summary>Instances that no spare port is left for.</summary>
    public IReadOnlyList<MacInterface> Unplaced => active?.Unplaced ?? [];

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
        var next = EnforcerTables.Of(snapshot, policies, ports, active, attachments);
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
            return Told(profiles, profiles.Judge(ref frame), ref frame, ref trace)
                && Told(policy, policy.Judge(ref frame), ref frame, ref trace)
                && DeliverOnWire(ref frame, ref trace);
        }

        _ = Told(profiles, profiles.Judge(ref frame), ref frame, ref trace);
        groups.Foresee(frame);
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
}

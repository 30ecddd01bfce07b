using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Limits;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.PortSecurity;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Switching;
using MacSegmentation.Tracing;

namespace MacSegmentation.Bridging;

/// <summary>One port of a switch: what the tables in force say of it, its numbers, and the thread that reads it.</summary>
/// <remarks>
/// The thread waits for frames on its own. From a batch's first frame to its last it holds the switch: all that frames meet there is then one
/// thread's, without a lock or an interlocked operation a frame, and frames of one port keep their sequence.
/// </remarks>
internal sealed class SwitchPort : IFrameHandler, IEnforcerWorker
{
    /// <summary>Nanoseconds between two looks at what ages while no frame comes.</summary>
    private const long LookInterval = 100_000_000;

    private readonly MacSwitch owner;
    private readonly SwitchPortAssignment assignment;
    private readonly TimeProvider clock;
    private readonly EnforcerEventQueue events;
    private readonly DenialReporter denials;
    private readonly TrafficCounter counter = new();
    private readonly PolicyHitCounter hits = new();
    private readonly LossMeter losses;
    private CountedTable policies = null!; // set by the switch before the thread starts
    private TokenBucket storm;
    private EgressTally egress;
    private long lastLook;
    private bool holdsSwitch;
    private volatile bool isStopped;
    private volatile bool isDown;

    public SwitchPort(MacSwitch owner, int index, SwitchPortAssignment assignment, EnforcerOptions options, EnforcerEventQueue events)
    {
        this.owner = owner;
        this.assignment = assignment;
        this.events = events;
        Index = index;
        clock = options.TimeProvider;
        losses = new LossMeter(assignment.Source, clock);
        denials = new DenialReporter(assignment.Source.Name, options.DenialEventsPerSecond, events, assignment.Settings.MacInterface, Explain);
        storm = new TokenBucket(Settings.StormLimit);
        Vlans = VlanMembership.None;
    }

    /// <summary>The port's place among the switch's.</summary>
    public int Index { get; }

    public SwitchPortSettings Settings => assignment.Settings;

    public string Name => $"port {assignment.Source.Name}";

    public IFrameSource Source => assignment.Source;

    public IFrameSink Sink => assignment.Sink;

    public IEnumerable<IDisposable> Ports => [assignment.Source, assignment.Sink];

    public long EpochInUse => owner.EpochInUse;

    public bool IsUp => !isDown;

    /// <summary>The interface record whose port it is; null if it has none, or it was removed.</summary>
    public MacInterface? Record { get; private set; }

    /// <summary>The VLANs that it carries.</summary>
    public VlanMembership Vlans { get; private set; }

    /// <summary>What its record's security groups admit.</summary>
    public PortGroups Groups { get; private set; } = PortGroups.Unrestricted;

    /// <summary>Its port security; null if it has no interface record.</summary>
    public PortGuard? Guard { get; private set; }

    /// <summary>True if its interface record was removed: nothing passes.</summary>
    public bool IsClosed => Settings.MacInterface is not null && Record is null;

    /// <summary>What left by it. For whoever holds the switch.</summary>
    public ref EgressTally Egress => ref egress;

    /// <summary>True while frames wait in its sink. For whoever holds the switch.</summary>
    public bool HasUnflushed { get; set; }

    /// <summary>True if one more broadcast or unknown frame may come in. For whoever holds the switch.</summary>
    public bool TakesStormToken(long now) => Settings.StormLimit == 0 || storm.TryTake(now);

    public TrafficTally ReadTraffic() => counter.Read();

    public long ReadHits(int slot) => hits.Read(slot);

    public void Stop()
    {
        isStopped = true;
        Source.Interrupt();
    }

    /// <summary>Puts tables in force. The caller holds the switch.</summary>
    /// <returns>True if the port carries another VLAN than before: who was behind it is not there any more.</returns>
    public bool Use(TablesInForce next, SwitchTables tables)
    {
        int vlanBefore = Vlans.UntaggedVlan;
        policies = hits.Prepare(next);
        var record = tables.Records[Index];
        Groups = record is null ? PortGroups.Unrestricted : tables.Groups.Of(record);
        if (!ReferenceEquals(record, Record) || Vlans == VlanMembership.None)
        {
            Record = record;
            Guard = record is null ? null : new PortGuard(record);
            Vlans = Settings.MacInterface is null ? VlanMembership.Of(Settings)
                : record is null ? VlanMembership.None
                : VlanMembership.Access(record.VlanId);
        }

        return Vlans.UntaggedVlan != vlanBefore;
    }

    public void Run()
    {
        try
        {
            while (!isStopped)
            {
                var state = ReceiveBatch();
                if (state == SourceState.Ended)
                {
                    break;
                }

                NoteState(state);
            }
        }
        finally
        {
            denials.Close();
            counter.Current.FramesLost = Source.ReadLostFrames();
            counter.Publish();
        }
    }

    public void Handle(in Frame frame)
    {
        // What arrives after the stop is not taken in: neither forwarded nor counted.
        if (isStopped)
        {
            return;
        }

        if (!holdsSwitch)
        {
            owner.Enter();
            holdsSwitch = true;
        }

        var none = default(NoTrace);
        _ = owner.Forward(this, frame, ref none);
    }

    /// <summary>Takes in a frame.</summary>
    public void CountIn(in Frame frame)
    {
        ref var count = ref counter.Current;
        count.FramesIn++;
        count.BytesIn += frame.OriginalLength;
    }

    /// <summary>Takes in which policy decided over a frame.</summary>
    public void CountHit(Verdict verdict)
    {
        if (verdict.PolicyIndex >= 0)
        {
            policies.CountHit(verdict.PolicyIndex);
        }
    }

    /// <summary>Takes in what became of a frame.</summary>
    public void CountOutcome(in Frame frame, in FrameHeader header, Verdict verdict)
    {
        ref var count = ref counter.Current;
        int length = frame.OriginalLength;
        switch (verdict.Action)
        {
            case PolicyAction.Allow when verdict.Reason == VerdictReason.Answered:
                count.FramesAnswered++;
                count.BytesAnswered += length;
                break;
            case PolicyAction.Allow:
                count.FramesForwarded++;
                count.BytesForwarded += length;
                break;
            case PolicyAction.Deny:
                count.Denied[(int)verdict.Reason]++;
                count.BytesDenied += length;
                denials.Report(frame, header, verdict, policies.Table);
                break;
            default:
                count.Dropped[(int)verdict.Reason]++;
                count.BytesDropped += length;
                break;
        }
    }

    private string? Explain(in Frame frame, in FrameHeader header, VerdictReason reason) => owner.Explain(this, frame, header, reason);

    private SourceState ReceiveBatch()
    {
        try
        {
            return Source.Receive(this);
        }
        finally
        {
            FinishBatch();
        }
    }

    private void FinishBatch()
    {
        long now = FrameTime.Now(clock);
        if (!holdsSwitch && now - lastLook < LookInterval)
        {
            return;
        }

        lastLook = now;
        if (!holdsSwitch)
        {
            owner.Enter();
        }

        try
        {
            owner.FinishBatch(now);
        }
        finally
        {
            holdsSwitch = false;
            owner.Exit();
            counter.Current.SettleUnfinishedFrame();
            losses.Update(ref counter.Current);
            counter.Publish();
            denials.MoveTo(now);
        }
    }

    private void NoteState(SourceState state)
    {
        bool isDownNow = state == SourceState.Down;
        if (isDownNow == isDown)
        {
            return;
        }

        isDown = isDownNow;
        if (isDown)
        {
            owner.ForgetPort(this);
        }

        events.Publish(new MacEnforcerEvent
        {
            Time = clock.GetUtcNow(),
            Kind = isDown ? EnforcerEventKind.PortDown : EnforcerEventKind.PortUp,
            Port = Source.Name,
            Interface = Record?.Name,
        });
    }
}

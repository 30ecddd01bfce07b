using System.Runtime.CompilerServices;
using MacSegmentation.Counting;
using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.Ingress;
using MacSegmentation.Ownership;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Queues;
using MacSegmentation.Verdicts;
using MacSegmentation.Workers;

namespace MacSegmentation.Switch;

/// <summary>Takes a port's frames through the pipeline, batch by batch, counts what became of them, and tells of the rare things.</summary>
/// <remarks>
/// From a batch's first frame to its last it has the turn of all that the pipeline's ports share: everything that frames meet is then one thread's, without a lock
/// or an interlocked operation a frame, and frames of one port keep their sequence. A batch ends before anything is sent that might wait.
/// </remarks>
internal sealed partial class PortService<TKind> : IFrameHandler, IServedPort
    where TKind : struct, IPipelineKind
{
    /// <summary>Between two looks at what ages while no frame comes.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly FramePipeline<TKind> pipeline;
    private readonly FairLock turn;
    private readonly SwitchPort[] sharedPorts;
    private readonly SwitchPort port;
    private readonly SwitchPort egressPort;
    private readonly EnforcerRoute? route;
    private readonly QueueClock queueClock;
    private readonly TimeProvider clock;
    private readonly EnforcerEventQueue events;
    private readonly EnforcerOptions reporting;
    private DenialReporter denials;
    private readonly TrafficCounter counter = new();
    private readonly LossMeter losses;
    private readonly IRefusingSource? refusing;

    /// <summary>True where only a frame tells that time has passed: for the queues, and for policies that expire.</summary>
    private readonly bool isClockOfFrames;
    private long lastLook;
    private long forwardedBefore;
    private long octetsBefore;
    private bool hasTurn;
    private volatile bool isStopped;
    private volatile bool isDown;
    private bool isToldDown;

    /// <summary>Creates the service of a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="ports">The ports that frames may leave by.</param>
    /// <param name="pipeline">The way of its frames.</param>
    /// <param name="turn">Who may use the pipeline.</param>
    /// <param name="queueClock">What the ports' queues go by.</param>
    /// <param name="options">How it reports.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="route">Of a bump in the wire or a capture: its direction.</param>
    public PortService(
        SwitchPort port,
        SwitchPort[] ports,
        FramePipeline<TKind> pipeline,
        FairLock turn,
        QueueClock queueClock,
        EnforcerOptions options,
        EnforcerEventQueue events,
        EnforcerRoute? route = null)
    {
        this.port = port;
        this.pipeline = pipeline;
        this.turn = turn;
        this.route = route;
        this.events = events;
        this.queueClock = queueClock;
        sharedPorts = ports;
        egressPort = route is null ? port : ports[0];
        isClockOfFrames = queueClock.IsOfFrames;
        clock = options.TimeProvider;
        losses = new LossMeter(port.Source, clock);
        refusing = port.Source as IRefusingSource;
        reporting = options;
        isDown = port.IsSpare;
        denials = new DenialReporter(port.Name, options.DenialEventsPerSecond, events, port.Settings.MacInterface);
    }

    public string Name => route is null ? $"port {port.Name}" : $"{port.Name} to {route.Sink.Name}";

    public IFrameSource Source => port.Source;

    public IReadOnlyList<IFrameSink> Sinks => [.. sharedPorts.Select(other => other.Sink)];

    public IEnumerable<IDisposable> Closed => route switch
    {
        null => [port.Source, port.Sink],
        { DeniedSink: { } denied } => [route.Source, route.Sink, denied],
        _ => [route.Source, route.Sink],
    };

    /// <summary>The direction, if it is one.</summary>
    public EnforcerRoute? Route => route;

    /// <summary>The port.</summary>
    public SwitchPort Port => port;

    /// <summary>True while the adapter is up.</summary>
    public bool IsUp => !isDown;

    /// <summary>True of a spare port without an adapter.</summary>
    public bool IsIdle => port.Source is SpareSource { IsPlugged: false };

    /// <summary>Where a spare port's adapter sends; null for other ports.</summary>
    public SpareSink? SpareSink => port.OwnSink as SpareSink;

    /// <summary>What had gone by a spare port when it was given its adapter.</summary>
    public (long FramesIn, long BytesIn, long FramesSent, long BytesSent) CountedBefore { get; private set; }

    /// <summary>The policies that decide over its frames, and their hits.</summary>
    public PolicyStage Policy => pipeline.Policy;

    private bool IsCapture => route is { IsCapture: true };

    public TrafficTally ReadTraffic() => counter.Read();

    /// <summary>A spare port is given an adapter: what it counts and tells from now on is another instance's. The caller has the turn.</summary>
    /// <param name="name">The adapter.</param>
    public void BeginAnew(string name)
    {
        denials.Close();
        denials = new DenialReporter(name, reporting.DenialEventsPerSecond, events, port.Record?.Name);
        CountedBefore = (counter.Current.FramesIn, counter.Current.BytesIn, port.Egress.FramesSent, port.Egress.BytesSent);
    }

    public void Stop() => isStopped = true;

    public bool Serve(bool waits)
    {
        SourceState state;
        try
        {
            state = waits || port.Source is not IPolledSource polled ? port.Source.Receive(this) : polled.Poll(this);
        }
        catch
        {
            FinishBatch(hasFailed: true);
            throw;
        }

        FinishBatch(hasFailed: false);
        if (state == SourceState.Ended)
        {
            DrainCapture();
            return false;
        }

        NoteState(state == SourceState.Down);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IFrameHandler.Handle(in Frame frame)
    {
        // What arrives after the stop is not taken in: neither forwarded nor counted.
        if (isStopped)
        {
            return;
        }

        if (!hasTurn)
        {
            turn.Enter();
            hasTurn = true;
        }

        if (isClockOfFrames)
        {
            FollowTimeOf(frame);
        }

        var none = default(NoTrace);
        Forward(frame, ref none, out _);
    }

    private void FollowTimeOf(in Frame frame)
    {
        if (HasQueues)
        {
            MoveInCapture(frame.Timestamp);
        }

        pipeline.Policy.MoveTo(frame.Timestamp);
    }

    /// <summary>Takes one frame to its end. The caller has the turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forward<TTrace>(in Frame frame, ref TTrace trace, out FrameContext context)
        where TTrace : struct, IFrameTrace
    {
        ref var count = ref counter.Current;
        int length = frame.OriginalLength;
        count.FramesIn++;
        count.BytesIn += length;

        FrameContext.Begin(port, frame, ref pipeline.Packet, out context);
        pipeline.Forward(ref context, ref trace);
        Count(context, length);
    }

    public void End()
    {
        turn.Enter();
        try
        {
            denials.Close();
            port.IngressQueue?.Flush();
            CountWaited();
            CountWaited(egressPort);
            NoteUnsent(egressPort, egressPort.EgressQueue?.Flush() ?? 0);
            refusing?.TakeRefusals(ref counter.Current);
            counter.Current.FramesLost = port.Source.ReadLostFrames();
            counter.Publish();
        }
        finally
        {
            turn.Exit();
        }
    }

    /// <summary>Counts what became of a frame, once it is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(in FrameContext context, int length)
    {
        ref var count = ref counter.Current;
        ref readonly var verdict = ref context.Verdict;
        switch (verdict.Action)
        {
            case PolicyAction.Allow when context.EndedBy is null:
                count.FramesForwarded++;
                count.BytesForwarded += length;
                break;
            case PolicyAction.Allow when verdict.Reason == ResponderStage.Answered:
                count.FramesAnswered++;
                count.BytesAnswered += length;
                break;
            case PolicyAction.Allow:
                count.FramesQueued++;
                count.BytesQueued += length;
                break;
            case PolicyAction.Deny:
                count.Denied[verdict.Reason.Number]++;
                count.BytesDenied += length;
                denials.Report(context, pipeline.Policy.Table);
                route?.DeniedSink?.Send(context.Frame);
                break;
            default:
                count.Dropped[verdict.Reason.Number]++;
                count.BytesDropped += length;
                break;
        }
    }

    /// <summary>Takes in that a port could not send after all what it had taken.</summary>
    private void NoteUnsent(SwitchPort other, int unsent)
    {
        other.Egress.MoveToNotSent(unsent);
        if (route is not null && unsent > 0)
        {
            Unforward(unsent, counter.Current.FramesForwarded, counter.Current.BytesForwarded);
        }
    }

    private void FinishBatch(bool hasFailed)
    {
        if (!hasTurn && !hasFailed && lastLook != 0 && clock.GetElapsedTime(lastLook) < LookInterval)
        {
            return;
        }

        lastLook = clock.GetTimestamp();
        if (!hasTurn)
        {
            turn.Enter();
        }

        long now = FrameTime.Now(clock);
        try
        {
            Flush();
            pipeline.Sweep(now);
        }
        finally
        {
            // Within the turn: frames that have waited are counted by whoever serves the queues.
            ref var count = ref counter.Current;
            CountWaited();
            if (hasFailed)
            {
                count.SettleUnfinishedFrame(SendStage.SendFailed);
            }

            refusing?.TakeRefusals(ref count);
            losses.Update(ref count);
            forwardedBefore = count.FramesForwarded;
            octetsBefore = count.BytesForwarded;
            counter.Publish();
            if (!IsCapture)
            {
                // On a wire a second ends also when no frame comes; in a capture only the frames' own times count.
                denials.MoveTo(now);
            }

            hasTurn = false;
            turn.Exit();
        }
    }

    /// <summary>Has all ports send that were given frames.</summary>
    private void Flush()
    {
        int failed = 0;
        foreach (var other in sharedPorts)
        {
            if (other.HasUnflushed)
            {
                other.HasUnflushed = false;
                int unsent = other.Sink.Flush();
                CountWaited(other);
                other.Egress.MoveToNotSent(unsent);
                failed += unsent;
            }
        }

        if (route is null)
        {
            return;
        }

        // A direction has one port to leave by, so what that did not send was this batch's. It tells how many frames, not which: octets are taken as the average.
        route.DeniedSink?.Flush();
        ref var count = ref counter.Current;
        if (failed > 0)
        {
            Unforward(failed, count.FramesForwarded - forwardedBefore, count.BytesForwarded - octetsBefore);
        }
    }

    /// <summary>What a direction's port could not send after all was dropped; its octets are the average of the frames among which it was.</summary>
    private void Unforward(long failed, long frames, long octets)
    {
        ref var count = ref counter.Current;
        long moved = Math.Min(failed, count.FramesForwarded);
        count.Unforward(moved, octets * moved / Math.Max(frames, 1), SendStage.SendFailed);
    }

    private void NoteState(bool isDownNow)
    {
        if (isDownNow == isDown)
        {
            return;
        }

        isDown = isDownNow;
        turn.Enter();
        try
        {
            pipeline.SetUp(port, !isDownNow, FrameTime.Now(clock));
            if (isDownNow)
            {
                CountWaited();
                counter.Publish();
            }
        }
        finally
        {
            turn.Exit();
        }

        // That a spare port gets its adapter, and loses it, is told by who does it.
        if (port.IsSpare && (IsIdle || (!isDownNow && !isToldDown)))
        {
            isToldDown = false;
            return;
        }

        isToldDown = isDownNow;
        events.Publish(new MacEnforcerEvent
        {
            Time = clock.GetUtcNow(),
            Kind = isDownNow ? EnforcerEventKind.PortDown : EnforcerEventKind.PortUp,
            Port = port.Name,
            Interface = port.Record?.Name,
        });
    }
}

using System.Runtime.CompilerServices;
using MacSegmentation.Counting;
using MacSegmentation.Events;
using MacSegmentation.Frames;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Verdicts;
using MacSegmentation.Workers;

namespace MacSegmentation.Switch;

/// <summary>Takes a port's frames through the pipeline, batch by batch, counts what became of them, and tells of the rare things.</summary>
/// <remarks>
/// From a batch's first frame to its last it has the turn of all that the pipeline's ports share: everything that frames meet is then one thread's, without a lock
/// or an interlocked operation a frame, and frames of one port keep their sequence. A batch ends before anything is sent that might wait.
/// </remarks>
internal sealed class PortService<TKind> : IFrameHandler, IServedPort
    where TKind : struct, IPipelineKind
{
    /// <summary>Nanoseconds between two looks at what ages while no frame comes.</summary>
    private const long LookInterval = 100_000_000;

    private readonly FramePipeline<TKind> pipeline;
    private readonly FairLock turn;
    private readonly SwitchPort[] sharedPorts;
    private readonly SwitchPort port;
    private readonly EnforcerRoute? route;
    private readonly TimeProvider clock;
    private readonly EnforcerEventQueue events;
    private readonly DenialReporter denials;
    private readonly TrafficCounter counter = new();
    private readonly LossMeter losses;
    private long lastLook;
    private long forwardedBefore;
    private long octetsBefore;
    private bool hasTurn;
    private volatile bool isStopped;
    private volatile bool isDown;

    /// <summary>Creates the service of a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="ports">The ports that frames may leave by.</param>
    /// <param name="pipeline">The way of its frames.</param>
    /// <param name="turn">Who may use the pipeline.</param>
    /// <param name="options">How it reports.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="route">Of a bump in the wire or a capture: its direction.</param>
    public PortService(
        SwitchPort port, SwitchPort[] ports, FramePipeline<TKind> pipeline, FairLock turn, EnforcerOptions options, EnforcerEventQueue events, EnforcerRoute? route = null)
    {
        this.port = port;
        this.pipeline = pipeline;
        this.turn = turn;
        this.route = route;
        this.events = events;
        sharedPorts = ports;
        clock = options.TimeProvider;
        losses = new LossMeter(port.Source, clock);
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

    /// <summary>The policies that decide over its frames, and their hits.</summary>
    public PolicyStage Policy => pipeline.Policy;

    private bool IsCapture => route is { IsCapture: true };

    public TrafficTally ReadTraffic() => counter.Read();

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
            return false;
        }

        NoteState(state == SourceState.Down);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Handle(in Frame frame)
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

        var none = default(NoTrace);
        _ = Forward(frame, ref none);
    }

    /// <summary>Takes one frame to its end. The caller has the turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Verdict Forward<TTrace>(in Frame frame, ref TTrace trace)
        where TTrace : struct, IFrameTrace
    {
        ref var count = ref counter.Current;
        int length = frame.OriginalLength;
        count.FramesIn++;
        count.BytesIn += length;

        var context = new FrameContext(port, frame);
        pipeline.Forward(ref context, ref trace);
        var verdict = context.Verdict;
        switch (verdict.Action)
        {
            case PolicyAction.Allow when context.EndedBy is null:
                count.FramesForwarded++;
                count.BytesForwarded += length;
                break;
            case PolicyAction.Allow:
                count.FramesAnswered++;
                count.BytesAnswered += length;
                break;
            case PolicyAction.Deny:
                count.Denied[verdict.Reason.Number]++;
                count.BytesDenied += length;
                denials.Report(context, pipeline.Policy.Table);
                route?.DeniedSink?.Send(frame);
                break;
            default:
                count.Dropped[verdict.Reason.Number]++;
                count.BytesDropped += length;
                break;
        }

        return verdict;
    }

    public void FlushBacklog()
    {
        foreach (var other in sharedPorts)
        {
            if (other.Sink.HasBacklog)
            {
                turn.Enter();
                try
                {
                    int unsent = other.Sink.Flush();
                    other.Egress.MoveToNotSent(unsent);
                    if (route is not null && unsent > 0)
                    {
                        Unforward(unsent, counter.Current.FramesForwarded, counter.Current.BytesForwarded);
                        counter.Publish();
                    }
                }
                finally
                {
                    turn.Exit();
                }
            }
        }
    }

    public void End()
    {
        denials.Close();
        counter.Current.FramesLost = port.Source.ReadLostFrames();
        counter.Publish();
    }

    private void FinishBatch(bool hasFailed)
    {
        long now = FrameTime.Now(clock);
        if (!hasTurn && !hasFailed && route is null && now - lastLook < LookInterval)
        {
            return;
        }

        lastLook = now;
        if (!hasTurn)
        {
            turn.Enter();
        }

        try
        {
            Flush();
            pipeline.Sweep(now);
        }
        finally
        {
            hasTurn = false;
            turn.Exit();
            ref var count = ref counter.Current;
            if (hasFailed)
            {
                count.SettleUnfinishedFrame(SendStage.SendFailed);
            }

            losses.Update(ref count);
            forwardedBefore = count.FramesForwarded;
            octetsBefore = count.BytesForwarded;
            counter.Publish();
            if (!IsCapture)
            {
                // On a wire a second ends also when no frame comes; in a capture only the frames' own times count.
                denials.MoveTo(now);
            }
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
        port.IsUp = !isDownNow;
        if (isDownNow)
        {
            pipeline.Forget(port.Index);
        }

        turn.Exit();
        events.Publish(new MacEnforcerEvent
        {
            Time = clock.GetUtcNow(),
            Kind = isDownNow ? EnforcerEventKind.PortDown : EnforcerEventKind.PortUp,
            Port = port.Name,
            Interface = port.Record?.Name,
        });
    }
}

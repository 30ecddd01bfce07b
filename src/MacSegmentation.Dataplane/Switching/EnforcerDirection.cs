using System.Runtime.CompilerServices;
using MacSegmentation.Frames;
using MacSegmentation.Policies;
using MacSegmentation.Ports;

namespace MacSegmentation.Switching;

/// <summary>
/// One direction of an enforcer: the work of one thread, from the port that frames arrive at to the port that they leave by.
/// </summary>
/// <remarks>
/// Each frame goes one way through this class, in place and without an allocation, a lock or an interlocked operation:
/// <code>
/// what the frame is                                   action     reason
/// captured shorter than it was, and this is a wire    Drop       Truncated
/// too short for its header, all tags included         Drop       Malformed
/// of a VLAN that is not in the table                  as set     UnknownVlan
/// the first policy of its VLAN that matches           its own    Policy
/// no policy of its VLAN matches                       as set     DefaultAction
/// allowed, but the port does not take it              Drop       SendFailed
/// </code>
/// Allow sends the frame, Deny counts and reports it, Drop counts it. The table is one reference that is read anew for every frame, so a
/// frame is judged by one whole table, and a new one is in force for the very next frame. Frames are sent at the latest when their
/// batch ends; then the numbers are published.
/// <para>
/// The methods on this way, in the captures too, are compiled with all optimisations at once: a capture of a few million frames is done
/// before the runtime would have found out that they are hot.
/// </para>
/// </remarks>
internal sealed class EnforcerDirection : IFrameHandler, IEnforcerWorker
{
    private readonly EnforcerRoute route;
    private readonly IFrameSink sink;
    private readonly int nativeVlanId;
    private readonly bool isCapture;
    private readonly TimeProvider clock;
    private readonly EnforcerEventQueue events;
    private readonly DenialReporter denials;
    private readonly TrafficCounter counter = new();
    private readonly PolicyHitCounter hits = new();
    private readonly LossMeter losses;
    private long epochInUse;
    private volatile CountedTable table = null!; // set by the enforcer before the thread starts
    private volatile bool isStopped;
    private volatile bool isPortDown;

    public EnforcerDirection(EnforcerRoute route, EnforcerOptions options, EnforcerEventQueue events)
    {
        this.route = route;
        this.events = events;
        sink = route.Sink;
        nativeVlanId = route.NativeVlanId;
        isCapture = route.IsCapture;
        clock = options.TimeProvider;
        losses = new LossMeter(route.Source, clock);
        denials = new DenialReporter(route.Source.Name, options.DenialEventsPerSecond, events);
    }

    public EnforcerRoute Route => route;

    public string Name => $"{route.Source.Name} to {route.Sink.Name}";

    public IFrameSource Source => route.Source;

    public IEnumerable<IDisposable> Ports => route.DeniedSink is { } denied ? [route.Source, route.Sink, denied] : [route.Source, route.Sink];

    public bool IsPortUp => !isPortDown;

    /// <summary>No frame will be judged by an older table than the one of this number.</summary>
    public long EpochInUse => Volatile.Read(ref epochInUse);

    /// <summary>Puts a table in force for the next frame. The caller serialises the calls.</summary>
    public void Use(TablesInForce next) => table = hits.Prepare(next);

    public TrafficTally ReadTraffic() => counter.Read();

    public long ReadHits(int slot) => hits.Read(slot);

    /// <summary>Forwards no frame any more, and wakes the thread so that it ends; from any thread.</summary>
    public void Stop()
    {
        isStopped = true;
        route.Source.Interrupt();
    }

    /// <summary>Works until the source ends or <see cref="Stop"/> is called. Errors of the ports come out of here.</summary>
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

                NotePort(state);
            }
        }
        finally
        {
            denials.Close();
            counter.Current.FramesLost = route.Source.ReadLostFrames();
            counter.Publish();
        }
    }

    /// <summary>The way of a frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Handle(in Frame frame)
    {
        // What arrives after the stop is not taken in: neither forwarded nor counted.
        if (isStopped)
        {
            return;
        }

        var judge = table;
        ref var count = ref counter.Current;
        int length = frame.OriginalLength;
        count.FramesIn++;
        count.BytesIn += length;

        var verdict = Judge(frame, judge.Table, out var header);
        if (verdict.PolicyIndex >= 0)
        {
            judge.CountHit(verdict.PolicyIndex);
        }

        switch (verdict.Action)
        {
            case PolicyAction.Allow when sink.Send(frame):
                count.FramesForwarded++;
                count.BytesForwarded += length;
                break;
            case PolicyAction.Allow:
                count.Dropped[(int)VerdictReason.SendFailed]++;
                count.BytesDropped += length;
                break;
            case PolicyAction.Deny:
                count.Denied[(int)verdict.Reason]++;
                count.BytesDenied += length;
                Refuse(frame, header, verdict, judge.Table);
                break;
            default:
                count.Dropped[(int)verdict.Reason]++;
                count.BytesDropped += length;
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Verdict Judge(in Frame frame, DecisionTable policies, out FrameHeader header)
    {
        if (frame.IsTruncated && !isCapture)
        {
            header = default;
            return Verdict.Dropped(VerdictReason.Truncated);
        }

        return FrameHeader.TryRead(frame.Bytes, nativeVlanId, out header)
            ? policies.Decide(header.VlanId, header.Source, header.Destination)
            : Verdict.Dropped(VerdictReason.Malformed);
    }

    private void Refuse(in Frame frame, in FrameHeader header, Verdict verdict, DecisionTable policies)
    {
        denials.Report(frame, header, verdict, policies);
        route.DeniedSink?.Send(frame);
    }

    private SourceState ReceiveBatch()
    {
        long frames = counter.Current.FramesForwarded;
        long bytes = counter.Current.BytesForwarded;
        try
        {
            return route.Source.Receive(this);
        }
        finally
        {
            // Also after an error: the frames before a capture's damage are handled.
            FinishBatch(frames, bytes);
        }
    }

    private void FinishBatch(long framesBefore, long bytesBefore)
    {
        ref var count = ref counter.Current;
        long frames = count.FramesForwarded - framesBefore;
        long bytes = count.BytesForwarded - bytesBefore;
        long failed = frames;
        try
        {
            failed = sink.Flush();
            route.DeniedSink?.Flush();
        }
        finally
        {
            if (failed > 0)
            {
                // The port tells how many frames it could not send, not which: their bytes are taken as the batch's average.
                count.Unforward(failed, bytes * failed / Math.Max(frames, 1));
            }

            counter.Current.SettleUnfinishedFrame();
            losses.Update(ref counter.Current);
            counter.Publish();
            Volatile.Write(ref epochInUse, table.Epoch);
            CloseSecond();
        }
    }

    /// <summary>On a wire the second ends also when no frame comes; in a capture only the frames' own times count.</summary>
    private void CloseSecond()
    {
        if (!isCapture)
        {
            denials.MoveTo(FrameTime.Now(clock));
        }
    }

    private void NotePort(SourceState state)
    {
        bool isDown = state == SourceState.Down;
        if (isDown != isPortDown)
        {
            isPortDown = isDown;
            events.Publish(new MacEnforcerEvent
            {
                Time = clock.GetUtcNow(),
                Kind = isDown ? EnforcerEventKind.PortDown : EnforcerEventKind.PortUp,
                Port = route.Source.Name,
            });
        }
    }
}

using System.Runtime.CompilerServices;
using MacSegmentation.Pipeline;
using MacSegmentation.Policies;
using MacSegmentation.Ports;
using MacSegmentation.Queues;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Ingress;

/// <summary>
/// The place where what a port's machine sends can wait: after port security, so that nothing waits that may not come in, and before learning, so that what goes
/// on meets the tables of then. A port without a queue costs one look.
/// </summary>
/// <param name="ports">The ports.</param>
/// <param name="clock">What the queues go by.</param>
internal sealed class IngressQueueStage(IReadOnlyList<SwitchPort> ports, QueueClock clock) : FrameStage
{
    /// <summary>The frame waits: what becomes of it is counted when it goes on.</summary>
    public static readonly VerdictReason Queued = VerdictReason.Define(nameof(Queued), "waits in the ingress queue");

    /// <summary>As many frames of the port wait as may.</summary>
    public static readonly VerdictReason IngressQueueFull = VerdictReason.Define(nameof(IngressQueueFull), "ingress queue of the port full");

    /// <summary>While the frame waited its port went down or came into another VLAN, or the switch stopped.</summary>
    public static readonly VerdictReason IngressQueueFlushed = VerdictReason.Define(nameof(IngressQueueFlushed), "ingress queue of the port flushed");

    public override string Name => "IngressQueue";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Judge(ref FrameContext frame) => frame.Port.IngressQueue is not { } queue || Offer(ref frame, queue);

    public override void Forget(int port) => ports[port].IngressQueue?.Flush();

    private bool Offer(ref FrameContext frame, FrameQueue queue)
    {
        var known = new QueuedFrame { Header = frame.Header, NamesHolders = frame.NamesHolders, SourceClass = frame.SourceClass, Priority = frame.Priority };
        return queue.Offer(frame.Frame, clock.Now, known) switch
        {
            QueueOutcome.Passed => true,
            QueueOutcome.Held => frame.End(this, Verdict.Allowed(Queued)),
            _ => frame.Drop(this, queue.Refusal ?? IngressQueueFull),
        };
    }
}

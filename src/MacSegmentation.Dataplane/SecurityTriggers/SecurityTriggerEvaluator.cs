using System.Collections.Immutable;
using MacSegmentation.Auditing;
using MacSegmentation.Counting;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;

namespace MacSegmentation.SecurityTriggers;

/// <summary>
/// Has the security triggers of a store work for a running enforcer: looks ten times a second what has come in by the ports of interface records, writes to the store what a trigger
/// does whose condition is met, and takes back what triggers did, whichever host it was, when its time is over.
/// </summary>
/// <remarks>
/// Looking never waits for the store. What cannot be written, because the store is away or the record has no room for a tag, is told once and tried again, at longer and longer intervals.
/// Nothing is kept here that has to outlive the process: what is in force, and until when, is in the store.
/// </remarks>
public sealed class SecurityTriggerEvaluator : IDisposable
{
    /// <summary>From one look to the next.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly IMacStore store;
    private readonly PolicyEnforcer enforcer;
    private readonly AuditActor actor;
    private readonly TimeProvider clock;
    private readonly TriggerWatch watch;
    private readonly List<PortArrivals> arrivals = [];
    private readonly Dictionary<(string Trigger, string Interface), PendingFiring> pending = [];
    private readonly WatchLoop loop;
    private ImmutableArray<TriggerHold> holds = [];
    private DateTimeOffset? nextEnd;
    private long nextLift;
    private TimeSpan liftDelay = WatchLoop.MinRetryDelay;
    private bool isLiftToldOf;

    /// <summary>Begins to look.</summary>
    /// <param name="store">The store, which can be written. It stays the caller's to dispose, after this.</param>
    /// <param name="enforcer">The enforcer, which follows the store.</param>
    /// <param name="actor">Who it is that sees; null for this process.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public SecurityTriggerEvaluator(IMacStore store, PolicyEnforcer enforcer, AuditActor? actor = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(enforcer);
        this.store = store;
        this.enforcer = enforcer;
        this.actor = actor ?? AuditActor.Current;
        clock = timeProvider ?? TimeProvider.System;
        watch = new TriggerWatch((trigger, why) => Tell(EnforcerEventKind.TriggerFailed, record: null, $"Security trigger '{trigger.Name}' is not evaluated here. {why}"));
        loop = new WatchLoop(
            clock,
            LookInterval,
            Look,
            error => Tell(EnforcerEventKind.TriggerFailed, record: null, $"Security triggers cannot be evaluated, and it is tried again. {error.Message}"),
            Write);
        loop.Start(LookInterval);
    }

    /// <summary>Ends it. What is being written is rolled back, unless its commit has begun.</summary>
    public void Dispose() => loop.Dispose();

    private void Look()
    {
        long now = loop.Now;
        var configuration = enforcer.Configuration;
        arrivals.Clear();
        enforcer.ReadArrivals(arrivals);
        watch.Look(configuration, arrivals, now, Note);
        NoteEnds(configuration.Of<TriggerHold>());
        bool isDue = (nextEnd <= clock.GetUtcNow() && nextLift <= now) || pending.Values.Any(firing => firing.NextTry <= now);
        if (isDue && !loop.IsWriting)
        {
            loop.BeginWriting();
        }
    }

    private void Note(MacSecurityTrigger trigger, MacInterface record, string counted) =>
        pending.TryAdd((trigger.Name, record.Name), new PendingFiring(trigger.Name, record.Name, new TriggerEvidence(counted, actor.HostName, actor.Process)));

    /// <summary>Sees when the next thing is over. What went with its record is not told of, so it is asked for at longer and longer intervals.</summary>
    private void NoteEnds(ImmutableArray<TriggerHold> current)
    {
        if (current == holds)
        {
            return;
        }

        holds = current;
        nextEnd = current.Min(hold => hold.Until);
        nextLift = 0;
        liftDelay = WatchLoop.MinRetryDelay;
    }

    private void Write()
    {
        PendingFiring[] due;
        bool isEnd;
        lock (loop.Gate)
        {
            long now = loop.Now;
            due = [.. pending.Values.Where(firing => firing.NextTry <= now)];
            isEnd = nextEnd <= clock.GetUtcNow() && nextLift <= now;
        }

        if (isEnd)
        {
            Lift();
        }

        foreach (var firing in due)
        {
            Fire(firing);
        }
    }

    private void Lift()
    {
        try
        {
            foreach (var hold in store.WriteStoppable(SecurityTriggerCatalog.LiftDue, loop.Stopping))
            {
                Tell(EnforcerEventKind.TriggerLifted, hold.Interface, $"Security trigger '{hold.Trigger}' is over at {hold.Interface}.");
            }

            isLiftToldOf = false;
        }
        catch (OperationCanceledException) when (loop.Stopping.IsCancellationRequested)
        {
            // The next enforcer takes it back.
        }
#pragma warning disable CA1031 // It is told: an exception would end the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!isLiftToldOf)
            {
                isLiftToldOf = true;
                Tell(EnforcerEventKind.TriggerFailed, record: null, $"What security triggers did and is over could not be taken back, and it is tried again. {error.Message}");
            }
        }

        lock (loop.Gate)
        {
            nextLift = loop.Now + liftDelay.Ticks;
            liftDelay = WatchLoop.Longer(liftDelay);
        }
    }

    private void Fire(PendingFiring firing)
    {
        try
        {
            var outcome = store.WriteStoppable(writable => SecurityTriggerCatalog.Fire(writable, firing.Trigger, firing.Interface, firing.Evidence), loop.Stopping);
            lock (loop.Gate)
            {
                pending.Remove((firing.Trigger, firing.Interface));
            }

            if (outcome is TriggerOutcome.Fired or TriggerOutcome.Rehearsed)
            {
                Tell(
                    EnforcerEventKind.TriggerFired,
                    firing.Interface,
                    $"Security trigger '{firing.Trigger}' {(outcome == TriggerOutcome.Fired ? "fired" : "would have fired")} at {firing.Interface}: {firing.Evidence.Counts}.");
            }
        }
        catch (OperationCanceledException) when (loop.Stopping.IsCancellationRequested)
        {
            // It was told to stop, and nothing has happened.
        }
#pragma warning disable CA1031 // It is told: an exception would end the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            lock (loop.Gate)
            {
                firing.NextTry = loop.Now + firing.Delay.Ticks;
                firing.Delay = WatchLoop.Longer(firing.Delay);
            }

            if (!firing.IsToldOf)
            {
                firing.IsToldOf = true;
                Tell(
                    EnforcerEventKind.TriggerFailed,
                    firing.Interface,
                    $"Security trigger '{firing.Trigger}' should fire at {firing.Interface} ({firing.Evidence.Counts}) and could not; it is tried again. {error.Message}");
            }
        }
    }

    private void Tell(EnforcerEventKind kind, string? record, string sentence) =>
        enforcer.Events.Publish(new MacEnforcerEvent { Time = clock.GetUtcNow(), Kind = kind, Interface = record, Detail = sentence });
}

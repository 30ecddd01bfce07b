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

    /// <summary>The shortest time to the next try of what failed.</summary>
    internal static readonly TimeSpan MinRetryDelay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(60);

    private readonly IMacStore store;
    private readonly PolicyEnforcer enforcer;
    private readonly AuditActor actor;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Held while the store is written.</summary>
    private readonly Lock writing = new();

    /// <summary>Held for moments only, by whoever looks and by whoever writes.</summary>
    private readonly Lock gate = new();
    private readonly TriggerWatch watch;
    private readonly List<PortArrivals> arrivals = [];
    private readonly Dictionary<(string Trigger, string Interface), PendingFiring> pending = [];
    private readonly ITimer looker;
    private readonly ITimer writer;
    private readonly long startedAt;
    private ImmutableArray<TriggerHold> holds = [];
    private DateTimeOffset? nextEnd;
    private long nextLift;
    private TimeSpan liftDelay = MinRetryDelay;
    private bool isLiftToldOf;
    private bool isLookToldOf;
    private bool isWriting;
    private bool isDisposed;

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
        startedAt = clock.GetTimestamp();
        watch = new TriggerWatch((trigger, why) => Tell(EnforcerEventKind.TriggerFailed, record: null, $"Security trigger '{trigger.Name}' is not evaluated here. {why}"));
        writer = clock.CreateTimer(static self => ((SecurityTriggerEvaluator)self!).Write(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        looker = clock.CreateTimer(static self => ((SecurityTriggerEvaluator)self!).Look(), this, LookInterval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends it. What is being written is rolled back, unless its commit has begun.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            looker.Dispose();
            writer.Dispose();
        }

        stopping.Cancel();
        lock (writing)
        {
            stopping.Dispose();
        }
    }

    private long Now => clock.GetElapsedTime(startedAt).Ticks;

    /// <summary>Runs on a thread that nobody waits for, as <see cref="Write"/> does.</summary>
    private void Look()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            try
            {
                LookOnce();
                isLookToldOf = false;
            }
#pragma warning disable CA1031 // It is told.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (!isLookToldOf)
                {
                    isLookToldOf = true;
                    Tell(EnforcerEventKind.TriggerFailed, record: null, $"Security triggers cannot be evaluated, and it is tried again. {error.Message}");
                }
            }

            // Armed anew after each look, so looks cannot pile up.
            looker.Change(LookInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private void LookOnce()
    {
        long now = Now;
        var configuration = enforcer.Configuration;
        arrivals.Clear();
        enforcer.ReadArrivals(arrivals);
        watch.Look(configuration, arrivals, now, Note);
        NoteEnds(configuration.Of<TriggerHold>());
        bool isDue = (nextEnd <= clock.GetUtcNow() && nextLift <= now) || pending.Values.Any(firing => firing.NextTry <= now);
        if (isDue && !isWriting)
        {
            isWriting = true;
            writer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
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
        liftDelay = MinRetryDelay;
    }

    /// <summary>Runs on a thread that nobody waits for, where an exception would end the process: whatever goes wrong is told, and tried again.</summary>
    private void Write()
    {
        lock (writing)
        {
            PendingFiring[] due;
            bool isEnd;
            lock (gate)
            {
                if (isDisposed)
                {
                    return;
                }

                long now = Now;
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

            lock (gate)
            {
                isWriting = false;
            }
        }
    }

    private void Lift()
    {
        try
        {
            foreach (var hold in store.WriteStoppable(SecurityTriggerCatalog.LiftDue, stopping.Token))
            {
                Tell(EnforcerEventKind.TriggerLifted, hold.Interface, $"Security trigger '{hold.Trigger}' is over at {hold.Interface}.");
            }

            isLiftToldOf = false;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next enforcer takes it back.
        }
#pragma warning disable CA1031 // See Write: it is told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!isLiftToldOf)
            {
                isLiftToldOf = true;
                Tell(EnforcerEventKind.TriggerFailed, record: null, $"What security triggers did and is over could not be taken back, and it is tried again. {error.Message}");
            }
        }

        lock (gate)
        {
            nextLift = Now + liftDelay.Ticks;
            liftDelay = Longer(liftDelay);
        }
    }

    private void Fire(PendingFiring firing)
    {
        try
        {
            var outcome = store.WriteStoppable(writable => SecurityTriggerCatalog.Fire(writable, firing.Trigger, firing.Interface, firing.Evidence), stopping.Token);
            lock (gate)
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
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It was told to stop, and nothing has happened.
        }
#pragma warning disable CA1031 // See Write: it is told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            lock (gate)
            {
                firing.NextTry = Now + firing.Delay.Ticks;
                firing.Delay = Longer(firing.Delay);
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

    private static TimeSpan Longer(TimeSpan delay) => delay * 2 < MaxRetryDelay ? delay * 2 : MaxRetryDelay;

    private void Tell(EnforcerEventKind kind, string? record, string sentence) =>
        enforcer.Events.Publish(new MacEnforcerEvent { Time = clock.GetUtcNow(), Kind = kind, Interface = record, Detail = sentence });
}

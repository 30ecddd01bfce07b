using MacSegmentation.Auditing;
using MacSegmentation.Enforcement;
using MacSegmentation.Events;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Stores;

namespace MacSegmentation.ProfileRules;

/// <summary>
/// Has the profile rules of a store that have a condition work for a running enforcer: looks once a second what the profiles of instances do at its ports, gives an instance the profile of
/// a rule whose condition is met, and takes back what rules gave, whichever host it was, when its time is over. A rule that goes back and forth with another one is suspended.
/// </summary>
/// <remarks>
/// Looking never waits for the store. What cannot be written, because the store is away, is told once and tried again, at longer and longer intervals, as long as the condition is met. Nothing
/// is kept here that has to outlive the process: what was given, and until when, is in the store. Only a switch measures the ports of instances.
/// </remarks>
public sealed class ProfileRuleEvaluator : IDisposable
{
    /// <summary>From one look to the next.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long whoever does not see an instance's port leaves it to who does to say that a condition is met still.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly IMacStore store;
    private readonly PolicyEnforcer enforcer;
    private readonly AuditActor actor;
    private readonly TimeProvider clock;
    private readonly ProfileRuleWatch watch;
    private readonly Dictionary<string, ProfileHistory> histories = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What was found gone in the store, though the snapshot has it still.</summary>
    private readonly HashSet<ProfileAdjustment> gone = [];
    private readonly WatchLoop loop;
    private List<RuleWish> wishes = [];
    private List<(ProfileAdjustment Adjustment, DateTimeOffset? LastMet)> ends = [];
    private long nextWrite;
    private TimeSpan delay = WatchLoop.MinRetryDelay;
    private bool isFailureToldOf;

    /// <summary>Begins to look.</summary>
    /// <param name="store">The store, which can be written. It stays the caller's to dispose, after this.</param>
    /// <param name="enforcer">The enforcer, which follows the store.</param>
    /// <param name="actor">Who it is that sees; null for this process.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public ProfileRuleEvaluator(IMacStore store, PolicyEnforcer enforcer, AuditActor? actor = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(enforcer);
        this.store = store;
        this.enforcer = enforcer;
        this.actor = actor ?? AuditActor.Current;
        clock = timeProvider ?? TimeProvider.System;
        watch = new ProfileRuleWatch((rule, why) => Tell(EnforcerEventKind.ProfileRuleFailed, instance: null, $"Profile rule {rule.RuleId} is not evaluated here. {why}"));
        loop = new WatchLoop(
            clock,
            LookInterval,
            Look,
            error => Tell(EnforcerEventKind.ProfileRuleFailed, instance: null, $"Profile rules cannot be evaluated, and it is tried again. {error.Message}"),
            Write);
        loop.Start(LookInterval);
    }

    /// <summary>Ends it. What is being written is rolled back, unless its commit has begun.</summary>
    public void Dispose() => loop.Dispose();

    private void Look()
    {
        var configuration = enforcer.Configuration;
        watch.Take(configuration);
        if (loop.IsWriting)
        {
            return;
        }

        (long now, var time) = (loop.Now, clock.GetUtcNow());
        wishes = [];
        ends = [];
        if (watch.IsNeeded)
        {
            watch.Look(enforcer.LookAtNics(), now, time, wishes);
        }

        var adjustments = configuration.Of<ProfileAdjustment>();
        wishes.RemoveAll(wish => adjustments.Any(adjustment => adjustment.HeldUntil > time && string.Equals(adjustment.Instance, wish.Instance, StringComparison.OrdinalIgnoreCase)));
        NoteEnds(configuration, time);
        if (wishes.Count + ends.Count > 0 && nextWrite <= now)
        {
            loop.BeginWriting();
        }
    }

    /// <summary>Finds what is over, and what is to go on because its condition is met still. The latter is written at half its time at the latest, so that nobody else takes it back.</summary>
    private void NoteEnds(ConfigurationSnapshot configuration, DateTimeOffset time)
    {
        gone.IntersectWith(configuration.Of<ProfileAdjustment>());
        foreach (var adjustment in configuration.Of<ProfileAdjustment>())
        {
            if (adjustment.Until is not { } until || gone.Contains(adjustment))
            {
                continue;
            }

            var after = configuration.Of<MacProfileRule>().FirstOrDefault(rule => rule.RuleId == adjustment.RuleId)?.RevertAfter ?? TimeSpan.Zero;
            var lastMet = adjustment.RuleId is { } ruleId ? watch.LastMet(adjustment.Instance, ruleId) : null;
            var end = until > adjustment.HeldUntil ? until : adjustment.HeldUntil;
            if (lastMet + after > until && until - time <= after / 2)
            {
                ends.Add((adjustment, lastMet));
            }
            else if (end + (watch.Sees(adjustment.Instance) ? TimeSpan.Zero : Grace) <= time)
            {
                ends.Add((adjustment, null));
            }
        }
    }

    private void Write()
    {
        List<RuleWish> wanted;
        List<(ProfileAdjustment Adjustment, DateTimeOffset? LastMet)> over;
        lock (loop.Gate)
        {
            (wanted, over) = (wishes, ends);
        }

        bool isDone = over.TrueForAll(end => Try(() => End(end.Adjustment, end.LastMet), end.Adjustment.Instance, $"What {GiverOf(end.Adjustment)} gave could not be taken back"))
            && wanted.TrueForAll(wish => Try(() => Fire(wish), wish.Instance, $"Profile rule {wish.RuleId} should give {wish.Instance} the profile '{wish.Profile}' ({wish.Measured}) and could not"));
        lock (loop.Gate)
        {
            isFailureToldOf &= !isDone;
            nextWrite = isDone ? 0 : loop.Now + delay.Ticks;
            delay = isDone ? WatchLoop.MinRetryDelay : WatchLoop.Longer(delay);
        }
    }

    /// <summary>Does something with the store.</summary>
    /// <returns>False if it failed.</returns>
    private bool Try(Action act, string instance, string failure)
    {
        try
        {
            act();
            return true;
        }
        catch (OperationCanceledException) when (loop.Stopping.IsCancellationRequested)
        {
            // It was told to stop, and nothing has happened; the next enforcer does it.
            return true;
        }
#pragma warning disable CA1031 // It is told: an exception would end the process.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!isFailureToldOf)
            {
                isFailureToldOf = true;
                Tell(EnforcerEventKind.ProfileRuleFailed, instance, $"{failure}; it is tried again. {error.Message}");
            }

            return false;
        }
    }

    private void Fire(RuleWish wish)
    {
        string evidence = $"{wish.Measured}, seen by {actor.HostName} {actor.Process}";
        var outcome = store.WriteStoppable(writable => ProfileAdjustments.Adjust(writable, wish.RuleId, wish.Instance, evidence), loop.Stopping);
        if (outcome != AdjustmentOutcome.Held)
        {
            lock (loop.Gate)
            {
                watch.Spend(wish.Instance, wish.RuleId);
            }
        }

        if (outcome != AdjustmentOutcome.Adjusted)
        {
            return;
        }

        Tell(EnforcerEventKind.ProfileAdjusted, wish.Instance, $"Profile rule {wish.RuleId} gave {wish.Instance} the profile '{wish.Profile}': {wish.Measured}.");
        if (HistoryOf(wish.Instance).Add(clock.GetUtcNow(), wish.Profile))
        {
            string fight = $"{wish.Instance} went back and forth between profiles three times within a minute, at last to '{wish.Profile}'";
            if (store.WriteStoppable(writable => ProfileAdjustments.Suspend(writable, wish.RuleId, fight), loop.Stopping))
            {
                Tell(EnforcerEventKind.ProfileRuleSuspended, wish.Instance, $"Profile rule {wish.RuleId} is suspended: {fight}. Have the conditions of the rules overlap less, then make it active again with Set-MacProfileRule -State Active.");
            }
        }
    }

    private void End(ProfileAdjustment adjustment, DateTimeOffset? lastMet)
    {
        if (lastMet is { } met)
        {
            store.WriteStoppable(writable => ProfileAdjustments.Extend(writable, adjustment, met), loop.Stopping);
            return;
        }

        if (store.WriteStoppable(writable => ProfileAdjustments.RevertDue(writable, adjustment), loop.Stopping) is { } instance)
        {
            HistoryOf(instance.Name).Add(clock.GetUtcNow(), instance.EffectiveProfile);
            Tell(
                EnforcerEventKind.ProfileReverted,
                instance.Name,
                $"The time of {GiverOf(adjustment)} is over: {instance.Name} has {(instance.EffectiveProfile is { } profile ? $"the profile '{profile}'" : "no profile")} again.");
        }
        else
        {
            lock (loop.Gate)
            {
                gone.Add(adjustment);
            }
        }
    }

    private static string GiverOf(ProfileAdjustment adjustment) => adjustment.RuleId is { } ruleId ? $"profile rule {ruleId}" : "an application's feedback";

    private ProfileHistory HistoryOf(string instance)
    {
        // What is gone takes no memory.
        var time = clock.GetUtcNow();
        foreach (string over in histories.Where(history => history.Value.IsOver(time)).Select(history => history.Key).ToArray())
        {
            histories.Remove(over);
        }

        if (!histories.TryGetValue(instance, out var history))
        {
            histories.Add(instance, history = new ProfileHistory());
        }

        return history;
    }

    private void Tell(EnforcerEventKind kind, string? instance, string sentence) =>
        enforcer.Events.Publish(new MacEnforcerEvent { Time = clock.GetUtcNow(), Kind = kind, Interface = instance, Detail = sentence });
}

using System.Collections.Immutable;
using System.Globalization;
using MacSegmentation.Conditions;
using MacSegmentation.RunningEnforcers;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>
/// Finds where conditions became true from one look at a store to the next. Each is told once when it becomes true of something, and again only after it was false. One thread at a time.
/// </summary>
/// <remarks>Counts are those of enforcers' signs of life, which come once a second: what is counted within a time may be of up to a second more.</remarks>
public sealed class WatchEvaluator
{
    private readonly TimeSpan longest;
    private readonly Dictionary<string, (CounterHistory Denials, CounterHistory Spoofs)> counters = new(StringComparer.Ordinal);
    private readonly CounterHistory revisions = new();
    private DateTimeOffset? firstLook;
    private WatchFacts? latest;

    /// <summary>Watches conditions.</summary>
    /// <param name="conditions">The conditions.</param>
    /// <param name="memory">What whoever watched before knew; null if nobody did.</param>
    public WatchEvaluator(IReadOnlyList<WatchCondition> conditions, WatchMemory? memory = null)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        Conditions = conditions;
        Memory = memory;
        longest = conditions.SelectMany(condition => condition.Condition.Comparisons).Select(comparison => comparison.Window).DefaultIfEmpty().Max();
    }

    /// <summary>The conditions.</summary>
    public IReadOnlyList<WatchCondition> Conditions { get; }

    /// <summary>What is known now, to be kept with what was told; null before the first look.</summary>
    public WatchMemory? Memory { get; private set; }

    /// <summary>Number of things that conditions hold of.</summary>
    public int MetCount => Memory?.Met.Count ?? 0;

    /// <summary>Looks at what was found.</summary>
    /// <param name="facts">What was found.</param>
    /// <returns>What became true, without the name of the watch.</returns>
    public IReadOnlyList<MacStoreEvent> Look(WatchFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.StoreError is not null)
        {
            return LookAway(facts);
        }

        Count(facts);
        bool isFirst = Memory is null;
        var memory = Memory ?? WatchMemory.Empty;
        var met = ImmutableHashSet.CreateBuilder<(string, string)>();
        var events = new List<MacStoreEvent>();
        foreach (var condition in Conditions)
        {
            foreach (var (key, subject, readings) in ListSubjects(condition, facts, memory))
            {
                if (!condition.Condition.IsMet(readings))
                {
                    continue;
                }

                met.Add((condition.Text, key));
                if (memory.Met.Contains((condition.Text, key)) || (isFirst && readings.IsOld))
                {
                    continue;
                }

                events.Add(Tell(facts, condition, subject, readings));
            }
        }

        var running = facts.Enforcers.Where(enforcer => enforcer.State == RunningEnforcerState.Running || memory.Enforcers.ContainsKey(enforcer.EnforcerId));
        Memory = new WatchMemory(met.ToImmutable(), running.ToImmutableSortedDictionary(enforcer => enforcer.EnforcerId, enforcer => enforcer.ToString(), StringComparer.Ordinal));
        latest = facts;
        return events;
    }

    /// <summary>While the store is away nothing is known anew, but that.</summary>
    private List<MacStoreEvent> LookAway(WatchFacts facts)
    {
        var memory = Memory ?? WatchMemory.Empty;
        var known = (latest ?? facts) with { Time = facts.Time, StoreError = facts.StoreError };
        var events = new List<MacStoreEvent>();
        foreach (var condition in Conditions.Where(condition => condition.Condition.Comparisons.Any(comparison => comparison.Metric == WatchMetrics.StoreUnreachable)))
        {
            foreach (var (key, subject, readings) in ListSubjects(condition, known, memory).ToList())
            {
                if (condition.Condition.IsMet(readings) && !memory.Met.Contains((condition.Text, key)))
                {
                    memory = memory with { Met = memory.Met.Add((condition.Text, key)) };
                    events.Add(Tell(known, condition, subject, readings));
                }
            }
        }

        Memory = Memory is null && events.Count == 0 ? null : memory;
        return events;
    }

    private static MacStoreEvent Tell(WatchFacts facts, WatchCondition condition, string subject, Readings readings)
    {
        string measured = string.Join(", ", condition.Condition.Comparisons.Select(comparison => comparison.DescribeReading(readings.Read(comparison, isTold: true))).Distinct(StringComparer.Ordinal));
        string detail = readings.Detail is { Length: > 0 } text ? $" {text}" : string.Empty;
        return new MacStoreEvent
        {
            Id = Guid.NewGuid().ToString("N"),
            Time = facts.Time,
            Condition = condition.Text,
            Subject = subject,
            Message = $"{(subject.Length == 0 ? string.Empty : $"{subject}: ")}{measured}.{detail}",
            StoreId = facts.StoreId,
        };
    }

    private IEnumerable<(string Key, string Subject, Readings Readings)> ListSubjects(WatchCondition condition, WatchFacts facts, WatchMemory memory)
    {
        switch (condition.Subject)
        {
            case WatchSubject.Vlan:
                foreach (var pool in facts.Pools)
                {
                    string name = pool.Name.Length == 0 ? string.Empty : $" ({pool.Name})";
                    yield return (
                        pool.VlanId.ToString(CultureInfo.InvariantCulture),
                        $"VLAN {pool.VlanId}{name}",
                        new Readings(this, facts) { Used = pool.Used, Size = pool.Size, Detail = $"{pool.Used} of {pool.Size} addresses are used, {pool.Free} free." });
                }

                break;
            case WatchSubject.Enforcer:
                foreach (var enforcer in facts.Enforcers)
                {
                    bool isSilent = enforcer.State == RunningEnforcerState.Silent;
                    yield return (enforcer.EnforcerId, $"Enforcer {enforcer}", new Readings(this, facts)
                    {
                        IsStopped = isSilent,
                        IsOld = isSilent,
                        PortsDown = isSilent ? 0 : enforcer.PortsDown,
                        HasTableFailed = !isSilent && enforcer.TableError.Length > 0,
                        Detail = isSilent ? $"It has been silent since {enforcer.SeenAt.UtcDateTime:u}." : enforcer.TableError,
                    });
                }

                var present = facts.Enforcers.Select(enforcer => enforcer.EnforcerId).ToHashSet(StringComparer.Ordinal);
                foreach (var (id, name) in memory.Enforcers.Where(known => !present.Contains(known.Key)))
                {
                    // One that fell silent was told then.
                    yield return (id, $"Enforcer {name}", new Readings(this, facts) { IsStopped = true, Detail = "It has ended." });
                }

                break;
            case WatchSubject.Provider:
                foreach (var provider in facts.Providers.Where(provider => provider.SeenAt is not null))
                {
                    yield return (provider.Name, $"Provider {provider.Name}", new Readings(this, facts) { Silence = facts.Time - provider.SeenAt!.Value, Detail = $"It was seen last at {provider.SeenAt.Value.UtcDateTime:u}." });
                }

                break;
            default:
                yield return (string.Empty, string.Empty, new Readings(this, facts) { Detail = facts.StoreError });
                break;
        }
    }

    private void Count(WatchFacts facts)
    {
        firstLook ??= facts.Time;
        revisions.Add(facts.Time, facts.Revision, longest);
        foreach (var enforcer in facts.Enforcers)
        {
            if (!counters.TryGetValue(enforcer.EnforcerId, out var pair))
            {
                counters.Add(enforcer.EnforcerId, pair = (new(), new()));
                if (enforcer.StartedAt >= firstLook)
                {
                    // What it denied before it was first seen was denied while it was watched for.
                    pair.Denials.Add(enforcer.StartedAt, 0, longest);
                    pair.Spoofs.Add(enforcer.StartedAt, 0, longest);
                }
            }

            pair.Denials.Add(enforcer.SeenAt, enforcer.FramesDenied, longest);
            pair.Spoofs.Add(enforcer.SeenAt, enforcer.SpoofRefusals, longest);
        }

        foreach (string gone in counters.Where(counter => facts.Time - counter.Value.Denials.Time > longest + MacRunningEnforcer.Lifetime).Select(counter => counter.Key).ToList())
        {
            counters.Remove(gone);
        }
    }

    private sealed class Readings(WatchEvaluator owner, WatchFacts facts) : IConditionReadings
    {
        public long Used { get; init; }

        public long Size { get; init; }

        public bool IsStopped { get; init; }

        public int PortsDown { get; init; }

        public bool HasTableFailed { get; init; }

        public TimeSpan Silence { get; init; }

        public string? Detail { get; init; }

        /// <summary>True if it was so before anybody watched, and is no news to who begins to.</summary>
        public bool IsOld { get; init; }

        public long Read(MacConditionComparison comparison) => Read(comparison, isTold: false);

        public long Read(MacConditionComparison comparison, bool isTold)
        {
            var metric = comparison.Metric;
            return metric == WatchMetrics.PoolUse ? Share(comparison, isTold)
                : metric == WatchMetrics.Denials ? owner.counters.Values.Sum(counter => counter.Denials.Within(comparison.Window, facts.Time))
                : metric == WatchMetrics.SpoofRefusals ? owner.counters.Values.Sum(counter => counter.Spoofs.Within(comparison.Window, facts.Time))
                : metric == WatchMetrics.Changes ? owner.revisions.Within(comparison.Window, facts.Time)
                : metric == WatchMetrics.Enforcers ? facts.Enforcers.Count(enforcer => enforcer.State == RunningEnforcerState.Running)
                : metric == WatchMetrics.StoreUnreachable ? (facts.StoreError is null ? 0 : 1)
                : metric == WatchMetrics.EnforcerStopped ? (IsStopped ? 1 : 0)
                : metric == WatchMetrics.PortsDown ? PortsDown
                : metric == WatchMetrics.TableFailed ? (HasTableFailed ? 1 : 0)
                : Math.Clamp(Silence.Ticks, 0, TimeSpan.TicksPerDay + 1);
        }

        /// <summary>A share between two whole per cent is above the lower one and below the upper one, whichever is asked about.</summary>
        private long Share(MacConditionComparison comparison, bool isTold)
        {
            if (Size == 0)
            {
                return 0;
            }

            var exact = (UInt128)Used * 100;
            long floor = (long)(exact / (ulong)Size);
            bool isWhole = exact % (ulong)Size == 0;
            return isTold || isWhole || comparison.Operator is ConditionOperator.GreaterOrEqual or ConditionOperator.Less ? floor : floor + 1;
        }
    }
}

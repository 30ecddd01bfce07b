using System.Collections.Frozen;
using MacSegmentation.Conditions;

namespace MacSegmentation.Watches;

/// <summary>What the condition of a watch may ask about: what the store knows, and what enforcers everywhere told it.</summary>
public static class WatchMetrics
{
    /// <summary>Used addresses of a VLAN's pool.</summary>
    public static readonly ConditionMetric PoolUse = new(nameof(PoolUse), ConditionUnit.Share, IsWindowed: false, "used addresses of a VLAN's pool");

    /// <summary>Frames that enforcers denied, all together.</summary>
    public static readonly ConditionMetric Denials = new(nameof(Denials), ConditionUnit.Count, IsWindowed: true, "frames that all enforcers denied");

    /// <summary>Frames denied because an address in them is another's: a part of the denials.</summary>
    public static readonly ConditionMetric SpoofRefusals = new(nameof(SpoofRefusals), ConditionUnit.Count, IsWindowed: true, "frames denied because they claim an address of another");

    /// <summary>Revisions that the store went on.</summary>
    public static readonly ConditionMetric Changes = new(nameof(Changes), ConditionUnit.Count, IsWindowed: true, "changes of the store");

    /// <summary>Enforcers that run.</summary>
    public static readonly ConditionMetric Enforcers = new(nameof(Enforcers), ConditionUnit.Count, IsWindowed: false, "enforcers that run");

    /// <summary>The store cannot be read.</summary>
    public static readonly ConditionMetric StoreUnreachable = new(nameof(StoreUnreachable), ConditionUnit.State, IsWindowed: false, "the store cannot be read");

    /// <summary>An enforcer that ran has ended, or has fallen silent.</summary>
    public static readonly ConditionMetric EnforcerStopped = new(nameof(EnforcerStopped), ConditionUnit.State, IsWindowed: false, "an enforcer has ended or fallen silent");

    /// <summary>Ports of an enforcer whose adapter is down or gone.</summary>
    public static readonly ConditionMetric PortsDown = new(nameof(PortsDown), ConditionUnit.Count, IsWindowed: false, "ports of an enforcer that are down");

    /// <summary>An enforcer could not put the newest configuration in force.</summary>
    public static readonly ConditionMetric TableFailed = new(nameof(TableFailed), ConditionUnit.State, IsWindowed: false, "an enforcer has not the newest configuration");

    /// <summary>How long a provider has not reached the store.</summary>
    public static readonly ConditionMetric ProviderSilence = new(nameof(ProviderSilence), ConditionUnit.Duration, IsWindowed: false, "how long a provider has not reached the store");

    private static readonly FrozenDictionary<ConditionMetric, WatchSubject> Subjects = new Dictionary<ConditionMetric, WatchSubject>
    {
        [PoolUse] = WatchSubject.Vlan,
        [EnforcerStopped] = WatchSubject.Enforcer,
        [PortsDown] = WatchSubject.Enforcer,
        [TableFailed] = WatchSubject.Enforcer,
        [ProviderSilence] = WatchSubject.Provider,
    }.ToFrozenDictionary();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ConditionMetric> All { get; } = [PoolUse, Denials, SpoofRefusals, Changes, Enforcers, StoreUnreachable, EnforcerStopped, PortsDown, TableFailed, ProviderSilence];

    /// <summary>What a metric is one of.</summary>
    public static WatchSubject SubjectOf(ConditionMetric metric) => Subjects.GetValueOrDefault(metric, WatchSubject.Store);
}

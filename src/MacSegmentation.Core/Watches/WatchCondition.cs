using MacSegmentation.Conditions;
using MacSegmentation.Errors;

namespace MacSegmentation.Watches;

/// <summary>A condition that is watched, and what it is asked of.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Subject">What it is asked of: one kind of thing, with what holds for the store as a whole beside it.</param>
public sealed record WatchCondition(MacCondition Condition, WatchSubject Subject)
{
    /// <summary>The condition as it is written canonically.</summary>
    public string Text => Condition.ToString();

    /// <summary>Reads one.</summary>
    /// <param name="text">The condition, such as <c>PoolUse &gt; 80%</c>.</param>
    /// <exception cref="MacSegmentationException">InvalidCondition: it cannot be read, or asks about two kinds of things at once.</exception>
    public static WatchCondition Parse(string text)
    {
        var condition = MacCondition.Parse(text, WatchMetrics.All);
        ConditionMetric[] own = [.. condition.Comparisons.Select(comparison => comparison.Metric).Where(metric => WatchMetrics.SubjectOf(metric) != WatchSubject.Store)];
        if (own.Length > 0 && Array.Find(own, metric => WatchMetrics.SubjectOf(metric) != WatchMetrics.SubjectOf(own[0])) is { } other)
        {
            throw new MacSegmentationException(
                "InvalidCondition",
                MacErrorKind.InvalidArgument,
                $"{own[0].Name} is one of each {Name(own[0])}, and {other.Name} one of each {Name(other)}: one condition cannot ask both. Watch two conditions.",
                text);
        }

        return new WatchCondition(condition, own.Length > 0 ? WatchMetrics.SubjectOf(own[0]) : WatchSubject.Store);
    }

    private static string Name(ConditionMetric metric) => WatchMetrics.SubjectOf(metric) switch
    {
        WatchSubject.Vlan => "VLAN",
        WatchSubject.Enforcer => "enforcer",
        _ => "provider",
    };
}

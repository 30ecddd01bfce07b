using System.Collections.Frozen;
using System.Collections.Immutable;
using MacSegmentation.Conditions;
using MacSegmentation.Counting;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Stores;

namespace MacSegmentation.ProfileRules;

/// <summary>Looks at the ports of instances, and finds which rule is to give which of them another profile. One thread at a time.</summary>
/// <param name="unreadable">Told once of each rule whose condition cannot be read, as a newer version's, and why: the others are watched.</param>
internal sealed class ProfileRuleWatch(Action<MacProfileRule, string> unreadable)
{
    private readonly Dictionary<string, PortMeasurements> ports = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(long RuleId, string When)> unreadableTold = [];
    private ImmutableArray<MacProfileRule> rules = [];
    private ImmutableArray<MacInterface> records = [];
    private (MacProfileRule Rule, MacCondition Condition)[] watched = [];
    private FrozenSet<TimeSpan> windows = FrozenSet<TimeSpan>.Empty;
    private FrozenDictionary<string, MacInterface> recordOf = FrozenDictionary<string, MacInterface>.Empty;

    /// <summary>True if there is a rule to look for.</summary>
    public bool IsNeeded => watched.Length > 0;

    /// <summary>Takes in the configuration in force.</summary>
    public void Take(ConfigurationSnapshot snapshot)
    {
        if (snapshot.Of<MacProfileRule>() is var next && next != rules)
        {
            watched = [.. next.Where(rule => rule.IsAdjustment && rule.SuspendedAt is null).Select(Read).OfType<(MacProfileRule, MacCondition)>()];
            windows = watched.SelectMany(rule => rule.Condition.Comparisons).Where(comparison => comparison.Metric.IsWindowed).Select(comparison => comparison.Window).ToFrozenSet();
            rules = next;
        }

        if (!IsNeeded)
        {
            ports.Clear();
            records = [];
            recordOf = FrozenDictionary<string, MacInterface>.Empty;
        }
        else if (snapshot.Interfaces != records)
        {
            records = snapshot.Interfaces;
            recordOf = records.ToFrozenDictionary(record => record.Name, StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>Looks once. Of the rules whose condition is met at a port the one with the lowest number counts.</summary>
    /// <param name="looks">The ports.</param>
    /// <param name="now">When, in ticks of 100 ns of a clock that never goes back.</param>
    /// <param name="time">When, by the calendar.</param>
    /// <param name="wishes">Gets what rules want.</param>
    public void Look(IReadOnlyList<NicLook> looks, long now, DateTimeOffset time, List<RuleWish> wishes)
    {
        var present = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var look in looks)
        {
            string name = look.Counts.Record.Name;
            if (!recordOf.TryGetValue(name, out var record))
            {
                continue;
            }

            present.Add(name);
            if (!ports.TryGetValue(name, out var port))
            {
                ports.Add(name, port = new PortMeasurements());
            }

            port.Look(look.FromInstance, look.ToInstance, record.Profile, now, windows);
            Judge(port, record, time, wishes);
        }

        foreach (string gone in ports.Keys.Where(name => !present.Contains(name)).ToArray())
        {
            ports.Remove(gone);
        }
    }

    /// <summary>True if an instance's port is here.</summary>
    public bool Sees(string instance) => ports.ContainsKey(instance);

    /// <summary>When the condition of a rule was met last at an instance's port; null if that was not seen.</summary>
    public DateTimeOffset? LastMet(string instance, long ruleId) => ports.TryGetValue(instance, out var port) && port.LastMet.TryGetValue(ruleId, out var time) ? time : null;

    /// <summary>A rule has had its way: it does so again only after its condition was not met.</summary>
    public void Spend(string instance, long ruleId)
    {
        if (ports.TryGetValue(instance, out var port))
        {
            port.Spent.Add(ruleId);
        }
    }

    private void Judge(PortMeasurements port, MacInterface record, DateTimeOffset time, List<RuleWish> wishes)
    {
        bool isDecided = false;
        foreach (var (rule, condition) in watched)
        {
            if (!rule.Matches(record.Name, record.Tag, record.Session) || !port.CanJudge(condition))
            {
                continue;
            }

            if (!condition.IsMet(port))
            {
                port.Spent.Remove(rule.RuleId);
                continue;
            }

            port.LastMet[rule.RuleId] = time;
            if (isDecided || port.Spent.Contains(rule.RuleId))
            {
                continue;
            }

            isDecided = true;
            if (!string.Equals(record.Profile, rule.UseProfile, StringComparison.OrdinalIgnoreCase))
            {
                wishes.Add(new RuleWish(rule.RuleId, rule.UseProfile, record.Name, port.Describe(condition)));
            }
        }
    }

    private (MacProfileRule, MacCondition)? Read(MacProfileRule rule)
    {
        try
        {
            return (rule, ProfileRuleCatalog.Parse(rule.When!));
        }
        catch (MacSegmentationException error)
        {
            // Each change of any rule reads all of them anew.
            if (unreadableTold.Add((rule.RuleId, rule.When!)))
            {
                unreadable(rule, error.Message);
            }

            return null;
        }
    }
}

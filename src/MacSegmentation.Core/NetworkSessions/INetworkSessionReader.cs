using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;
using MacSegmentation.Profiles;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

/// <summary>The rows of sessions, of instances, and of the rules that give instances profiles.</summary>
public interface INetworkSessionReader : IInterfaceReader
{
    /// <summary>The session with this name, in any case, or null.</summary>
    MacSession? FindSession(string name);

    /// <summary>The sessions by name.</summary>
    IReadOnlyList<MacSession> ListSessions();

    /// <summary>The instance with this name, in any case, or null.</summary>
    MacInstance? FindInstance(string name);

    /// <summary>Instances by name.</summary>
    /// <param name="session">Only those of this session.</param>
    IReadOnlyList<MacInstance> ListInstances(string? session = null);

    /// <summary>The next instances by name after one.</summary>
    /// <param name="name">The name after which they come; empty for the first ones.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MacInstance> ListInstancesAfter(string name, int limit) =>
        [.. ListInstances().SkipWhile(instance => name.Length > 0 && StringComparer.OrdinalIgnoreCase.Compare(instance.Name, name) <= 0).Take(limit)];

    /// <summary>Instances whose name begins with a text in any case, by name.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="limit">At most so many; a store reads no more rows than that.</param>
    IReadOnlyList<MacInstance> ListInstancesNamed(string prefix, int limit) =>
        [.. ListInstances().Where(instance => instance.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Take(limit)];

    /// <summary>The rule with this number, or null.</summary>
    MacProfileRule? FindProfileRule(long ruleId);

    /// <summary>The rules by number, which is the order in which they are tried.</summary>
    IReadOnlyList<MacProfileRule> ListProfileRules();

    /// <summary>The other profiles that rules have given to running instances, by instance.</summary>
    IReadOnlyList<ProfileAdjustment> ListAdjustments();

    /// <summary>The other profile that a rule has given to an instance, by its name in any case, or null.</summary>
    ProfileAdjustment? FindAdjustment(string instance) => ListAdjustments().FirstOrDefault(adjustment => IsSame(adjustment.Instance, instance));

    /// <summary>The schedules of instances, by instance.</summary>
    IReadOnlyList<InstanceSchedule> ListSchedules();

    /// <inheritdoc/>
    long IVlanUses.CountSessions(int vlanId) => ListSessions().Count(session => session.VlanId == vlanId);

    /// <inheritdoc/>
    IReadOnlyList<int> IProfileUses.ListSessionVlansWith(string profile) => [.. ListSessions().Where(session => IsSame(session.DefaultProfile, profile)).Select(session => session.VlanId).Distinct()];

    /// <inheritdoc/>
    IReadOnlyList<string> IProfileUses.ListSessionUses(string profile, int limit) =>
    [
        .. ListSessions().Where(session => IsSame(session.DefaultProfile, profile)).Select(session => $"session '{session.Name}'")
            .Concat(ListProfileRules().Where(rule => IsSame(rule.UseProfile, profile)).Select(rule => $"rule {rule.RuleId}"))
            .Concat(ListSessions().Where(session => session.Scenario?.Steps.Any(step => IsSame(step.Profile, profile)) == true).Select(session => $"scenario '{session.Scenario!.Name}' of session '{session.Name}'"))
            .Concat(ListSchedules().Where(own => IsSame(own.Schedule.Profile, profile)).Select(own => $"the schedule of instance '{own.Instance}'"))
            .Concat(ListInstances().Where(instance => IsSame(instance.Profile, profile) || IsSame(instance.ResolvedProfile, profile)).Select(instance => $"instance '{instance.Name}'"))
            .Take(limit),
    ];

    /// <summary>The sessions by their names.</summary>
    NamedRecords SessionNames => new("Session", [.. ListSessions().Select(session => new NamedRecord(session.Name, session.VlanId, $"in VLAN {session.VlanId}"))]);

    private static bool IsSame(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;

namespace MacSegmentation.Configuration;

/// <summary>Legal sessions, rules and instances of so few names that two documents dispute all of them.</summary>
/// <param name="random">Where chance comes from.</param>
/// <param name="profiles">The document's vNIC profiles.</param>
/// <param name="vlans">The document's VLANs with their interfaces.</param>
internal sealed class SessionDocumentGenerator(Random random, MacProfile[] profiles, VlanConfiguration[] vlans)
{
    private static readonly string[] Conditions = ["EgressUtilization > 90% within 10s", "QueueDepth >= 100", "Loss > 1% within 1m and (AddedLatency > 20ms within 5s or IngressUtilization > 50% within 2s)"];
    private static readonly string?[] Patterns = [null, "*", "if-?", "db-*"];

    /// <summary>Sessions in the document's VLANs.</summary>
    public SessionConfiguration[] Sessions() => vlans.Length == 0 ? [] :
    [
        .. new[] { "lab", "\u00fcbung", "training" }.Where(_ => random.Next(3) > 0).Select(name => new SessionConfiguration
        {
            Name = random.Next(4) == 0 ? name.ToUpperInvariant() : name,
            VlanId = vlans[random.Next(vlans.Length)].Id,
            DefaultProfile = random.Next(2) == 0 ? null : AnyProfile(),
            Isolation = (SessionIsolation)random.Next(2),
            State = (SessionState)random.Next(2),
            Scenario = random.Next(2) == 0 ? null : MacScenario.Parse($"{(random.Next(2) == 0 ? "x" : "day")}: 0s default; 1m {AnyProfile() ?? "none"} if-*; 90s none{(random.Next(2) == 0 ? "; loop 2m" : string.Empty)}"),
        }),
    ];

    /// <summary>Rules of which no two say the same.</summary>
    public ProfileRuleConfiguration[] Rules(SessionConfiguration[] sessions) => profiles.Length == 0 ? [] :
    [
        .. Enumerable.Range(0, random.Next(5))
            .Select(_ => MakeRule(sessions))
            .DistinctBy(rule => (rule.UseProfile, rule.MatchName, string.Join('\n', rule.MatchTags.Select(tag => tag.ToString()).Order(StringComparer.Ordinal)), rule.Session, rule.When, rule.RevertAfter, rule.HoldTime)),
    ];

    /// <summary>Some of the interfaces as instances.</summary>
    public InstanceConfiguration[] Instances(SessionConfiguration[] sessions) =>
        [.. vlans.SelectMany(vlan => vlan.Interfaces.Select(record => (vlan.Id, record.Name))).Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()).Select(record => MakeInstance(record.Id, record.Name, sessions))];

    private ProfileRuleConfiguration MakeRule(SessionConfiguration[] sessions)
    {
        bool isAdjustment = random.Next(2) == 0;
        string? session = sessions.Length > 0 && random.Next(2) == 0 ? sessions[random.Next(sessions.Length)].Name : null;
        string? pattern = Patterns[random.Next(Patterns.Length)];
        return new ProfileRuleConfiguration
        {
            UseProfile = AnyProfile()!,
            MatchName = session is null ? pattern ?? "*" : pattern,
            MatchTags = [.. PartitionDocumentGenerator.Tags(random).OrderBy(_ => random.Next())],
            Session = session,
            When = isAdjustment ? Conditions[random.Next(Conditions.Length)] : null,
            RevertAfter = isAdjustment && random.Next(2) == 0 ? TimeSpan.FromMinutes(5) : null,
            HoldTime = isAdjustment && random.Next(2) == 0 ? TimeSpan.FromSeconds(random.Next(3)) : MacProfileRule.DefaultHoldTime,
        };
    }

    private InstanceConfiguration MakeInstance(int vlanId, string name, SessionConfiguration[] sessions)
    {
        var own = sessions.Where(session => session.VlanId == vlanId).ToArray();
        string? session = own.Length > 0 && random.Next(3) > 0 ? own[random.Next(own.Length)].Name : null;
        ProfileSource[] sources = profiles.Length == 0 ? [ProfileSource.None]
            : session is null ? [ProfileSource.None, ProfileSource.Override, ProfileSource.Rule]
            : [ProfileSource.None, ProfileSource.Override, ProfileSource.Rule, ProfileSource.Session];
        var source = sources[random.Next(sources.Length)];
        return new InstanceConfiguration { Name = name, Session = session, Profile = source == ProfileSource.None ? null : AnyProfile(), ProfileSource = source, Schedule = profiles.Length == 0 || random.Next(3) > 0 ? null : new ProfileSchedule(AnyProfile()!, new DateTimeOffset(2026, 1, 5, 8, 0, random.Next(3), TimeSpan.Zero), TimeSpan.FromMinutes(1), random.Next(2) == 0 ? TimeSpan.FromMinutes(10) : null) };
    }

    private string? AnyProfile() => profiles.Length == 0 ? null : profiles[random.Next(profiles.Length)].Name;
}

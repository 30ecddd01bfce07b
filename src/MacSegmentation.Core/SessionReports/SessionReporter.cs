using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.NetworkSessions;
using MacSegmentation.NicMetrics;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;

namespace MacSegmentation.SessionReports;

/// <summary>Makes the report of a session from what its store keeps: the samples that enforcers took, and the audit.</summary>
public static class SessionReporter
{
    /// <summary>Changes of a kind that are looked through, the newest ones: a report is no copy of the audit.</summary>
    private const int MostChanges = 10_000;

    private static readonly AuditAction[] OfInstances = [AuditAction.LaunchInstance, AuditAction.ChangeInstance, AuditAction.ChangeInterface, AuditAction.TerminateInstance];

    private static readonly AuditAction[] OfOthers =
    [
        AuditAction.CreateSession, AuditAction.ChangeSession, AuditAction.CreateProfile, AuditAction.ChangeProfile, AuditAction.AddProfileRule, AuditAction.ChangeProfileRule, AuditAction.RemoveProfileRule,
    ];

    /// <summary>The report of a session.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The session, in any case.</param>
    /// <param name="since">The beginning of the time that it tells of; null for the first sample or change that is known.</param>
    /// <param name="until">The end of that time; null for now.</param>
    /// <exception cref="MacSegmentationException">InvalidSessionName, SessionNotFound, InvalidReportTime.</exception>
    public static SessionReport Read(IStoreReader store, string name, DateTimeOffset? since = null, DateTimeOffset? until = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var session = SessionCatalog.Get(store, name);
        var end = until is { } given && given < store.Now ? given.ToUniversalTime() : store.Now;
        var instances = store.ListInstances(session.Name);
        var samples = instances.ToDictionary(instance => instance.InterfaceId, instance => store.ListNicSamples(instance.InterfaceId, end));
        var changes = ListChanges(store, session, end);
        var begin = since?.ToUniversalTime() ?? FirstOf(samples.Values.SelectMany(all => all), changes, session, instances) ?? end;
        if (begin > end || (since is not null && begin == end))
        {
            throw new MacSegmentationException(
                "InvalidReportTime",
                MacErrorKind.InvalidArgument,
                $"A report cannot tell of the time from {begin:u} to {end:u}. Give a beginning that lies before the end and in the past.",
                since);
        }

        var own = changes.ToLookup(change => change.Subject, StringComparer.OrdinalIgnoreCase);
        InstanceReport[] reports = [.. instances.Select(instance => Describe(instance, samples[instance.InterfaceId], own, begin, end))];
        return new SessionReport
        {
            MadeAt = store.Now,
            Since = begin,
            Until = end,
            Session = session.Name,
            VlanId = session.VlanId,
            DefaultProfile = session.DefaultProfile,
            Isolation = session.Isolation,
            State = session.State,
            Changes = [.. changes.Where(change => change.Time >= begin && IsOfAll(change, session, reports)).Select(ReportedChange.Of)],
            Instances = reports,
        };
    }

    private static MacAuditEvent[] ListChanges(IStoreReader store, MacSession session, DateTimeOffset end)
    {
        IEnumerable<MacAuditEvent> Of(AuditAction action, int? vlanId) => store.ListAuditEvents(new AuditQuery { Action = action, VlanId = vlanId, Newest = MostChanges });
        return [.. OfInstances.SelectMany(action => Of(action, session.VlanId)).Concat(OfOthers.SelectMany(action => Of(action, vlanId: null))).Where(change => change.Time < end).OrderBy(change => change.AuditId)];
    }

    private static DateTimeOffset? FirstOf(IEnumerable<NicSample> samples, IEnumerable<MacAuditEvent> changes, MacSession session, IReadOnlyList<MacInstance> instances)
    {
        var names = instances.Select(instance => instance.Name).Append(session.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var times = samples.Select(sample => sample.Metric.Time)
            .Concat(changes.Where(change => (OfInstances.Contains(change.Action) || change.Action is AuditAction.CreateSession or AuditAction.ChangeSession) && names.Contains(change.Subject)).Select(change => change.Time));
        return times.Select(time => (DateTimeOffset?)time).Min();
    }

    /// <summary>True for what is told of the session as a whole: itself, its instances that are gone, the profiles that its instances have had, and rules.</summary>
    private static bool IsOfAll(MacAuditEvent change, MacSession session, InstanceReport[] instances) => change.Action switch
    {
        AuditAction.CreateSession or AuditAction.ChangeSession => IsSame(change.Subject, session.Name),
        AuditAction.TerminateInstance => change.Detail.Split(", ").Contains($"session {session.Name}", StringComparer.Ordinal),
        AuditAction.CreateProfile or AuditAction.ChangeProfile => Array.Exists(instances, instance => IsSame(change.Subject, instance.Profile)
            || instance.Egress.Asked.Concat(instance.Ingress.Asked).Any(asked => IsSame(change.Subject, asked.Profile))),
        AuditAction.AddProfileRule or AuditAction.ChangeProfileRule or AuditAction.RemoveProfileRule => true,
        _ => false,
    };

    private static InstanceReport Describe(MacInstance instance, IReadOnlyList<NicSample> samples, ILookup<string, MacAuditEvent> changes, DateTimeOffset begin, DateTimeOffset end)
    {
        MacAuditEvent[] own = [.. changes[instance.Name].Where(change => OfInstances.Contains(change.Action))];
        DirectionReport Of(ProfileDirection direction) => DirectionSeries.Describe([.. samples.Where(sample => sample.Metric.Direction == direction)], own, changes, begin, end);
        return new InstanceReport
        {
            Name = instance.Name,
            MacAddress = instance.MacAddress.ToString(),
            Profile = instance.EffectiveProfile,
            ProfileSource = instance.ProfileSource,
            Changes = [.. own.Where(change => change.Time >= begin).Select(ReportedChange.Of)],
            Ingress = Of(ProfileDirection.Ingress),
            Egress = Of(ProfileDirection.Egress),
        };
    }

    private static bool IsSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

using MacSegmentation.Documents;

namespace MacSegmentation.NetworkSessions;

/// <summary>
/// Which sessions, rules and instances stay, go and are made. Rules stay up to the first that differs: their sequence is their meaning. What the port of an instance has, its interface
/// record says.
/// </summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="sessions">The sessions of the document.</param>
/// <param name="rules">The rules of the document.</param>
/// <param name="instances">The instances of the document.</param>
internal sealed class SessionPart(
    INetworkSessionWriter store,
    DocumentCursor cursor,
    DocumentList<SessionConfiguration> sessions,
    DocumentList<ProfileRuleConfiguration> rules,
    DocumentList<InstanceConfiguration> instances) : IDocumentPart
{
    /// <inheritdoc/>
    public void Check()
    {
        var sessionNames = new Dictionary<string, DocumentPlace>(StringComparer.OrdinalIgnoreCase);
        cursor.ForEach(sessions, session => cursor.RequireFirst(sessionNames, session.Name, "name", $"Session '{session.Name}'"));
        var instanceNames = new Dictionary<string, DocumentPlace>(StringComparer.OrdinalIgnoreCase);
        cursor.ForEach(instances, instance => cursor.RequireFirst(instanceNames, instance.Name, "name", $"Instance '{instance.Name}'"));
        cursor.ForEach(rules, rule =>
        {
            if (rule.When is not null)
            {
                ProfileRuleCatalog.Parse(rule.When);
            }
        });
    }

    /// <summary>Takes away what is not named or differs, and from sessions that stay the default profile that they get no more: it may go.</summary>
    public void Clear()
    {
        var wantedSessions = sessions.Items.ToDictionary(session => session.Name, StringComparer.Ordinal);
        var superfluous = store.ListSessions().Where(session => !wantedSessions.TryGetValue(session.Name, out var wanted) || wanted.VlanId != session.VlanId).ToArray();
        bool Stays(string? session) => !Array.Exists(superfluous, gone => AreSame(gone.Name, session));

        var wantedInstances = instances.Items.ToDictionary(instance => instance.Name, StringComparer.Ordinal);
        foreach (var instance in store.ListInstances())
        {
            if (!wantedInstances.TryGetValue(instance.Name, out var wanted) || !Stays(instance.Session) || !IsSame(wanted, instance))
            {
                InstanceCatalog.Release(store, instance);
            }
        }

        var present = store.ListProfileRules();
        int same = present.Zip(rules.Items).TakeWhile(pair => pair.Second.IsSameAs(pair.First) && Stays(pair.First.Session)).Count();
        foreach (var rule in present.Skip(same))
        {
            ProfileRuleCatalog.Remove(store, rule.RuleId);
        }

        foreach (var session in superfluous)
        {
            SessionCatalog.Remove(store, session.Name, force: false);
        }

        foreach (var session in store.ListSessions())
        {
            var wanted = wantedSessions[session.Name];
            var less = session with
            {
                DefaultProfile = AreSame(session.DefaultProfile, wanted.DefaultProfile) ? session.DefaultProfile : null,
                Scenario = session.Scenario == wanted.Scenario ? session.Scenario : null,
            };
            if (less != session)
            {
                SessionCatalog.Put(store, less);
            }
        }
    }

    /// <summary>Makes the sessions, then the rules and the instances, when the VLANs, profiles and interface records that they name are there.</summary>
    public void Complete()
    {
        cursor.ForEach(sessions, wanted =>
        {
            if (store.FindSession(wanted.Name) is { } session)
            {
                SessionCatalog.Put(store, session with { DefaultProfile = wanted.DefaultProfile, Isolation = wanted.Isolation, State = wanted.State, Scenario = wanted.Scenario });
            }
            else
            {
                SessionCatalog.Create(store, new SessionRequest { Name = wanted.Name, VlanId = wanted.VlanId, DefaultProfile = wanted.DefaultProfile, Isolation = wanted.Isolation, State = wanted.State, Scenario = wanted.Scenario });
            }
        });

        int present = store.ListProfileRules().Count;
        int place = 0;
        cursor.ForEach(rules, rule =>
        {
            if (place++ >= present)
            {
                ProfileRuleCatalog.Add(store, rule.ToRequest());
            }
        });
        cursor.ForEach(instances, instance =>
        {
            if (store.FindInstance(instance.Name) is null)
            {
                InstanceCatalog.Adopt(store, instance);
            }
        });
    }

    private static bool IsSame(InstanceConfiguration wanted, MacInstance instance) =>
        AreSame(wanted.Session, instance.Session) && AreSame(wanted.Profile, instance.ResolvedProfile) && wanted.ProfileSource == instance.ProfileSource && wanted.Schedule == instance.Schedule
        && wanted.Attach == instance.Attach && string.Equals(wanted.AttachEnforcer, instance.AttachEnforcer, StringComparison.Ordinal);

    private static bool AreSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

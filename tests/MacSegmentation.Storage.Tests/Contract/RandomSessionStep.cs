using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;

namespace MacSegmentation.Stores.Contract;

/// <summary>The changes of sessions, instances and rules among the random ones.</summary>
internal static class RandomSessionStep
{
    /// <summary>Number of changes.</summary>
    public const int Kinds = 8;

    private static readonly string[] Sessions = ["training", "TRAINING", "lab", "\u00fc", "\u00dc"];
    private static readonly string[] Profiles = ["dsl", "narrow", string.Empty];

    public static string Apply(IStoreWriter writer, int kind, RandomStep step)
    {
        string session = Sessions[step.Order % Sessions.Length];
        string profile = Profiles[step.Slot % Profiles.Length];
        string instance = $"i{step.Slot % 5}";
        return kind switch
        {
            0 => MakeProfiles(writer, () => SessionCatalog.Create(writer, new SessionRequest { Name = session, VlanId = step.Vlan, DefaultProfile = profile, Isolation = step.Flag ? SessionIsolation.None : SessionIsolation.Full }).ToString()),
            1 => SessionCatalog.Change(writer, session, new SessionChange
            {
                DefaultProfile = step.Flag ? profile : null,
                Isolation = step.Instance == 0 ? SessionIsolation.None : null,
                Scenario = step.Slot % 3 == 0 ? profile.Length == 0 ? MacScenario.None : MacScenario.Parse($"x: {step.Slot}s {profile} i1*; 1h none") : null,
                State = step.Instance == 1 ? SessionState.Suspended : step.Instance == 2 ? SessionState.Running : null,
            }).ToString(),
            2 => SessionCatalog.Remove(writer, session, force: step.Flag).Described,
            3 => InstanceCatalog.Launch(writer, new InstanceRequest
            {
                Name = instance,
                Session = step.Instance == 0 ? null : session,
                VlanId = step.Flag ? step.Vlan : null,
                Profile = step.Slot % 4 == 0 ? profile : null,
                Tag = RandomPartitionStep.Some(step.Slot),
                Attach = (AttachmentKind)(step.Order % 3),
                AttachEnforcer = step.Order % 6 == 5 ? "lab" : null,
            }).ToString(),
            4 when step.Flag => InstanceCatalog.Change(writer, instance, new InstanceChange
            {
                Profile = step.Slot % 2 == 0 ? profile : null,
                Attach = step.Instance < 3 ? (AttachmentKind)step.Instance : null,
                AttachEnforcer = step.Order % 3 == 0 ? "lab" : step.Order % 3 == 1 ? string.Empty : null,
            }).ToString(),
            4 when step.Flag && profile.Length > 0 => InstanceCatalog.Schedule(writer, instance, new ProfileSchedule(profile, writer.Now, TimeSpan.FromMinutes(1))).ToString(),
            4 => InstanceCatalog.Change(writer, instance.ToUpperInvariant(), profile).ToString(),
            5 => step.Flag ? InstanceCatalog.Remove(writer, instance, force: true).ToString() : InterfaceCatalog.Remove(writer, instance, force: true).Name,
            6 => ProfileRuleCatalog.Add(writer, new ProfileRuleRequest
            {
                UseProfile = profile,
                MatchName = step.Flag ? $"i{step.Instance}*" : null,
                MatchTag = step.Slot % 3 == 0 ? RandomPartitionStep.Some(step.Slot) : [],
                Session = step.Instance == 0 ? session : null,
                When = step.Slot % 5 == 0 ? "EgressUtilization > 90% within 10s or QueueDepth > 9" : null,
                RevertAfter = step.Slot % 5 == 0 ? TimeSpan.FromSeconds(step.Slot) : null,
            }).ToString(),
            7 when step.Flag => Adjust(writer, instance, step),
            _ => writer.ListProfileRules() is { Count: > 0 } rules ? ProfileRuleCatalog.Remove(writer, rules[step.Slot % rules.Count].RuleId).ToString() : "none",
        };
    }

    /// <summary>Takes away what no VLAN takes along.</summary>
    public static void RemoveRules(IStoreWriter writer)
    {
        foreach (var rule in writer.ListProfileRules())
        {
            ProfileRuleCatalog.Remove(writer, rule.RuleId);
        }
    }

    /// <summary>What an enforcer does that measures: a rule gives its profile, is told to go on, is over, or is suspended.</summary>
    private static string Adjust(IStoreWriter writer, string instance, RandomStep step)
    {
        string adjusted = string.Join(", ", writer.ListProfileRules().Where(rule => rule.IsAdjustment).Select(rule => ProfileAdjustments.Adjust(writer, rule.RuleId, instance, "QueueDepth 12")));
        string ended = string.Join(", ", writer.ListAdjustments().Select(adjustment => step.Slot % 2 == 0
            ? $"{ProfileAdjustments.Extend(writer, adjustment, writer.Now + TimeSpan.FromSeconds(step.Slot))}"
            : $"{ProfileAdjustments.RevertDue(writer, adjustment)}"));
        return $"{adjusted} {ended} {(step.Slot == 5 && writer.ListProfileRules() is [var first, ..] ? ProfileAdjustments.Suspend(writer, first.RuleId, "fights") : null)}";
    }

    /// <summary>The random changes of profiles may have taken one of them away.</summary>
    private static string MakeProfiles(IStoreWriter writer, Func<string> change)
    {
        MacProfile[] lacking =
        [
            .. new[] { new MacProfile { Name = "dsl", Priority = 2 }, new MacProfile { Name = "narrow", AddressRange = new MacRange(new MacAddress(0x0200_5E00_0002), new MacAddress(0x0200_5E00_0005)) } }
                .Where(profile => writer.FindProfile(profile.Name) is null),
        ];
        Array.ForEach(lacking, writer.InsertProfile);
        if (lacking.Length > 0)
        {
            writer.AppendAudit(new AuditEntry(AuditAction.ChangeInterface, VlanId: 0, "profiles"));
        }

        return change();
    }
}

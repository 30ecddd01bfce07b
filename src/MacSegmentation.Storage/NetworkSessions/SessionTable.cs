using MacSegmentation.InterfaceRecords;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Stores.Partitions;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.NetworkSessions;

/// <summary>The tables of sessions, of instances, and of the rules that give instances profiles. Profiles are named as their own rows write them.</summary>
internal static class SessionTable
{
    public static readonly Table<MacSession> Rows = new(
        "network_session",
        static () => new MacSession { Name = string.Empty, VlanId = 0 },
        Table<MacSession>.WriteOnly("name_key", ColumnTypes.NameKey, session => session.Name, ColumnUse.Key),
        Table<MacSession>.Property("name", ColumnTypes.Text, session => session.Name, ColumnUse.Once),
        Table<MacSession>.Property("vlan_id", ColumnTypes.Integer, session => session.VlanId, ColumnUse.Once),
        Table<MacSession>.Property("default_profile", ColumnTypes.OptionalText, session => session.DefaultProfile),
        Table<MacSession>.Property("isolation", ColumnTypes.Choice(SessionIsolation.Full, SessionIsolation.None), session => session.Isolation),
        Table<MacSession>.Property("state", ColumnTypes.Choice(SessionState.Running, SessionState.Suspended), session => session.State),
        Table<MacSession>.Property("scenario", OptionalScenario, session => session.Scenario),
        Table<MacSession>.Property("scenario_started_at", ColumnTypes.OptionalTime, session => session.ScenarioStartedAt),
        Table<MacSession>.Property("scenario_paused_at", ColumnTypes.OptionalTime, session => session.ScenarioPausedAt),
        Table<MacSession>.ReadOnly("(SELECT count(*) FROM network_instance WHERE session_key = name_key)", ColumnTypes.Integer, session => session.Instances));

    public static readonly Table<MacInstance> Instances = new(
        "network_instance",
        "JOIN interface held USING (interface_id) LEFT JOIN network_session own ON own.name_key = session_key",
        static () => new MacInstance { Name = string.Empty },
        Table<MacInstance>.NaturalKey("interface_id", ColumnTypes.Number, instance => instance.InterfaceId),
        Table<MacInstance>.ReadOnly("held.name", ColumnTypes.Text, instance => instance.Name),
        Table<MacInstance>.Reference("session_key", "own.name", "?", ColumnTypes.OptionalNameKey, instance => instance.Session, ColumnUse.Once),
        Table<MacInstance>.Property("own_profile", ColumnTypes.OptionalText, instance => instance.Profile),
        Table<MacInstance>.Property("resolved_profile", ColumnTypes.OptionalText, instance => instance.ResolvedProfile),
        Table<MacInstance>.Property(
            "profile_source",
            ColumnTypes.Choice(ProfileSource.None, ProfileSource.Override, ProfileSource.Rule, ProfileSource.Session),
            instance => instance.ProfileSource),
        Table<MacInstance>.Property("rule_id", OptionalNumber, instance => instance.ProfileRule),
        Table<MacInstance>.Property("schedule", OptionalSchedule, instance => instance.Schedule),
        Table<MacInstance>.Property("attach", Attachments, instance => instance.Attach),
        Table<MacInstance>.Property("attach_enforcer", ColumnTypes.OptionalText, instance => instance.AttachEnforcer),
        Table<MacInstance>.ReadOnly("held.profile", ColumnTypes.OptionalText, instance => instance.EffectiveProfile),
        Table<MacInstance>.ReadOnly("held.vlan_id", ColumnTypes.Integer, instance => instance.VlanId),
        Table<MacInstance>.ReadOnly("held.mac_address", ColumnTypes.MacAddress, instance => instance.MacAddress),
        Table<MacInstance>.ReadOnly(
            "(SELECT count(*) FROM interface free WHERE free.interface_id = held.interface_id AND (free.port_security = 0 OR EXISTS "
            + "(SELECT 1 FROM address_pair WHERE address_pair.interface_id = free.interface_id AND own_mac_address <> 0)))",
            ColumnTypes.Flag,
            instance => instance.MayUseOtherAddresses));

    public static readonly Table<MacProfileRule> Rules = new(
        "profile_rule",
        "LEFT JOIN network_session own ON own.name_key = session_key",
        static () => new MacProfileRule { UseProfile = string.Empty },
        Table<MacProfileRule>.GivenKey("rule_id", rule => rule.RuleId),
        Table<MacProfileRule>.Property("use_profile", ColumnTypes.Text, rule => rule.UseProfile),
        Table<MacProfileRule>.Property("match_name", ColumnTypes.OptionalText, rule => rule.MatchName),
        Table<MacProfileRule>.Property("match_tags", PartitionTable.Tags, rule => rule.MatchTag),
        Table<MacProfileRule>.Reference("session_key", "own.name", "?", ColumnTypes.OptionalNameKey, rule => rule.Session),
        Table<MacProfileRule>.Property("condition", ColumnTypes.OptionalText, rule => rule.When),
        Table<MacProfileRule>.Property("revert_after", OptionalDuration, rule => rule.RevertAfter),
        Table<MacProfileRule>.Property("hold_time", ColumnTypes.Duration, rule => rule.HoldTime),
        Table<MacProfileRule>.Property("suspended_at", ColumnTypes.OptionalTime, rule => rule.SuspendedAt));

    public static readonly Table<ProfileAdjustment> Adjustments = new(
        "profile_adjustment",
        "JOIN interface held USING (interface_id)",
        static () => new ProfileAdjustment { Instance = string.Empty, Since = default },
        Table<ProfileAdjustment>.NaturalKey("interface_id", ColumnTypes.Number, adjustment => adjustment.InterfaceId),
        Table<ProfileAdjustment>.ReadOnly("held.name", ColumnTypes.Text, adjustment => adjustment.Instance),
        Table<ProfileAdjustment>.Property("rule_id", OptionalNumber, adjustment => adjustment.RuleId),
        Table<ProfileAdjustment>.Reference("profile", "profile_adjustment.profile", "?", ColumnTypes.OptionalText, adjustment => adjustment.Profile),
        Table<ProfileAdjustment>.Property("began_at", ColumnTypes.Time, adjustment => adjustment.Since),
        Table<ProfileAdjustment>.Property("held_until", ColumnTypes.Time, adjustment => adjustment.HeldUntil),
        Table<ProfileAdjustment>.Property("ends_at", ColumnTypes.OptionalTime, adjustment => adjustment.Until));

    /// <summary>What is made for an instance, as it is stored.</summary>
    public static ColumnType<AttachmentKind> Attachments => ColumnTypes.Choice(AttachmentKind.None, AttachmentKind.Tap, AttachmentKind.Veth);

    public static readonly string SelectSorted = Rows.Select("ORDER BY name_key");
    public static readonly string SelectByName = Rows.Select("WHERE name_key = ?");
    public static readonly string SelectInstances = Instances.Select("ORDER BY held.name_key");
    public static readonly string SelectInstance = Instances.Select("WHERE held.name_key = ?");
    public static readonly string SelectInstancesOf = Instances.Select("WHERE session_key = ? ORDER BY held.name_key");
    public static readonly string SelectInstancesAfter = Instances.Select("WHERE held.name_key > ? ORDER BY held.name_key LIMIT ?");
    public static readonly string SelectInstancesNamed = Instances.Select("WHERE held.name_key >= ? AND held.name_key < ? ORDER BY held.name_key LIMIT ?");
    public static readonly string SelectRules = Rules.Select("ORDER BY rule_id");
    public static readonly string SelectScheduled = Instances.Select("WHERE schedule IS NOT NULL ORDER BY held.name_key");
    public static readonly string SelectAdjustments = Adjustments.Select("ORDER BY held.name_key");
    public static readonly string SelectAdjustment = Adjustments.Select("WHERE held.name_key = ?");
    public static readonly string SelectRule = Rules.Select("WHERE rule_id = ?");

    /// <summary>Sessions of a VLAN go with it, and are read anew.</summary>
    public const string MarkSessionsOfVlan = "UPDATE session_change SET revision = ? WHERE EXISTS (SELECT 1 FROM network_session WHERE vlan_id = ?)";

    private static ColumnType<TimeSpan?> OptionalDuration => new(
        static (to, place, value) => to.Bind(place, value?.Ticks),
        static (row, place) => row.IsNull(place) ? null : new TimeSpan(row.Number(place)));

    private static ColumnType<MacScenario?> OptionalScenario => new(
        static (to, place, value) => to.Bind(place, value?.ToString()),
        static (row, place) => row.IsNull(place) ? null : MacScenario.Parse(row.Text(place)));

    private static ColumnType<ProfileSchedule?> OptionalSchedule => new(
        static (to, place, value) => to.Bind(place, value?.ToString()),
        static (row, place) => row.IsNull(place) ? null : ProfileSchedule.Parse(row.Text(place)));

    private static ColumnType<long?> OptionalNumber => new(
        static (to, place, value) => to.Bind(place, value),
        static (row, place) => row.IsNull(place) ? null : row.Number(place));
}

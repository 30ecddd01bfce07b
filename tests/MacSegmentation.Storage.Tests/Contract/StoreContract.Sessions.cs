using MacSegmentation.Addressing;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public void A_session_an_instance_and_a_rule_are_read_as_they_were_written()
    {
        var store = Open();
        CreateVlan(store);
        store.Write(writer => WithProfiles(writer, new MacProfile { Name = "dsl" }, new MacProfile { Name = "sat" }));
        var session = store.Write(writer => SessionCatalog.Create(
            writer, new SessionRequest { Name = "\u00dcbung", VlanId = 10, DefaultProfile = "dsl", Isolation = SessionIsolation.None, State = SessionState.Suspended }));
        Assert.Equal(session, Open().Read(reader => reader.FindSession("\u00fcBUNG")));
        var rule = store.Write(writer => ProfileRuleCatalog.Add(writer, new ProfileRuleRequest
        {
            UseProfile = "sat",
            MatchName = "db-*",
            MatchTag = [MacTag.OfText("x"), MacTag.OfJson("{\"a\":1}")],
            Session = "\u00fcbung",
            When = "Loss > 5% within 1m",
            RevertAfter = TimeSpan.FromMinutes(5),
            HoldTime = TimeSpan.FromSeconds(30),
        }));
        Assert.Equal($"{rule}", $"{Open().Read(reader => reader.FindProfileRule(rule.RuleId))}");
        Assert.Equal(rule.MatchTag, store.Read(reader => reader.FindProfileRule(rule.RuleId))!.MatchTag);
        var instance = store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = "VM", Session = "\u00fcbung", Profile = "sat" }));
        Assert.Equal((null, "sat", "sat", ProfileSource.Override), (instance.EffectiveProfile, instance.Profile, instance.ResolvedProfile, instance.ProfileSource));
        Assert.Equal(instance, Open().Read(reader => reader.FindInstance("vm")));
        Assert.Equal(1, store.Read(reader => reader.FindSession("\u00dcbung"))!.Instances);

        store.Write(writer => ProfileRuleCatalog.Remove(writer, rule.RuleId));
        Assert.True(store.Write(writer => ProfileRuleCatalog.Add(writer, new ProfileRuleRequest { UseProfile = "dsl", MatchName = "*" })).RuleId > rule.RuleId);
        CheckIntegrity();
    }

    [Fact]
    public void What_a_rule_gave_an_instance_is_read_as_it_was_written_and_goes_with_either()
    {
        var store = Open();
        CreateVlan(store);
        store.Write(writer => WithProfiles(writer, new MacProfile { Name = "dsl" }, new MacProfile { Name = "sat" }));
        var rule = store.Write(writer => ProfileRuleCatalog.Add(writer, new ProfileRuleRequest { UseProfile = "sat", MatchName = "*", When = "QueueDepth > 9", RevertAfter = TimeSpan.FromMinutes(5) }));
        foreach (string name in new[] { "a", "b" })
        {
            store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = name, VlanId = 10, Profile = "dsl" }));
            Assert.Equal(AdjustmentOutcome.Adjusted, store.Write(writer => ProfileAdjustments.Adjust(writer, rule.RuleId, name, "QueueDepth 12")));
        }

        var adjustments = Open().Read(reader => reader.ListAdjustments());
        Assert.Equal([("a", rule.RuleId, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10)), ("b", rule.RuleId, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(10))],
            adjustments.Select(one => (one.Instance, one.RuleId, (one.Until - one.Since)!.Value, one.HeldUntil - one.Since)));
        Assert.Equal(adjustments[1], store.Read(reader => reader.FindAdjustment("B")));
        Assert.Equal(adjustments, store.ReadSnapshot().Of<ProfileAdjustment>());

        store.Write(writer => InstanceCatalog.Remove(writer, "a", force: true));
        Assert.Equal(["b"], store.Read(reader => reader.ListAdjustments()).Select(one => one.Instance));
        Assert.True(store.Write(writer => ProfileAdjustments.Suspend(writer, rule.RuleId, "it fights")));
        Assert.NotNull(Open().Read(reader => reader.FindProfileRule(rule.RuleId))!.SuspendedAt);
        store.Write(writer => ProfileRuleCatalog.Remove(writer, rule.RuleId));
        Assert.Empty(store.Read(reader => reader.ListAdjustments()));
        Assert.Equal("dsl", store.Read(reader => reader.FindInstance("b"))!.EffectiveProfile);
        CheckIntegrity();
    }

    [Fact]
    public void A_snapshot_tells_the_session_of_a_record_and_keeps_sessions_until_one_changes()
    {
        var store = Open();
        CreateVlan(store);
        store.Write(writer => SessionCatalog.Create(writer, new SessionRequest { Name = "training", VlanId = 10 }));
        var before = store.ReadSnapshot();
        store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = "a", Session = "training" }));
        store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = "b", VlanId = 10 }));
        var launched = store.ReadSnapshot(before);
        Assert.True(before.Of<MacSession>() == launched.Of<MacSession>());
        Assert.Equal([("a", "training"), ("b", null)], launched.Interfaces.Select(record => (record.Name, record.Session)));
        store.Write(writer => SessionCatalog.Change(writer, "training", new SessionChange { Isolation = SessionIsolation.None }));
        var changed = store.ReadSnapshot(launched);
        Assert.Equal(SessionIsolation.None, Assert.Single(changed.Of<MacSession>()).Isolation);
        Assert.Same(launched.Interfaces[0], changed.Interfaces[0]);
        store.Write(writer => VlanCatalog.Remove(writer, 10, force: true));
        Assert.Empty(store.ReadSnapshot(changed).Of<MacSession>());
        AssertSame(store.ReadSnapshot(), store.ReadSnapshot(changed));
        CheckIntegrity();
    }

    [Fact]
    public void A_scenario_and_a_schedule_are_read_as_they_were_written_and_told_to_who_follows()
    {
        var store = Open();
        CreateVlan(store);
        store.Write(writer => WithProfiles(writer, new MacProfile { Name = "dsl" }, new MacProfile { Name = "far away" }));
        var session = store.Write(writer => SessionCatalog.Create(writer, new SessionRequest { Name = "training", VlanId = 10, Scenario = MacScenario.Parse("d\u00e4y: 90s far%20away i-*; 2m none; loop 1h") }));
        Assert.Equal(session, Open().Read(reader => reader.FindSession("training")));
        Assert.NotNull(session.ScenarioStartedAt);
        store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = "a", Session = "training" }));
        store.Write(writer => InstanceCatalog.Launch(writer, new InstanceRequest { Name = "b", Session = "training" }));
        var before = store.ReadSnapshot();
        Assert.Empty(before.Of<InstanceSchedule>());
        var schedule = new ProfileSchedule("far away", new DateTimeOffset(2026, 11, 28, 10, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        var instance = store.Write(writer => InstanceCatalog.Schedule(writer, "a", schedule));
        Assert.Equal(schedule, Open().Read(reader => reader.FindInstance("A"))!.Schedule);
        var scheduled = store.ReadSnapshot(before);
        Assert.Equal(new InstanceSchedule("a", instance.InterfaceId, schedule), Assert.Single(scheduled.Of<InstanceSchedule>()));
        Assert.Equal(Assert.Single(scheduled.Of<MacSession>()), session);
        Assert.Equal(2, store.Read(reader => reader.ListSessionUses("far away", 9)).Count);

        store.Write(writer => SessionCatalog.Change(writer, "training", new SessionChange { State = SessionState.Suspended }));
        Assert.NotNull(store.Read(reader => reader.FindSession("training"))!.ScenarioPausedAt);
        Assert.Equal(schedule, store.Read(reader => reader.FindInstance("a"))!.Schedule);
        store.Write(writer => InstanceCatalog.Remove(writer, "a", force: true));
        Assert.Empty(store.Read(reader => reader.ListSchedules()));
        store.Write(writer => SessionCatalog.Change(writer, "training", new SessionChange { Scenario = MacScenario.None, State = SessionState.Running }));
        AssertSame(store.ReadSnapshot(), store.ReadSnapshot(scheduled));
        Assert.Equal((null, null, null), store.Read(reader => reader.FindSession("training")) is { } after ? (after.Scenario, after.ScenarioStartedAt, after.ScenarioPausedAt) : default);
        CheckIntegrity();
    }
}

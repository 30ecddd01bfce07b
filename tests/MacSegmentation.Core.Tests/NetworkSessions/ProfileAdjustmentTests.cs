using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

public sealed class ProfileAdjustmentTests
{
    private const string Evidence = "EgressUtilization 97% within 10s, seen by host-1 macseg/7";
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;
    private readonly long rule;

    public ProfileAdjustmentTests()
    {
        store = new InMemoryStore(time);
        store.Write(w =>
        {
            VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:10:00:00:00:00/40")] });
            w.InsertProfile(new MacProfile { Name = "dsl" });
            w.InsertProfile(new MacProfile { Name = "fibre" });
            w.InsertProfile(new MacProfile { Name = "satellite" });
            SessionCatalog.Create(w, new SessionRequest { Name = "training", VlanId = 10, DefaultProfile = "dsl" });
            return InstanceCatalog.Launch(w, new InstanceRequest { Name = "a", Session = "training" });
        });
        rule = Add("fibre", TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void An_instance_has_the_rules_profile_and_keeps_what_it_was_launched_with()
    {
        Assert.Equal(AdjustmentOutcome.Adjusted, Adjust(rule));
        var instance = Instance();
        Assert.Equal(("fibre", "dsl", ProfileSource.Session), (instance.EffectiveProfile, instance.ResolvedProfile, instance.ProfileSource));
        Assert.Equal($"ChangeInstance a: profile fibre by rule 1: {Evidence}; until 5m after", LastEvent());
        Assert.Equal(AdjustmentOutcome.InForce, Adjust(rule));
    }

    [Fact]
    public void It_is_taken_back_when_its_time_is_over_and_not_before()
    {
        Adjust(rule);
        var adjustment = Assert.Single(store.Read(r => r.ListAdjustments()));
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(store.Write(w => ProfileAdjustments.RevertDue(w, adjustment)));

        // Its condition was met a moment ago.
        Assert.True(store.Write(w => ProfileAdjustments.Extend(w, adjustment, w.Now)));
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(store.Write(w => ProfileAdjustments.RevertDue(w, adjustment)));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("dsl", store.Write(w => ProfileAdjustments.RevertDue(w, adjustment))!.EffectiveProfile);
        Assert.Equal("ChangeInstance a: profile dsl back from rule 1: its time is over", LastEvent());
        Assert.Empty(store.Read(r => r.ListAdjustments()));
        long revision = store.ReadRevision();
        Assert.Null(store.Write(w => ProfileAdjustments.RevertDue(w, adjustment)));
        Assert.Equal(revision, store.ReadRevision());
    }

    [Fact]
    public void A_profile_is_held_against_other_rules()
    {
        long other = Add("satellite");
        Adjust(rule);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal((AdjustmentOutcome.Held, "fibre"), (Adjust(other), Instance().EffectiveProfile));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((AdjustmentOutcome.Adjusted, "satellite"), (Adjust(other), Instance().EffectiveProfile));
        Assert.Equal(other, Assert.Single(store.Read(r => r.ListAdjustments())).RuleId);
        Assert.Equal("dsl", Instance().ResolvedProfile);
    }

    [Fact]
    public void What_does_not_hold_any_more_changes_nothing()
    {
        long assignment = store.Write(w => ProfileRuleCatalog.Add(w, new ProfileRuleRequest { UseProfile = "satellite", MatchName = "*" })).RuleId;
        long others = store.Write(w => ProfileRuleCatalog.Add(w, new ProfileRuleRequest { UseProfile = "satellite", MatchName = "b*", When = "QueueDepth > 9" })).RuleId;
        long suspended = Add("satellite");
        store.Write(w => ProfileAdjustments.Suspend(w, suspended, "it fights"));
        long revision = store.ReadRevision();
        Assert.All([assignment, others, suspended, 99], id => Assert.Equal(AdjustmentOutcome.NotApplicable, Adjust(id)));
        Assert.Equal(AdjustmentOutcome.NotApplicable, store.Write(w => ProfileAdjustments.Adjust(w, rule, "b", Evidence)));
        Assert.False(store.Write(w => ProfileAdjustments.Suspend(w, suspended, "it fights")));
        Assert.Equal(revision, store.ReadRevision());
        store.Write(w => SessionCatalog.Change(w, "training", new SessionChange { State = SessionState.Suspended }));
        Assert.Equal((AdjustmentOutcome.NotApplicable, null), (Adjust(rule), Instance().EffectiveProfile));
    }

    [Fact]
    public void Who_decides_over_an_instance_or_its_session_ends_it()
    {
        Adjust(rule);
        store.Write(w => InstanceCatalog.Change(w, "a", "satellite"));
        Assert.Equal("satellite", Instance().EffectiveProfile);
        Assert.Empty(store.Read(r => r.ListAdjustments()));

        time.Advance(TimeSpan.FromMinutes(1));
        Adjust(rule);
        store.Write(w => SessionCatalog.Change(w, "training", new SessionChange { State = SessionState.Suspended }));
        Assert.Equal((null, 0), (Instance().EffectiveProfile, store.Read(r => r.ListAdjustments()).Count));
        store.Write(w => SessionCatalog.Change(w, "training", new SessionChange { State = SessionState.Running }));
        Assert.Equal("satellite", Instance().EffectiveProfile);
    }

    [Fact]
    public void What_a_rule_gave_goes_with_it_unless_the_record_has_yet_another_profile()
    {
        Adjust(rule);
        store.Write(w => ProfileRuleCatalog.Remove(w, rule));
        Assert.Equal("dsl", Instance().EffectiveProfile);

        long next = Add("fibre");
        Adjust(next);
        store.Write(w => InterfaceCatalog.Change(w, "a", new InterfaceChange { Profile = "satellite" }));
        store.Write(w => ProfileRuleCatalog.Remove(w, next));
        Assert.Equal("satellite", Instance().EffectiveProfile);
        Assert.Empty(store.Read(r => r.ListAdjustments()));
    }

    private long Add(string profile, TimeSpan? revertAfter = null) =>
        store.Write(w => ProfileRuleCatalog.Add(w, new ProfileRuleRequest { UseProfile = profile, Session = "training", When = "EgressUtilization > 90% within 10s", RevertAfter = revertAfter })).RuleId;

    private AdjustmentOutcome Adjust(long ruleId) => store.Write(w => ProfileAdjustments.Adjust(w, ruleId, "a", Evidence));

    private MacInstance Instance() => store.Read(r => InstanceCatalog.Get(r, "a"));

    private string LastEvent() => store.Read(r => r.ListAuditEvents(new AuditQuery { Newest = 1 })) is [var entry] ? $"{entry.Action} {entry.Subject}: {entry.Detail}" : string.Empty;
}

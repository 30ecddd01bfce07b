using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

/// <summary>What an application asks for has its name in the audit, and is taken back where it says so; a rule that is suspended is made active again.</summary>
public sealed class InstanceFeedbackTests
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public InstanceFeedbackTests()
    {
        store = new InMemoryStore(time);
        store.Write(writer =>
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:10:00:00:00:00/40")] });
            writer.InsertProfile(new MacProfile { Name = "dsl" });
            writer.InsertProfile(new MacProfile { Name = "lte" });
            SessionCatalog.Create(writer, new SessionRequest { Name = "training", VlanId = 10, DefaultProfile = "dsl" });
            return InstanceCatalog.Launch(writer, new InstanceRequest { Name = "a", Session = "training" });
        });
    }

    [Fact]
    public void The_profile_is_the_instances_own_from_then_on()
    {
        var answer = Apply(new FeedbackRequest { Profile = "LTE", Reason = "score 2.8" });
        Assert.Equal(("a", 10, "lte", "dsl", true), (answer.Instance, answer.VlanId, answer.Profile, answer.PreviousProfile, answer.IsChanged));
        Assert.Equal(("lte", "lte", ProfileSource.Override), (Instance.EffectiveProfile, Instance.ResolvedProfile, Instance.ProfileSource));
        Assert.EndsWith("its own: feedback by phone: score 2.8", LastEvent, StringComparison.Ordinal);
        long revision = store.ReadRevision();
        Assert.False(Apply(new FeedbackRequest { Profile = "lte", Reason = "again" }).IsChanged);
        Assert.Equal(revision, store.ReadRevision());
    }

    [Fact]
    public void For_a_while_it_is_taken_back()
    {
        Apply(new FeedbackRequest { Profile = "lte", Reason = "score 2.8", RevertAfter = TimeSpan.FromMinutes(5) });
        Assert.Equal(("lte", "dsl", ProfileSource.Session), (Instance.EffectiveProfile, Instance.ResolvedProfile, Instance.ProfileSource));
        Assert.Equal("profile lte feedback by phone: score 2.8; for 5m", LastEvent);
        var adjustment = Assert.Single(store.Read(reader => reader.ListAdjustments()));
        Assert.Equal((null, "lte", time.GetUtcNow().AddMinutes(5)), (adjustment.RuleId, adjustment.Profile, adjustment.Until));
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(store.Write(writer => ProfileAdjustments.RevertDue(writer, adjustment)));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("dsl", store.Write(writer => ProfileAdjustments.RevertDue(writer, adjustment))!.EffectiveProfile);
        Assert.Equal("profile dsl back from feedback: its time is over", LastEvent);
        Assert.Empty(store.Read(reader => reader.ListAdjustments()));
    }

    [Theory]
    [InlineData("lte", "", null, "InvalidFeedbackReason")]
    [InlineData("lte", "a\nb", null, "InvalidFeedbackReason")]
    [InlineData("lte", "x", 0.5, "InvalidRevertTime")]
    [InlineData("lte", "x", 90000.0, "InvalidRevertTime")]
    [InlineData("", "x", null, "InvalidProfileName")]
    [InlineData("none", "x", null, "ProfileNotFound")]
    public void What_has_no_sense_changes_nothing(string profile, string reason, double? seconds, string errorId)
    {
        long revision = store.ReadRevision();
        var request = new FeedbackRequest { Profile = profile, Reason = reason, RevertAfter = seconds is { } time ? TimeSpan.FromSeconds(time) : null };
        Assert.Equal(errorId, Assert.Throws<MacSegmentationException>(() => Apply(request)).ErrorId);
        Assert.Equal(revision, store.ReadRevision());
    }

    [Fact]
    public void A_suspended_session_takes_no_feedback()
    {
        store.Write(writer => SessionCatalog.Change(writer, "training", new SessionChange { State = SessionState.Suspended }));
        Assert.Equal("SessionSuspended", Assert.Throws<MacSegmentationException>(() => Apply(new FeedbackRequest { Profile = "lte", Reason = "x" })).ErrorId);
    }

    [Fact]
    public void A_rule_is_suspended_and_active_again()
    {
        long rule = store.Write(writer => ProfileRuleCatalog.Add(writer, new ProfileRuleRequest { UseProfile = "lte", MatchName = "*", When = "QueueDepth > 9" })).RuleId;
        Assert.Equal(ProfileRuleState.Suspended, store.Write(writer => ProfileRuleCatalog.SetState(writer, rule, ProfileRuleState.Suspended)).State);
        Assert.Equal("suspended: by hand", LastEvent);
        Assert.Equal(AdjustmentOutcome.NotApplicable, store.Write(writer => ProfileAdjustments.Adjust(writer, rule, "a", "QueueDepth 12")));
        Assert.Equal(ProfileRuleState.Active, store.Write(writer => ProfileRuleCatalog.SetState(writer, rule, ProfileRuleState.Active)).State);
        Assert.Equal("active again", LastEvent);
        Assert.Equal(AdjustmentOutcome.Adjusted, store.Write(writer => ProfileAdjustments.Adjust(writer, rule, "a", "QueueDepth 12")));
        long revision = store.ReadRevision();
        store.Write(writer => ProfileRuleCatalog.SetState(writer, rule, ProfileRuleState.Active));
        Assert.Equal(revision, store.ReadRevision());
        long atLaunch = store.Write(writer => ProfileRuleCatalog.Add(writer, new ProfileRuleRequest { UseProfile = "lte", MatchName = "x" })).RuleId;
        Assert.Equal("ProfileRuleWithoutCondition", Assert.Throws<MacSegmentationException>(() => store.Write(writer => ProfileRuleCatalog.SetState(writer, atLaunch, ProfileRuleState.Suspended))).ErrorId);
    }

    private MacInstance Instance => store.Read(reader => InstanceCatalog.Get(reader, "a"));

    private string LastEvent => store.Read(reader => reader.ListAuditEvents(new AuditQuery { Newest = 1 }))[0].Detail;

    private FeedbackAnswer Apply(FeedbackRequest request) => store.Write(writer => InstanceFeedback.Apply(writer, "A", request, "phone"));
}

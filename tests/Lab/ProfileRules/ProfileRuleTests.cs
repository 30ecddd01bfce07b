using MacSegmentation.Auditing;
using MacSegmentation.Events;
using MacSegmentation.NetworkSessions;

namespace MacSegmentation.ProfileRules;

/// <summary>Rules with a condition, from the frames of an instance to its profile and back.</summary>
public sealed class ProfileRuleTests : IDisposable
{
    private readonly RuleScene scene = new();

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task An_instance_whose_condition_is_met_gets_the_profile_and_its_own_back_when_the_time_is_over()
    {
        scene.Start();
        scene.Add("clean", "Loss > 50% within 2s", revertAfter: TimeSpan.FromSeconds(30));
        await TalkFor(seconds: 4);
        Assert.Equal(("clean", "lossy"), (scene.ProfileOf("student-1"), scene.ProfileOf("student-2")));
        Assert.Equal("Profile rule 1 gave student-1 the profile 'clean': Loss 100% within 2s.", Assert.Single(scene.Told(EnforcerEventKind.ProfileAdjusted)));
        string audited = scene.Store.Read(reader => reader.ListAuditEvents(new AuditQuery { Newest = 1 }))[0].Detail;
        Assert.StartsWith("profile clean by rule 1: Loss 100% within 2s, seen by ", audited, StringComparison.Ordinal);
        var launched = scene.Store.Read(reader => InstanceCatalog.Get(reader, "student-1"));
        Assert.Equal(("lossy", ProfileSource.Session), (launched.ResolvedProfile, launched.ProfileSource));

        // Its condition is met no more, and was for three seconds.
        scene.Pass(20);
        Assert.Equal("clean", scene.ProfileOf("student-1"));
        scene.Pass(15);
        Assert.Equal("lossy", scene.ProfileOf("student-1"));
        Assert.Equal("The time of profile rule 1 is over: student-1 has the profile 'lossy' again.", Assert.Single(scene.Told(EnforcerEventKind.ProfileReverted)));
        Assert.Empty(scene.Store.Read(reader => reader.ListAdjustments()));
        Assert.Empty(scene.Told(EnforcerEventKind.ProfileRuleFailed));
    }

    [Fact]
    public async Task What_a_rule_gave_is_taken_back_by_the_enforcer_that_comes_after()
    {
        scene.Start();
        scene.Add("clean", "Loss > 50% within 2s", revertAfter: TimeSpan.FromSeconds(30));
        await TalkFor(seconds: 4);
        Assert.Equal("clean", scene.ProfileOf("student-1"));
        scene.Stop();
        scene.Time.Advance(TimeSpan.FromMinutes(10));
        scene.Start();
        scene.Pass(3);
        Assert.Equal("lossy", scene.ProfileOf("student-1"));
    }

    [Fact]
    public async Task A_profile_is_held_and_what_somebody_decides_stays()
    {
        scene.Start();
        scene.Add("clean", "Loss > 50% within 1s", revertAfter: TimeSpan.FromSeconds(2), hold: TimeSpan.FromSeconds(20));
        await TalkFor(seconds: 3);
        scene.Pass(10);
        Assert.Equal("clean", scene.ProfileOf("student-1"));
        scene.Pass(12);
        Assert.Equal("lossy", scene.ProfileOf("student-1"));

        await TalkFor(seconds: 3);
        Assert.Equal("clean", scene.ProfileOf("student-1"));
        scene.Store.Write(writer => InstanceCatalog.Change(writer, "student-1", "lossy"));
        Assert.Empty(scene.Store.Read(reader => reader.ListAdjustments()));
        scene.Pass(30);
        Assert.Equal("lossy", scene.ProfileOf("student-1"));
    }

    [Fact]
    public async Task Rules_that_fight_are_suspended_and_it_is_told()
    {
        scene.Start();
        long first = scene.Add("clean", "Loss > 50% within 1s");
        long second = scene.Add("lossy", "Loss <= 50% within 1s");
        for (int second10 = 0; second10 < 40 && scene.Told(EnforcerEventKind.ProfileRuleSuspended).Count == 0; second10++)
        {
            await scene.Talk(10);
        }

        string told = Assert.Single(scene.Told(EnforcerEventKind.ProfileRuleSuspended));
        Assert.StartsWith($"Profile rule {first} is suspended: student-", told, StringComparison.Ordinal);
        Assert.NotNull(scene.Rule(first).SuspendedAt);
        Assert.Null(scene.Rule(second).SuspendedAt);
        Assert.Equal(3, scene.Told(EnforcerEventKind.ProfileAdjusted).Count);

        // From now on the instance stays with what the other one wants.
        int changes = scene.Told(EnforcerEventKind.ProfileAdjusted).Count;
        await TalkFor(seconds: 10);
        Assert.InRange(scene.Told(EnforcerEventKind.ProfileAdjusted).Count, changes, changes + 1);
        Assert.Equal("lossy", scene.ProfileOf("student-1"));
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_once_and_asked_again()
    {
        scene.Start();
        scene.Add("clean", "Loss > 50% within 2s", revertAfter: TimeSpan.FromSeconds(10));
        scene.Away!.IsAway = true;
        await TalkFor(seconds: 20);
        Assert.Equal("lossy", scene.ProfileOf("student-1"));
        Assert.Contains("should give student-1 the profile 'clean' (Loss 100% within 2s) and could not; it is tried again. The store is away.", Assert.Single(scene.Told(EnforcerEventKind.ProfileRuleFailed)), StringComparison.Ordinal);

        // At longer and longer intervals.
        Assert.InRange(scene.Away.Refused, 3, 6);
        scene.Away.IsAway = false;
        await TalkFor(seconds: 20);
        Assert.Equal("clean", scene.ProfileOf("student-1"));
        scene.Away.IsAway = true;
        scene.Pass(20);
        Assert.Equal(2, scene.Told(EnforcerEventKind.ProfileRuleFailed).Count);
        scene.Away.IsAway = false;
        scene.Pass(70);
        Assert.Equal("lossy", scene.ProfileOf("student-1"));
    }

    private async Task TalkFor(int seconds)
    {
        for (int second = 0; second < seconds; second++)
        {
            await scene.Talk(10);
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.NetworkSessions;

/// <summary>Scenarios and schedules: what they say at a time, what is refused and where, and how they go with their session, their instance and their profiles.</summary>
public sealed class ScenarioTests
{
    private readonly ManualTime time = new();
    private readonly InMemoryStore store;

    public ScenarioTests()
    {
        store = new InMemoryStore(time);
        store.Write(w =>
        {
            VlanCatalog.Create(w, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:10:00:00:00:00/40")] });
            foreach (string name in (string[])["dsl", "Satellite", "far away"])
            {
                w.InsertProfile(new MacProfile { Name = name });
            }

            return SessionCatalog.Create(w, new SessionRequest { Name = "training", VlanId = 10, DefaultProfile = "dsl" });
        });
    }

    /// <summary>Step by step against a walk over time in steps of a second.</summary>
    [Fact]
    public void What_holds_is_what_a_walk_through_time_finds()
    {
        int changes = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var scenario = Any(new Random(seed));
            Assert.Equal(scenario, MacScenario.Parse(scenario.ToString()));
            foreach (string name in (string[])["a-1", "b"])
            {
                int walked = -1;
                for (int second = 0; second < 100; second++)
                {
                    double lap = scenario.LoopAfter is { } loop ? second % loop.TotalSeconds : second;
                    walked = lap == 0 ? -1 : walked;
                    for (int i = 0; i < scenario.Steps.Length; i++)
                    {
                        if (scenario.Steps[i].After.TotalSeconds == lap && (scenario.Steps[i].Instance is null || name.StartsWith('a')))
                        {
                            walked = i;
                        }
                    }

                    var (step, next) = scenario.At(name, TimeSpan.FromSeconds(second));
                    Assert.Equal(walked, step);
                    Assert.True(next is null || next > TimeSpan.FromSeconds(second));
                    changes += next == TimeSpan.FromSeconds(second + 1) ? 1 : 0;
                }
            }
        }));
        Assert.True(changes > 1_000, $"{changes}");
    }

    [Theory]
    [InlineData("{ \"steps\": [ { \"after\": \"60s\", \"profile\": \"satellite\" }, { \"after\": 120, \"profile\": null, \"instance\": \"a*\" } ], \"loop\": \"3m\" }", "file: 1m satellite; 2m none a*; loop 3m")]
    [InlineData("{ \"name\": \"flaky\", \"steps\": [ { \"after\": \"0s\", \"profile\": \"far away\" } ] }", "flaky: 0s far%20away")]
    [InlineData("after,profile,instance\n60s,satellite,\n2m,none,\"a*\"\n# the end\n180,loop,", "file: 1m satellite; 2m none a*; loop 3m")]
    [InlineData("After;Profile\n1;default\n", "file: 1s default")]
    public void A_file_is_read(string text, string expected) => Assert.Equal(expected, ScenarioFile.Read(text, "file").ToString());

    [Theory]
    [InlineData("after,profile\n60s,a\n50s,b\n", "line 3 comes after 50s, and the one before it after 1m")]
    [InlineData("after,profile\n-1s,a\n", "line 2 comes after -1s")]
    [InlineData("after,profile\nnoon,a\n", "line 2 is not a time")]
    [InlineData("after,profile\n1s,\n", "line 2 names no profile")]
    [InlineData("after,profile\n9s,loop\n10s,a\n", "line 3 comes after the one that says when it begins anew")]
    [InlineData("after,profile\n10s,a\n9s,loop\n", "it begins anew after 9s, which is not after its last step")]
    [InlineData("after,profile\n", "it has no steps")]
    [InlineData("", "the first line is not after,profile,instance")]
    [InlineData("{ \"steps\": [] }", "it has no steps")]
    [InlineData("{ \"steps\": [ { \"after\": \"2s\", \"profile\": \"a\" }, { \"after\": \"1s\", \"profile\": \"a\" } ] }", "step 2 comes after 1s")]
    [InlineData("{ \"steps\": [ { \"after\": \"2s\" } ] }", "step 1 cannot be read: it lacks profile")]
    [InlineData("{ \"steps\": [ { \"when\": \"2s\" } ] }", "step 1 cannot be read: it has a member 'when'")]
    [InlineData("{ \"steps\": ", "cannot be read")]
    [InlineData("{ \"name\": \"a:b\", \"steps\": [ { \"after\": \"2s\", \"profile\": \"a\" } ] }", "cannot be its name")]
    public void What_is_wrong_is_refused_with_its_place(string text, string sentence)
    {
        var refused = Assert.Throws<MacSegmentationException>(() => ScenarioFile.Read(text, "x"));
        Assert.Equal("InvalidScenario", refused.ErrorId);
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_a_profile_that_is_not_there_is_refused_and_changes_nothing()
    {
        var refused = Assert.Throws<MacSegmentationException>(() => Use("x: 1s satellite; 2s fibre"));
        Assert.Equal("ScenarioProfileNotFound", refused.ErrorId);
        Assert.Contains("step 2 names profile 'fibre'", refused.Message, StringComparison.Ordinal);
        Assert.Null(Session.Scenario);
    }

    /// <summary>What is shown as in force follows the time; a suspended session has nothing in force, and its clock stands still.</summary>
    [Fact]
    public void The_profile_in_force_follows_the_scenario_and_its_clock()
    {
        store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "a", Session = "training" }));
        Assert.Equal("x: 1m Satellite; 2m none; 3m default; loop 4m", Use("x: 60s SATELLITE; 2m none; 3m default; loop 4m").Scenario!.ToString());
        Assert.Equal(("dsl", null), InForce("a"));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(("Satellite", "scenario x, step 1"), InForce("a"));
        time.Advance(TimeSpan.FromSeconds(30));
        store.Write(w => SessionCatalog.Change(w, "training", new SessionChange { State = SessionState.Suspended }));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((null, null), InForce("a"));
        store.Write(w => SessionCatalog.Change(w, "training", new SessionChange { State = SessionState.Running }));
        Assert.Equal(("Satellite", "scenario x, step 1"), InForce("a"));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((null, "scenario x, step 2"), InForce("a"));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(("dsl", "scenario x, step 3"), InForce("a"));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(("dsl", null), InForce("a"));

        // The same again goes on; none ends it.
        var began = Session.ScenarioStartedAt;
        Use("x: 60s Satellite; 2m none; 3m default; loop 4m");
        Assert.Equal(began, Session.ScenarioStartedAt);
        Use("none");
        Assert.Equal((null, null, null), (Session.Scenario, Session.ScenarioStartedAt, Session.ScenarioPausedAt));
    }

    [Fact]
    public void A_schedule_holds_at_its_times_and_goes_with_any_other_change()
    {
        var now = time.GetUtcNow();
        store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "a", Session = "training" }));
        Use("x: 0s none");
        var planned = store.Write(w => InstanceCatalog.Schedule(w, "A", new ProfileSchedule("satellite", now + TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)))).Schedule!;
        Assert.Equal(("Satellite", planned), (planned.Profile, ProfileSchedule.Parse(planned.ToString())));
        var seen = new List<string?>();
        for (int minute = 0; minute < 30; minute++, time.Advance(TimeSpan.FromMinutes(1)))
        {
            seen.Add(InForce("a").Profile);
        }

        Assert.Equal([5, 15, 25], Enumerable.Range(0, 30).Where(minute => seen[minute] is "Satellite"));
        Assert.Contains("its schedule", InForceAt(now + TimeSpan.FromMinutes(35)).Cause!, StringComparison.Ordinal);
        store.Write(w => InstanceCatalog.Change(w, "a", "dsl"));
        Assert.Empty(store.Read(r => r.ListSchedules()));
        Assert.Equal("InvalidSchedule", Refused(new ProfileSchedule("dsl", now, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10))));
        Assert.Equal("InvalidSchedule", Refused(new ProfileSchedule("dsl", now, For: null, TimeSpan.FromMinutes(10))));
        Assert.Equal("InvalidSchedule", Refused(new ProfileSchedule("dsl", now, TimeSpan.FromMinutes(-1))));
        Assert.Equal("ProfileNotFound", Refused(new ProfileSchedule("fibre", now)));

        string Refused(ProfileSchedule schedule) => Assert.Throws<MacSegmentationException>(() => store.Write(w => InstanceCatalog.Schedule(w, "a", schedule))).ErrorId;
        ScheduledProfile InForceAt(DateTimeOffset at) => new ProfileTimetable([], store.Read(r => r.ListSchedules())).At(store.Read(r => r.FindInstance("a"))!.InterfaceId, "a", "training", "dsl", at);
    }

    /// <summary>A profile that a scenario or a schedule names is in use; replaced, they name the other one; by force, none.</summary>
    [Fact]
    public void A_profile_that_time_brings_is_in_use()
    {
        store.Write(w => InstanceCatalog.Launch(w, new InstanceRequest { Name = "a", Session = "training" }));
        Use("x: 60s satellite; 2m far%20away");
        store.Write(w => InstanceCatalog.Schedule(w, "a", new ProfileSchedule("far away", time.GetUtcNow())));
        Assert.Contains("scenario 'x' of session 'training'", InUse("satellite"), StringComparison.Ordinal);
        Assert.Contains("the schedule of instance 'a'", InUse("far away"), StringComparison.Ordinal);
        store.Write(w => ProfileCatalog.Remove(w, "far away", replaceWith: "dsl"));
        Assert.Equal(("x: 1m Satellite; 2m dsl", "dsl"), (Session.Scenario!.ToString(), store.Read(r => r.FindInstance("a"))!.Schedule!.Profile));
        store.Write(w => ProfileCatalog.Remove(w, "satellite", force: true));
        Assert.Equal("x: 1m none; 2m dsl", Session.Scenario!.ToString());
        store.Write(w => ProfileCatalog.Remove(w, "dsl", force: true));
        Assert.Equal(("x: 1m none; 2m none", null), (Session.Scenario!.ToString(), store.Read(r => r.FindInstance("a"))!.Schedule));

        string InUse(string profile)
        {
            var refused = Assert.Throws<MacSegmentationException>(() => store.Write(w => ProfileCatalog.Remove(w, profile)));
            Assert.Equal("ProfileInUse", refused.ErrorId);
            return refused.Message;
        }
    }

    private MacSession Session => store.Read(r => r.FindSession("training"))!;

    private MacSession Use(string scenario) => store.Write(w => SessionCatalog.Change(w, "training", new SessionChange { Scenario = MacScenario.Parse(scenario) }));

    private (string? Profile, string? Cause) InForce(string instance) =>
        store.Read(r => InstanceCatalog.WithCharacters(r, [InstanceCatalog.Get(r, instance)])[0]) is var now ? (now.EffectiveProfile, now.ScheduledBy) : default;

    private static MacScenario Any(Random random)
    {
        int second = 0;
        return new MacScenario
        {
            Name = "any one",
            Steps = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => new ScenarioStep(TimeSpan.FromSeconds(second += random.Next(0, 9)), random.Next(3) == 0 ? "none" : "a b%;c", random.Next(2) == 0 ? "a-*" : null))],
            LoopAfter = random.Next(2) == 0 ? TimeSpan.FromSeconds(second + random.Next(1, 9)) : null,
        };
    }
}

using System.Net;
using MacSegmentation.Auditing;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision;

/// <summary>An application asks for another profile for its instance: it has it at once, with the client's name in the audit, where that client may.</summary>
public sealed class FeedbackTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(RunningService.Plain(time: clock));
        Fill(service.Store);
    }

    public async ValueTask DisposeAsync() => await service.DisposeAsync();

    /// <summary>Sessions in the VLANs 10, 20 and, suspended, 30, with an instance each.</summary>
    internal static void Fill(IMacStore store) => store.Write(writer =>
    {
        ProfileCatalog.Create(writer, new MacProfile { Name = "dsl" });
        ProfileCatalog.Create(writer, new MacProfile { Name = "lte" });
        ProfileCatalog.Create(writer, new MacProfile { Name = "fibre" });
        foreach (var (session, vlanId, instance) in new[] { ("training", 10, "student-1"), ("other", 20, "other-1"), ("idle", 30, "idle-1") })
        {
            SessionCatalog.Create(writer, new SessionRequest { Name = session, VlanId = vlanId, DefaultProfile = "dsl" });
            InstanceCatalog.Launch(writer, new InstanceRequest { Name = instance, Session = session });
        }

        return SessionCatalog.Change(writer, "idle", new SessionChange { State = SessionState.Suspended });
    });

    internal static Task<HttpResponseMessage> SayAsync(RunningService service, string instance, string json, string? token = null) =>
        service.SendAsync(HttpMethod.Post, $"/v1/instances/{Uri.EscapeDataString(instance)}/feedback", RunningService.Json(json), token);

    [Fact]
    public async Task An_instance_has_the_profile_that_its_application_asks_for()
    {
        var answer = await RunningService.ReadAsync(await Say("STUDENT-1", """{"profile":"LTE","reason":"mean opinion score 2.8"}""", service.TenToken), HttpStatusCode.OK);
        Assert.Equal(
            ("student-1", 10, "lte", "dsl", true),
            (answer.GetProperty("instance").GetString(), answer.GetProperty("vlanId").GetInt32(), answer.GetProperty("profile").GetString(), answer.GetProperty("previousProfile").GetString(), answer.GetProperty("isChanged").GetBoolean()));
        var instance = Instance("student-1");
        Assert.Equal(("lte", "lte", ProfileSource.Override), (instance.EffectiveProfile, instance.ResolvedProfile, instance.ProfileSource));
        Assert.EndsWith("feedback by ten: mean opinion score 2.8", LastChange(), StringComparison.Ordinal);
        long revision = service.Store.ReadRevision();
        Assert.False((await RunningService.ReadAsync(await Say("student-1", """{"profile":"lte","reason":"again"}"""), HttpStatusCode.OK)).GetProperty("isChanged").GetBoolean());
        Assert.Equal(revision, service.Store.ReadRevision());
    }

    [Theory]
    [InlineData("\"5m\"", 300)]
    [InlineData("2.5", 2.5)]
    public async Task It_may_be_for_a_while(string time, double seconds)
    {
        await RunningService.ReadAsync(await Say("student-1", $$"""{"profile":"lte","reason":"slow","revertAfter":{{time}}}"""), HttpStatusCode.OK);
        var adjustment = Assert.Single(service.Store.Read(reader => reader.ListAdjustments()));
        Assert.Equal(("lte", null, TimeSpan.FromSeconds(seconds)), (adjustment.Profile, adjustment.RuleId, adjustment.Until - adjustment.Since));
        Assert.Equal(("lte", "dsl"), (Instance("student-1").EffectiveProfile, Instance("student-1").ResolvedProfile));
    }

    [Theory]
    [InlineData("other-1", """{"profile":"lte","reason":"x"}""", 404, "InstanceNotFound")]
    [InlineData("nobody", """{"profile":"lte","reason":"x"}""", 404, "InstanceNotFound")]
    [InlineData("a*", """{"profile":"lte","reason":"x"}""", 400, "InvalidInstanceName")]
    [InlineData("student-1", """{"profile":"none","reason":"x"}""", 404, "ProfileNotFound")]
    [InlineData("student-1", """{"profile":"","reason":"x"}""", 400, "InvalidProfileName")]
    [InlineData("student-1", """{"profile":"lte","reason":" "}""", 400, "InvalidFeedbackReason")]
    [InlineData("student-1", """{"profile":"lte","reason":"x","revertAfter":"0.1s"}""", 400, "InvalidRevertTime")]
    [InlineData("student-1", """{"profile":"lte","reason":"x","revertAfter":"soon"}""", 400, "BodyInvalid")]
    [InlineData("student-1", """{"profile":"lte","reason":"x","revertAfter":true}""", 400, "BodyInvalid")]
    [InlineData("student-1", """{"profile":5,"reason":"x"}""", 400, "BodyInvalid")]
    [InlineData("student-1", """{"profile":"lte"}""", 400, "BodyInvalid")]
    [InlineData("student-1", """{"profile":"lte","profile":"lte","reason":"x"}""", 400, "BodyInvalid")]
    [InlineData("student-1", """{"profile":"lte","reason":"x","metric":1}""", 400, "BodyInvalid")]
    [InlineData("student-1", """["lte"]""", 400, "BodyInvalid")]
    [InlineData("student-1", """{"profile":""", 400, "BodyInvalid")]
    [InlineData("student-1", "{\"profile\":\"lte\",\"reason\":\"\\ud800\"}", 400, "BodyInvalid")]
    public async Task What_is_wrong_is_said_and_nothing_is_changed(string instance, string body, int status, string errorId)
    {
        long revision = service.Store.ReadRevision();
        await RunningService.RefusedAsync(await Say(instance, body, service.TenToken), status, errorId);
        Assert.Equal(revision, service.Store.ReadRevision());
        Assert.Empty(service.Troubles);
    }

    [Fact]
    public async Task A_suspended_session_takes_none()
    {
        await RunningService.RefusedAsync(await Say("idle-1", """{"profile":"lte","reason":"x"}"""), 409, "SessionSuspended");
        Assert.Null(Instance("idle-1").EffectiveProfile);
    }

    [Fact]
    public async Task Going_back_and_forth_is_refused_until_a_minute_has_passed()
    {
        foreach (string profile in new[] { "lte", "fibre" })
        {
            await RunningService.ReadAsync(await Say("student-1", $$"""{"profile":"{{profile}}","reason":"x"}"""), HttpStatusCode.OK);
        }

        await RunningService.RefusedAsync(await Say("student-1", """{"profile":"lte","reason":"x"}"""), 409, "FeedbackFights");
        Assert.Equal("fibre", Instance("student-1").EffectiveProfile);

        // Another instance is not concerned, and neither is another profile.
        await RunningService.ReadAsync(await Say("other-1", """{"profile":"lte","reason":"x"}"""), HttpStatusCode.OK);
        await RunningService.ReadAsync(await Say("student-1", """{"profile":"dsl","reason":"x"}"""), HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(61));
        await RunningService.ReadAsync(await Say("student-1", """{"profile":"lte","reason":"x"}"""), HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_needs_a_token_json_and_a_path_that_is_one()
    {
        const string wish = """{"profile":"lte","reason":"x"}""";
        await RunningService.RefusedAsync(await Say("student-1", wish, token: ""), 401, "TokenRequired");
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Post, "/v1/instances/student-1/feedback", new StringContent(wish)), 415, "BodyNotJson");
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Post, "/v1/instances/student-1/feedback?a=b", RunningService.Json(wish)), 400, "QueryInvalid");
        await RunningService.RefusedAsync(await service.GetAsync("/v1/instances/student-1/feedback"), 405, "MethodNotAllowed");
        foreach (string path in new[] { "/v1/instances//feedback", "/v1/instances/student-1", "/v1/instances/a/b/feedback" })
        {
            await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Post, path, RunningService.Json(wish)), 404, "PathNotFound");
        }
    }

    private Task<HttpResponseMessage> Say(string instance, string json, string? token = null) => SayAsync(service, instance, json, token);

    private MacInstance Instance(string name) => service.Store.Read(reader => InstanceCatalog.Get(reader, name));

    private string LastChange() => service.Store.Read(reader => reader.ListAuditEvents(new AuditQuery { Newest = 1 }))[0].Detail;
}

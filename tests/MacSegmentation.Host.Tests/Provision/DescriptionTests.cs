using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Clients;
using MacSegmentation.Handles;

namespace MacSegmentation.Provision;

/// <summary>docs/openapi.json says what the service does: its paths and methods, the members of what it takes and gives, and its statuses.</summary>
public sealed class DescriptionTests : IAsyncLifetime
{
    private static readonly string[] Methods = ["get", "head", "post", "put", "patch", "delete", "options"];
    private static readonly JsonElement Description = JsonDocument.Parse(File.ReadAllText(RepositoryFile.Path("docs", "openapi.json"))).RootElement;

    private readonly HashSet<(string Operation, int Status)> seen = [];
    private readonly HandClock clock = new();
    private GatedHandles gate = null!;
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(RunningService.Plain(new ServiceLimits { Rate = 100 }, clock), inner => gate = new GatedHandles(inner));
        gate.Open();
    }

    public async ValueTask DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task The_service_answers_the_document_itself()
    {
        var answer = await service.SendAsync(HttpMethod.Get, "/v1/openapi.json", token: "");
        Assert.Equal(File.ReadAllText(RepositoryFile.Path("docs", "openapi.json")), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("3.1.0", Description.GetProperty("openapi").GetString());
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        foreach (string reference in References(Description))
        {
            var place = Description;
            foreach (string step in reference.Split('/')[1..])
            {
                Assert.True(place.TryGetProperty(step, out place), reference);
            }
        }
    }

    [Fact]
    public async Task Each_path_has_the_methods_that_it_says()
    {
        foreach (var path in Description.GetProperty("paths").EnumerateObject())
        {
            string[] documented = [.. path.Value.EnumerateObject().Select(member => member.Name).Where(Methods.Contains)];
            foreach (string method in Methods)
            {
                var answer = await service.SendAsync(new HttpMethod(method.ToUpperInvariant()), path.Name.Replace("{handle}", "a", StringComparison.Ordinal).Replace("{host}", "a", StringComparison.Ordinal).Replace("{name}", "a", StringComparison.Ordinal), method is "get" or "head" ? null : RunningService.Json("{}"));

                // A resource that can be got can be asked for its head (RFC 9110 section 9.1): that is said where it has a use.
                bool isThere = documented.Contains(method) || (method is "head" && documented.Contains("get"));
                Assert.True(isThere == (answer.StatusCode is not HttpStatusCode.MethodNotAllowed), $"{method} {path.Name}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task What_is_given_has_the_members_that_the_schemas_say()
    {
        var assignment = await RunningService.ReadAsync(await service.AskAsync("""{"handle":"a","vlanId":10}"""), HttpStatusCode.Created);
        Holds("Assignment", assignment);
        Holds("Handle", await RunningService.ReadAsync(await service.GetAsync("/v1/addresses/a"), HttpStatusCode.OK));
        Holds("Handle", await RunningService.ReadAsync(await service.DeleteAsync("/v1/addresses/a"), HttpStatusCode.OK));
        var pools = await RunningService.ReadAsync(await service.GetAsync("/v1/pools"), HttpStatusCode.OK);
        Holds("Pools", pools);
        Holds("Pool", pools.GetProperty("pools")[0]);
        FeedbackTests.Fill(service.Store);
        Holds("FeedbackAnswer", await RunningService.ReadAsync(await FeedbackTests.SayAsync(service, "student-1", """{"profile":"lte","reason":"slow"}"""), HttpStatusCode.OK));
        EnforcementTests.Fill(service.Store);
        var resolved = await RunningService.ReadAsync(await service.GetAsync("/v1/policies?tag=%22prod%22&vlan=10"), HttpStatusCode.OK);
        Holds("ResolvedPolicies", resolved);
        Assert.All(resolved.GetProperty("policies").EnumerateArray(), policy => Holds("ResolvedPolicy", policy));
        var enforcement = await RunningService.ReadAsync(await service.GetAsync("/v1/enforcement/edge-1"), HttpStatusCode.OK);
        Holds("Enforcement", enforcement);
        foreach (var (list, schema) in new[]
        {
            ("vlans", "EnforcedVlan"), ("partitions", "Partition"), ("policies", "PartitionPolicy"), ("classes", "Class"), ("interfaces", "Interface"),
        })
        {
            Assert.NotEqual(0, enforcement.GetProperty(list).GetArrayLength());
            Assert.All(enforcement.GetProperty(list).EnumerateArray(), item => Holds(schema, item));
        }

        Holds("AddressPair", Assert.Single(enforcement.GetProperty("interfaces").EnumerateArray().SelectMany(record => record.GetProperty("addressPairs").EnumerateArray())));
        Holds("Status", await RunningService.ReadAsync(await service.GetAsync("/healthz"), HttpStatusCode.OK));
        using var problem = JsonDocument.Parse(await (await service.GetAsync("/")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Holds("Problem", problem.RootElement);
        Assert.Equal(Enum.GetNames<AssignmentOutcome>().Select(JsonNamingPolicy.CamelCase.ConvertName).Order(), Names(Schema("Assignment").GetProperty("properties").GetProperty("outcome")).Order());
        Assert.Equal(["held", "recovered", "released"], Names(Schema("Handle").GetProperty("properties").GetProperty("state")).Order());
    }

    [Fact]
    public async Task What_is_taken_has_the_members_that_the_schema_says()
    {
        var request = Schema("AddressRequest");
        var samples = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["handle"] = "\"a\"",
            ["vlanId"] = "10",
            ["requestedAddress"] = "\"02:00:00:00:00:01\"",
            ["allowSubstitute"] = "true",
            ["instanceId"] = "\"one\"",
            ["intent"] = "\"replace\"",
        };
        Assert.Equal(samples.Keys.Order(), request.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(HttpStatusCode.Created, (await service.AskAsync(Body(samples))).StatusCode);
        string[] required = [.. request.GetProperty("required").EnumerateArray().Select(name => name.GetString()!)];
        foreach (string member in samples.Keys)
        {
            var without = samples.Where(pair => !string.Equals(pair.Key, member, StringComparison.Ordinal) && (pair.Key is not "intent" || member is not "instanceId")).ToDictionary();
            Assert.Equal(required.Contains(member), (await service.AskAsync(Body(without))).StatusCode is HttpStatusCode.BadRequest);
            if (!required.Contains(member))
            {
                without[member] = "null";
                Assert.Equal(HttpStatusCode.OK, (await service.AskAsync(Body(without))).StatusCode);
            }
        }
    }

    [Fact]
    public async Task What_feedback_is_taken_has_the_members_that_the_schema_says()
    {
        FeedbackTests.Fill(service.Store);
        var samples = new Dictionary<string, string>(StringComparer.Ordinal) { ["profile"] = "\"lte\"", ["reason"] = "\"slow\"", ["revertAfter"] = "null" };
        Assert.Equal(samples.Keys, Schema("Feedback").GetProperty("properties").EnumerateObject().Select(member => member.Name));
        string[] required = [.. Schema("Feedback").GetProperty("required").EnumerateArray().Select(name => name.GetString()!)];
        foreach (string member in samples.Keys)
        {
            var without = samples.Where(pair => !string.Equals(pair.Key, member, StringComparison.Ordinal)).ToDictionary();
            Assert.Equal(required.Contains(member), (await FeedbackTests.SayAsync(service, "student-1", Body(without))).StatusCode is HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Each_operation_has_the_statuses_that_it_says_and_no_other()
    {
        const string ask = """{"handle":"a","vlanId":10}""";
        await Post(ask, 201);
        await Post(ask, 200);
        await Post("{}", 400);
        await Post(ask, 401, token: "");
        await Post("""{"handle":"a","vlanId":20}""", 403, token: service.TenToken);
        await Post("""{"handle":"a","vlanId":40}""", 404);
        await Post(ask, 406, accept: "text/html");
        await Post("""{"handle":"a","vlanId":20}""", 409);
        await Post(new string(' ', 20_000), 413);
        await Post(ask, 415, contentType: "text/plain");
        await Post(ask, 200, key: "k");
        await Post("""{"handle":"b","vlanId":10}""", 422, key: "k");
        gate.Failure = new InvalidOperationException("expected");
        await Post("""{"handle":"c","vlanId":10}""", 500);
        gate.Failure = null;

        foreach (string method in new[] { "get", "head" })
        {
            await Send(method, "/v1/addresses/{handle}", "a", 200);
            await Send(method, "/v1/addresses/{handle}", "a?b=c", 400);
            await Send(method, "/v1/addresses/{handle}", "a", 401, token: "");
            await Send(method, "/v1/addresses/{handle}", "nobody", 404);
            await Send(method, "/v1/addresses/{handle}", "a", 406, accept: "text/html");
        }

        await Send("delete", "/v1/addresses/{handle}", "a?b=c", 400);
        await Send("delete", "/v1/addresses/{handle}", "a", 401, token: "");
        await Send("delete", "/v1/addresses/{handle}", "nobody", 404);
        await Send("delete", "/v1/addresses/{handle}", "a", 406, accept: "text/html");
        await Send("delete", "/v1/addresses/{handle}", "a", 422, key: "k");
        await Send("delete", "/v1/addresses/{handle}", "a", 200);
        await Send("delete", "/v1/addresses/{handle}", "a", 409);
        await Send("get", "/v1/pools", "", 200);
        await Send("get", "/v1/pools", "?a=b", 400);
        await Send("get", "/v1/pools", "", 401, token: "");
        await Send("get", "/v1/pools", "", 406, accept: "text/html");
        await Send("get", "/v1/policies", "?tag=42", 200);
        await Send("get", "/v1/policies", "?tag=prod", 400);
        await Send("get", "/v1/policies", "", 401, token: "");
        await Send("get", "/v1/policies", "?vlan=20", 403, token: service.TenToken);
        await Send("get", "/v1/policies", "?vlan=40", 404);
        await Send("get", "/v1/policies", "", 406, accept: "text/html");
        foreach (string method in new[] { "get", "head" })
        {
            await Send(method, "/v1/enforcement/{host}", "a", 200);
            await Send(method, "/v1/enforcement/{host}", "a", 304, known: "*");
            await Send(method, "/v1/enforcement/{host}", "a?b=c", 400);
            await Send(method, "/v1/enforcement/{host}", "a", 401, token: "");
            await Send(method, "/v1/enforcement/{host}", "a", 406, accept: "text/html");
        }

        const string feedback = "/v1/instances/{name}/feedback";
        const string wish = """{"profile":"lte","reason":"slow"}""";
        FeedbackTests.Fill(service.Store);
        await Send("post", feedback, "student-1/feedback", 200, body: wish);
        await Send("post", feedback, "student-1/feedback", 400, body: "{}");
        await Send("post", feedback, "student-1/feedback", 401, body: wish, token: "");
        await Send("post", feedback, "student-9/feedback", 404, body: wish);
        await Send("post", feedback, "student-1/feedback", 406, body: wish, accept: "text/html");
        await Send("post", feedback, "idle-1/feedback", 409, body: wish);
        await Send("post", feedback, "student-1/feedback", 413, body: new string(' ', 20_000));
        await Send("post", feedback, "student-1/feedback", 415, body: wish, contentType: "text/plain");
        await Send("get", "/metrics", "", 200);
        await Send("get", "/metrics", "?a=b", 400);
        await Send("get", "/metrics", "", 401, token: "");
        await Send("get", "/metrics", "", 406, accept: "text/html");
        foreach (string path in new[] { "/healthz", "/readyz", "/v1/openapi.json" })
        {
            await Send("get", path, "?a=b", 400, token: "");
        }

        var (asks, reads) = service.Store.Write(writer =>
        {
            ProviderClientCatalog.Create(writer, "asks", [], out string asking, new ClientChange { Scope = ClientScopes.Request });
            ProviderClientCatalog.Create(writer, "administers", [], out string administering, new ClientChange { Scope = ClientScopes.Administer });
            return (asking, administering);
        });
        clock.Advance(TimeSpan.FromMilliseconds(100));
        foreach (string method in new[] { "get", "head" })
        {
            await Send(method, "/v1/addresses/{handle}", "a", 403, token: reads);
            await Send(method, "/v1/enforcement/{host}", "a", 403, token: asks);
        }

        await Send("delete", "/v1/addresses/{handle}", "a", 403, token: reads);
        await Send("get", "/v1/pools", "", 403, token: reads);
        await Send("get", "/metrics", "", 403, token: asks);
        await Send("post", feedback, "student-1/feedback", 403, body: wish, token: reads);
        await Send("get", "/v1/openapi.json", "", 200, token: "");
        await Send("get", "/v1/openapi.json", "", 406, accept: "text/html");
        await Send("get", "/healthz", "", 200, token: "");
        await Send("get", "/readyz", "", 200, token: "");
        await Send("get", "/readyz", "", 406, accept: "text/html");

        gate.IsReady = false;
        await Post(ask, 503);
        await Send("get", "/v1/addresses/{handle}", "a", 503);
        await Send("head", "/v1/addresses/{handle}", "a", 503);
        await Send("delete", "/v1/addresses/{handle}", "a", 503);
        await Send("get", "/readyz", "", 503);
        gate.IsReady = true;

        // The clock stands: the bucket is emptied for good.
        while ((await service.GetAsync("/v1/pools")).StatusCode is HttpStatusCode.OK)
        {
        }

        await Post(ask, 429);
        await Send("get", "/v1/addresses/{handle}", "a", 429);
        await Send("head", "/v1/addresses/{handle}", "a", 429);
        await Send("delete", "/v1/addresses/{handle}", "a", 429);
        await Send("get", "/v1/pools", "", 429);
        await Send("get", "/metrics", "", 429);
        await Send("post", feedback, "student-1/feedback", 429, body: wish);
        await Send("get", "/v1/policies", "", 429);
        await Send("get", "/v1/enforcement/{host}", "a", 429);
        await Send("head", "/v1/enforcement/{host}", "a", 429);

        // Any operation may fail inside, and any but those that answer from memory may meet a full house.
        var documented = Description.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(member => Methods.Contains(member.Name)).SelectMany(operation => operation.Value.GetProperty("responses").EnumerateObject()
                .Where(response => response.Name is not "default")
                .Select(response => (Operation: $"{operation.Name} {path.Name}", Status: int.Parse(response.Name)))))
            .ToHashSet();
        Assert.Empty(seen.Except(documented));
        Assert.All(documented.Except(seen), missed => Assert.True(missed.Status is 500 or 503, $"{missed}"));

        Task Post(string body, int status, string? token = null, string? key = null, string? accept = null, string contentType = "application/json") =>
            Send("post", "/v1/addresses", "", status, token, key, accept, body, contentType);
    }

    private static string Body(Dictionary<string, string> members) => $"{{{string.Join(",", members.Select(member => $"\"{member.Key}\":{member.Value}"))}}}";

    private static JsonElement Schema(string name) => Description.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static IEnumerable<string> Names(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(name => name.GetString()!);

    private static void Holds(string schema, JsonElement value)
    {
        string[] given = [.. value.EnumerateObject().Select(member => member.Name)];
        Assert.Equal(Schema(schema).GetProperty("properties").EnumerateObject().Select(member => member.Name), given);
        Assert.Equal(Schema(schema).GetProperty("required").EnumerateArray().Select(name => name.GetString()), given);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name is "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private async Task Send(string method, string path, string end, int status, string? token = null, string? key = null, string? accept = null, string? body = null, string? contentType = null, string? known = null)
    {
        string target = path.Contains('{') ? path[..path.IndexOf('{', StringComparison.Ordinal)] + end : path + end;
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), target) { Content = body is null ? null : RunningService.Json(body) };
        if (contentType is not null)
        {
            request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token.Length == 0 ? string.Empty : $"Bearer {token}");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        var answer = await service.SendAsync(request);
        Assert.True(status == (int)answer.StatusCode, $"{method} {target}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        seen.Add(($"{method} {path}", status));
    }
}

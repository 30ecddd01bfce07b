using System.Globalization;
using System.Net;
using System.Text.Json;
using MacSegmentation.Captures;

namespace MacSegmentation.Provision;

/// <summary>What is written down and counted of requests.</summary>
public sealed class RecordingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_request_is_a_line_with_its_client_name_and_outcome_and_nothing_secret()
    {
        string file = folder.File("access.log");
        await using (var log = AccessLog.Open(file, TextWriter.Null))
        await using (var service = await RunningService.StartAsync(RunningService.Plain() with { AccessLog = log }))
        {
            using var named = new HttpRequestMessage(HttpMethod.Get, "/v1/pools") { Headers = { { "X-Request-Id", "mine-1" } } };
            Assert.Equal("mine-1", Assert.Single((await service.SendAsync(named)).Headers.GetValues("X-Request-Id")));
            string drawn = Assert.Single((await service.AskAsync("""{"handle":"a","vlanId":10}""", service.TenToken)).Headers.GetValues("X-Request-Id"));
            Assert.Equal(32, drawn.Length);
            using var odd = new HttpRequestMessage(HttpMethod.Get, "/v1/addresses/b?instanceId=secret") { Headers = { { "X-Request-Id", new string('x', 200) } } };
            var refused = await service.SendAsync(odd);
            Assert.Equal(32, Assert.Single(refused.Headers.GetValues("X-Request-Id")).Length);
            await service.SendAsync(HttpMethod.Get, "/v1/pools", token: "");
            await service.GetAsync("/healthz");
        }

        string[] lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(lines, line => line.Contains("secret", StringComparison.Ordinal) || line.Contains("mps_", StringComparison.Ordinal));
        Assert.Equal(
            [
                ("mine-1", "everywhere", "GET", "/v1/pools", 200, ""), ("", "ten", "POST", "/v1/addresses", 201, ""), ("", "everywhere", "GET", "/v1/addresses/b", 404, "HandleNotFound"),
                ("", "", "GET", "/v1/pools", 401, "TokenRequired"), ("", "", "GET", "/healthz", 200, ""),
            ],
            lines.Select(line => JsonDocument.Parse(line).RootElement).Select(entry =>
            {
                Assert.Equal(["event", "time", "requestId", "client", "from", "method", "path", "status", "errorId", "durationMs"], entry.EnumerateObject().Select(member => member.Name));
                Assert.True(entry.GetProperty("durationMs").GetDouble() >= 0);
                Assert.Equal("127.0.0.1", entry.GetProperty("from").GetString());
                string id = entry.GetProperty("requestId").GetString()!;
                return (id.Length == 32 ? "" : id, entry.GetProperty("client").GetString()!, entry.GetProperty("method").GetString()!, entry.GetProperty("path").GetString()!, entry.GetProperty("status").GetInt32(), entry.GetProperty("errorId").GetString()!);
            }));
    }

    [Fact]
    public async Task What_was_asked_is_counted_by_the_paths_of_the_description()
    {
        await using var service = await RunningService.StartAsync();
        for (int i = 0; i < 3; i++)
        {
            await service.AskAsync($$"""{"handle":"h{{i}}","vlanId":10}""");
            await service.GetAsync($"/v1/addresses/h{i}");
            await service.GetAsync($"/nowhere/{i}");
        }

        var answer = await service.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        string[] lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("macseg_requests_total{method=\"POST\",path=\"/v1/addresses\",status=\"201\"} 3", lines);
        Assert.Contains("macseg_requests_total{method=\"GET\",path=\"/v1/addresses/{handle}\",status=\"200\"} 3", lines);
        Assert.Contains("macseg_requests_total{method=\"GET\",path=\"other\",status=\"404\"} 3", lines);
        Assert.Contains("macseg_request_duration_seconds_bucket{le=\"+Inf\"} 9", lines);
        Assert.Contains("macseg_request_duration_seconds_count 9", lines);
        Assert.Contains("macseg_requests_in_progress 1", lines);
        Assert.Contains("macseg_ready 1", lines);
        Assert.All(lines.Where(line => line[0] != '#'), line => Assert.True(double.TryParse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture, out _), line));
    }
}

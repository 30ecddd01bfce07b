using System.Net;
using System.Net.Sockets;
using System.Text;
using MacSegmentation.Errors;

namespace MacSegmentation.Provision;

/// <summary>What clients may have of the service, and what it says when there is no more.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_client_that_asks_too_often_waits_for_its_next_token_and_hinders_no_other()
    {
        var clock = new HandClock();
        await using var service = await RunningService.StartAsync(RunningService.Plain(new ServiceLimits { Rate = 4 }, clock));
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/v1/pools")).StatusCode);
        }

        var refused = await service.GetAsync("/v1/pools");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        await RunningService.RefusedAsync(refused, 429, "RateExceeded");
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/v1/pools", token: service.TenToken)).StatusCode);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/v1/pools")).StatusCode);
        await RunningService.RefusedAsync(await service.GetAsync("/v1/pools"), 429, "RateExceeded");
        clock.Advance(TimeSpan.FromHours(1));
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/v1/pools")).StatusCode);
        }

        await RunningService.RefusedAsync(await service.GetAsync("/v1/pools"), 429, "RateExceeded");
    }

    [Fact]
    public async Task More_requests_than_may_be_answered_at_once_are_sent_away_and_health_is_told_all_the_same()
    {
        GatedHandles gate = null!;
        await using var service = await RunningService.StartAsync(RunningService.Plain(new ServiceLimits { Concurrent = 2 }), inner => gate = new GatedHandles(inner));
        var waiting = new[] { service.AskAsync("""{"handle":"a","vlanId":10}"""), service.AskAsync("""{"handle":"b","vlanId":10}""") };
        await gate.AwaitArrivalAsync();
        await gate.AwaitArrivalAsync();
        var refused = await service.GetAsync("/v1/pools");
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        await RunningService.RefusedAsync(refused, 503, "ServiceBusy");
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/healthz")).StatusCode);
        await RunningService.RefusedAsync(await service.GetAsync("/readyz"), 503, "ServiceBusy");
        gate.Open();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/readyz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/v1/pools")).StatusCode);
    }

    [Fact]
    public async Task A_service_has_its_full_capacity_after_each_overload()
    {
        const int concurrent = 3;
        GatedHandles gate = null!;
        await using var service = await RunningService.StartAsync(RunningService.Plain(new ServiceLimits { Concurrent = concurrent }), inner => gate = new GatedHandles(inner));
        for (int overload = 0; overload < 10; overload++)
        {
            var answered = new List<Task<HttpResponseMessage>>();
            for (int i = 0; i < concurrent; i++)
            {
                answered.Add(service.AskAsync($$"""{"handle":"{{overload}}-{{i}}","vlanId":10}"""));
                Assert.NotSame(answered[^1], await Task.WhenAny(answered[^1], gate.AwaitArrivalAsync()));
            }

            for (int i = 0; i < concurrent * 10; i++)
            {
                await RunningService.RefusedAsync(await service.GetAsync("/v1/pools"), 503, "ServiceBusy");
            }

            gate.Admit(concurrent);
            Assert.All(await Task.WhenAll(answered), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        }
    }

    [Fact]
    public async Task More_connections_than_may_be_open_are_closed()
    {
        await using var service = await RunningService.StartAsync(RunningService.Plain(new ServiceLimits { Connections = 1 }));
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/healthz")).StatusCode);
        using var second = new TcpClient();
        await second.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        Assert.Equal(0, await ReadAsync(second));
    }

    [Fact]
    public async Task A_header_that_does_not_come_is_not_waited_for()
    {
        await using var service = await RunningService.StartAsync(RunningService.Plain(new ServiceLimits { HeaderTimeout = TimeSpan.FromMilliseconds(200) }));
        string answer = await RawConnection.AskAsync(service, "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_ready_says_so_and_answers_no_device()
    {
        GatedHandles gate = null!;
        await using var service = await RunningService.StartAsync(around: inner => gate = new GatedHandles(inner));
        gate.Open();
        await service.AskAsync("""{"handle":"a","vlanId":10}""");
        gate.IsReady = false;
        await RunningService.RefusedAsync(await service.GetAsync("/readyz"), 503, "NotReady");
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":10}"""), 503, "NotReady");
        await RunningService.RefusedAsync(await service.GetAsync("/v1/addresses/a"), 503, "NotReady");
        await RunningService.RefusedAsync(await service.DeleteAsync("/v1/addresses/a"), 503, "NotReady");
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task What_the_service_itself_is_to_blame_for_is_told_its_administrator_and_no_client()
    {
        GatedHandles gate = null!;
        await using var service = await RunningService.StartAsync(around: inner => gate = new GatedHandles(inner));
        foreach (var (failure, status, errorId) in new (Exception, int, string)[]
        {
            (new InvalidOperationException("secret of /etc/macseg"), 500, "InternalError"),
            (new MacSegmentationException("StoreUnavailable", MacErrorKind.Unavailable, "secret of /var/lib/macseg-x/lab.db") { EndsTransaction = true }, 503, "StoreUnavailable"),
            (new MacSegmentationException("StoreFull", MacErrorKind.Exhausted, "secret") { EndsTransaction = true }, 503, "StoreFull"),
            (new MacSegmentationException("StoreDamaged", MacErrorKind.InvalidData, "secret") { EndsTransaction = true }, 500, "InternalError"),
        })
        {
            gate.Failure = failure;
            string sentence = await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":10}""", key: "k"), status, errorId);
            Assert.DoesNotContain("secret", sentence, StringComparison.Ordinal);
            Assert.Same(failure, service.Troubles[^1]);
        }

        gate.Failure = new MacSegmentationException("HandleUndecidable", MacErrorKind.Unavailable, "The shared store cannot be reached. Ask again later.");
        Assert.StartsWith("The shared store", await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":10}""", key: "k"), 503, "HandleUndecidable"), StringComparison.Ordinal);
        Assert.Equal(4, service.Troubles.Count);

        // What was not decided then is decided now, under the same key.
        gate.Failure = null;
        gate.Open();
        Assert.Equal(HttpStatusCode.Created, (await service.AskAsync("""{"handle":"a","vlanId":10}""", key: "k")).StatusCode);
    }

    [Fact]
    public async Task The_same_key_and_request_give_the_same_answer_and_another_request_is_refused()
    {
        var clock = new HandClock();
        await using var service = await RunningService.StartAsync(RunningService.Plain(new ServiceLimits { Keys = 3, KeyLifetime = TimeSpan.FromMinutes(10) }, clock));
        const string body = """{"handle":"a","vlanId":10}""";
        string first = await CreatedAsync(body, "\"k1\"");
        Assert.Equal(first, await CreatedAsync(body, "k1"));
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"b","vlanId":10}""", key: "k1"), 422, "IdempotencyKeyReused");

        // Another client's key of the same name is another, and pushes none of these out.
        for (int i = 1; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await service.AskAsync($$"""{"handle":"ten-{{i}}","vlanId":10}""", service.TenToken, $"k{i}")).StatusCode);
        }

        // A refusal by the rules is an answer too.
        const string wish = """{"handle":"c","vlanId":10,"requestedAddress":"02:00:00:00:00:00"}""";
        await RunningService.RefusedAsync(await service.AskAsync(wish, key: "k2"), 409, "AddressTaken");
        await service.DeleteAsync("/v1/addresses/a");
        await RunningService.RefusedAsync(await service.AskAsync(wish, key: "k2"), 409, "AddressTaken");
        Assert.Equal(HttpStatusCode.Created, (await service.AskAsync(wish, key: "k3")).StatusCode);

        // The oldest is forgotten when there are too many, and each in its time.
        await service.AskAsync("""{"handle":"d","vlanId":10}""", key: "k4");
        Assert.Equal(HttpStatusCode.OK, (await service.AskAsync("""{"handle":"d","vlanId":10}""", key: "k1")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await service.AskAsync(wish, key: "k3")).StatusCode);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.OK, (await service.AskAsync(wish, key: "k3")).StatusCode);

        async Task<string> CreatedAsync(string request, string key)
        {
            var answer = await service.AskAsync(request, key: key);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task A_release_under_a_key_is_answered_alike_when_its_answer_was_lost()
    {
        await using var service = await RunningService.StartAsync();
        await service.AskAsync("""{"handle":"a","vlanId":10}""");
        for (int i = 0; i < 2; i++)
        {
            await RunningService.ReadAsync(await service.SendAsync(HttpMethod.Delete, "/v1/addresses/a", key: "k"), HttpStatusCode.OK);
        }

        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Delete, "/v1/addresses/b", key: "k"), 422, "IdempotencyKeyReused");
        await RunningService.RefusedAsync(await service.DeleteAsync("/v1/addresses/a"), 409, "HandleNotHeld");
    }

    [Fact]
    public async Task Requests_of_one_key_at_once_are_decided_once()
    {
        GatedHandles gate = null!;
        await using var service = await RunningService.StartAsync(around: inner => gate = new GatedHandles(inner));
        var waiting = Enumerable.Range(0, 8).Select(_ => service.AskAsync("""{"handle":"a","vlanId":10}""", key: "k")).ToArray();
        await gate.AwaitArrivalAsync();
        gate.Open();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(1, gate.Asked);
    }

    private static async Task<int> ReadAsync(TcpClient connection)
    {
        var stream = connection.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"), TestContext.Current.CancellationToken);
            return await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

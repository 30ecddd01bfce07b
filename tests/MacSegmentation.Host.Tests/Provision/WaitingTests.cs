using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using MacSegmentation.Captures;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Processes;
using MacSegmentation.Stores;
using MacSegmentation.Stores.Postgres;
using MacSegmentation.Tags;

namespace MacSegmentation.Provision;

/// <summary>Enforcement points that wait for a change.</summary>
public sealed class WaitingTests
{
    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Another_process_s_commit_is_told_to_who_waits(string kind)
    {
        using var folder = new TemporaryFolder();
        Assert.SkipWhen(kind is "PostgreSQL" && PostgresCluster.WhyAbsent is not null, PostgresCluster.WhyAbsent ?? string.Empty);
        string? database = kind is "PostgreSQL" ? PostgresCluster.Shared.CreateDatabase() : null;
        try
        {
            await using var service = await RunningService.StartAsync(place: database is null ? null : PostgresCluster.Shared.ConnectionString(database));
            EnforcementTests.Fill(service.Store);
            string tag = await TagAsync(service);

            // It warns that the document leaves the clients out.
            var exported = TestProgram.Native.Run("export", "--store", service.Place);
            Assert.True(exported.ExitCode == 0, exported.Error);
            var document = JsonNode.Parse(exported.Output)!;
            for (int round = 1; round <= 3; round++)
            {
                var waiting = WaitAsync(service, tag);
                await WaitingAsync(service, 1);
                document["partitions"]![0]!["priority"] = 2000 + round;
                File.WriteAllText(folder.File("next.json"), document.ToJsonString());
                TestProgram.Native.Run("apply", folder.File("next.json"), "--store", service.Place).Succeeded();

                // Far less than it would wait without the change.
                var watch = Stopwatch.StartNew();
                using var answer = await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
                TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: told {watch.Elapsed.TotalMilliseconds:0} ms after the process had ended.");
                Assert.Equal("wait=60", Assert.Single(answer.Headers.GetValues("Preference-Applied")));
                var told = await RunningService.ReadAsync(answer, HttpStatusCode.OK);
                Assert.Contains(told.GetProperty("partitions").EnumerateArray(), partition => partition.GetProperty("priority").GetInt32() == 2000 + round);
                tag = answer.Headers.ETag!.ToString();
            }
        }
        finally
        {
            if (database is not null)
            {
                PostgresCluster.Shared.DropDatabase(database);
            }
        }
    }

    [Fact]
    public async Task Nothing_new_is_told_when_the_time_is_up()
    {
        await using var service = await RunningService.StartAsync();
        EnforcementTests.Fill(service.Store);
        string tag = await TagAsync(service);
        using var answer = await WaitAsync(service, tag, "respond-async, wait=1");
        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Equal("wait=1", Assert.Single(answer.Headers.GetValues("Preference-Applied")));
        Assert.Equal(tag, answer.Headers.ETag!.ToString());

        // An address that is given out wakes nobody: the one who waits is told of the change that follows.
        var waiting = WaitAsync(service, tag);
        await WaitingAsync(service, 1);
        await service.AskAsync("""{"handle":"a","vlanId":10}""");
        Change(service, 1);
        using var told = await waiting;
        Assert.Contains("change 1", (await RunningService.ReadAsync(told, HttpStatusCode.OK)).GetProperty("interfaces").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, service.Feed.Waiting);
    }

    [Theory]
    [InlineData("wait=0")]
    [InlineData("wait=-1")]
    [InlineData("wait=soon")]
    [InlineData("wait")]
    [InlineData("wait=")]
    [InlineData("return=minimal")]
    [InlineData(";;,=,")]
    public async Task A_preference_that_cannot_be_honoured_is_passed_over(string prefer)
    {
        await using var service = await RunningService.StartAsync();
        using var answer = await WaitAsync(service, await TagAsync(service), prefer);
        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task Who_has_nothing_or_something_else_is_not_kept_waiting()
    {
        await using var service = await RunningService.StartAsync();
        await RunningService.ReadAsync(await WaitAsync(service, known: null), HttpStatusCode.OK);
        await RunningService.ReadAsync(await WaitAsync(service, "\"of another store\""), HttpStatusCode.OK);
    }

    [Fact]
    public async Task Those_who_wait_hinder_no_other_and_a_refused_one_waits_as_soon_as_there_is_room()
    {
        // Two requests at once, and 40 places to wait, 20 for one client.
        await using var service = await RunningService.StartAsync(RunningService.Plain(new ServiceLimits { Concurrent = 2, Connections = 80 }));
        EnforcementTests.Fill(service.Store);
        for (int round = 1; round <= 3; round++)
        {
            string tag = await TagAsync(service);
            var waiting = new List<Task<HttpResponseMessage>>();
            for (int i = 1; i <= 20; i++)
            {
                waiting.Add(WaitAsync(service, tag));
                await WaitingAsync(service, i);
            }

            for (int i = 0; i < 30; i++)
            {
                var refused = await WaitAsync(service, tag);
                Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
                Assert.Contains("40", await RunningService.RefusedAsync(refused, 503, "TooManyWaiting"), StringComparison.Ordinal);
            }

            // Who asks for an address, or without waiting, is answered; so is another client that waits.
            Assert.Contains((await service.AskAsync($$"""{"handle":"{{round}}","vlanId":10}""")).StatusCode, new[] { HttpStatusCode.Created });
            Assert.Equal(HttpStatusCode.NotModified, (await WaitAsync(service, tag, prefer: null)).StatusCode);
            using var ten = await service.SendAsync(HttpMethod.Get, "/v1/enforcement/edge-1", token: service.TenToken);
            waiting.Add(WaitAsync(service, ten.Headers.ETag!.ToString(), token: service.TenToken));
            await WaitingAsync(service, 21);
            Change(service, round);
            foreach (var answer in await Task.WhenAll(waiting))
            {
                using (answer)
                {
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                }
            }

            Assert.Equal(0, service.Feed.Waiting);
        }

        Assert.Empty(service.Troubles);
    }

    [Fact]
    public async Task A_client_that_goes_away_gives_its_place_back()
    {
        await using var service = await RunningService.StartAsync(RunningService.Plain(new ServiceLimits { Concurrent = 1, Connections = 16 }));
        string tag = await TagAsync(service);
        for (int round = 0; round < 5; round++)
        {
            using (var connection = new TcpClient())
            {
                await connection.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
                await connection.GetStream().WriteAsync(
                    Encoding.ASCII.GetBytes($"GET /v1/enforcement/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {service.Token}\r\nIf-None-Match: {tag}\r\nPrefer: wait=60\r\n\r\n"),
                    TestContext.Current.CancellationToken);
                await WaitingAsync(service, 1);
            }

            await WaitingAsync(service, 0);
        }

        Assert.Equal(HttpStatusCode.NotModified, (await WaitAsync(service, tag, "wait=1")).StatusCode);
        Assert.Empty(service.Troubles);
    }

    [Fact]
    public async Task Those_who_wait_are_sent_away_when_the_service_stops()
    {
        await using var service = await RunningService.StartAsync();
        string tag = await TagAsync(service);
        var waiting = new[] { WaitAsync(service, tag), WaitAsync(service, tag) };
        await WaitingAsync(service, 2);
        await service.Server.StopAsync();
        foreach (var answer in await Task.WhenAll(waiting))
        {
            await RunningService.RefusedAsync(answer, 503, "ServiceStopping");
        }

        Assert.Empty(service.Troubles);
    }

    [Fact]
    public async Task A_client_that_is_removed_while_it_waits_is_told_nothing_from_then_on()
    {
        await using var service = await RunningService.StartAsync();
        EnforcementTests.Fill(service.Store);
        using var first = await service.SendAsync(HttpMethod.Get, "/v1/enforcement/edge-1", token: service.TenToken);
        var waiting = WaitAsync(service, first.Headers.ETag!.ToString(), token: service.TenToken);
        await WaitingAsync(service, 1);
        service.Store.Write(writer => Clients.ProviderClientCatalog.Remove(writer, "ten"));

        // Clients are known anew after a tenth of a second; this one waits on meanwhile, because nothing that is told has changed.
        while ((await service.SendAsync(HttpMethod.Get, "/v1/pools", token: service.TenToken)).StatusCode is not HttpStatusCode.Unauthorized)
        {
        }

        Change(service, 1);
        await RunningService.RefusedAsync(await waiting, 401, "TokenRequired");
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_asked_once_a_second_and_is_there_again()
    {
        using var folder = new TemporaryFolder();
        using var store = new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") });
        RunningService.Fill(store);
        var clock = new HandClock();
        int asked = 0;
        bool isLost = true;
        using var feed = new EnforcementFeed(
            () =>
            {
                asked++;
                return isLost
                    ? throw new MacSegmentationException("StoreUnavailable", MacErrorKind.Unavailable, "It is away.")
                    : new StoreFactory().Open(new MacStoreOptions { Path = folder.File("lab.db") });
            },
            clock);
        for (int second = 1; second <= 3; second++)
        {
            for (int i = 0; i < 5; i++)
            {
                Assert.Equal("StoreUnavailable", (await Assert.ThrowsAsync<MacSegmentationException>(() => feed.ReadAsync(TestContext.Current.CancellationToken))).ErrorId);
            }

            Assert.Equal(second, asked);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        isLost = false;
        Assert.Equal(3, (await feed.ReadAsync(TestContext.Current.CancellationToken)).Vlans.Length);
        Assert.Equal(4, asked);
    }

    private static async Task<string> TagAsync(RunningService service)
    {
        using var answer = await service.GetAsync("/v1/enforcement/edge-1");
        return answer.Headers.ETag!.ToString();
    }

    private static async Task<HttpResponseMessage> WaitAsync(RunningService service, string? known, string? prefer = "wait=600", string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/enforcement/edge-1");
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        if (prefer is not null)
        {
            request.Headers.TryAddWithoutValidation("Prefer", prefer);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return await service.SendAsync(request);
    }

    private static void Change(RunningService service, int number) =>
        service.Store.Write(writer => InterfaceCatalog.Change(writer, "other", new InterfaceChange { AddTag = [MacTag.OfText($"change {number}")] }));

    /// <summary>Returns when so many requests wait.</summary>
    private static async Task WaitingAsync(RunningService service, int count)
    {
        var watch = Stopwatch.StartNew();
        while (service.Feed.Waiting != count)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{service.Feed.Waiting} requests wait, and not {count}.");
            await Task.Yield();
        }
    }
}

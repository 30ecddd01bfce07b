using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MacSegmentation.Provision;

/// <summary>How connections live and end.</summary>
public sealed class ServerTests
{
    [Fact]
    public async Task A_connection_is_kept_for_the_next_request_and_takes_several_at_once()
    {
        await using var service = await RunningService.StartAsync();
        string request = $"GET /v1/pools HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {service.Token}\r\n";
        string answers = await RawConnection.AskAsync(service, $"{request}\r\n{request}\r\n{request}Connection: close\r\n\r\n");
        Assert.Equal(4, answers.Split("HTTP/1.1 200 OK").Length);
        Assert.Equal(2, answers.Split("Connection: close").Length);
    }

    [Fact]
    public async Task Requests_under_way_are_answered_before_the_service_ends()
    {
        GatedHandles gate = null!;
        await using var service = await RunningService.StartAsync(around: inner => gate = new GatedHandles(inner));
        var waiting = service.AskAsync("""{"handle":"a","vlanId":10}""");
        await gate.AwaitArrivalAsync();
        var stopping = service.Server.StopAsync();
        await RefusesAsync(service.Client.BaseAddress!);
        Assert.False(stopping.IsCompleted);
        gate.Open();
        await RunningService.ReadAsync(await waiting, HttpStatusCode.Created);
        await stopping;
    }

    [Fact]
    public async Task A_client_that_goes_away_has_its_address_all_the_same()
    {
        GatedHandles gate = null!;
        await using var service = await RunningService.StartAsync(around: inner => gate = new GatedHandles(inner));
        const string body = """{"handle":"a","vlanId":10}""";
        using (var connection = new TcpClient())
        {
            await connection.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
            await connection.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST /v1/addresses HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {service.Token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"),
                TestContext.Current.CancellationToken);
            await gate.AwaitArrivalAsync();
        }

        gate.Open();
        var answer = await service.AskAsync(body);
        Assert.Contains("02:00:00:00:00:00", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(service.Store.Read(reader => reader.ListHandles()));
        Assert.Empty(service.Troubles);
    }

    [Fact]
    public async Task A_client_that_is_removed_is_not_known_any_more()
    {
        await using var service = await RunningService.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/v1/pools", token: service.TenToken)).StatusCode);
        service.Store.Write(writer => Clients.ProviderClientCatalog.Remove(writer, "ten"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while ((await service.SendAsync(HttpMethod.Get, "/v1/pools", token: service.TenToken)).StatusCode is not HttpStatusCode.Unauthorized)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), "The token is still taken.");
        }
    }

    /// <summary>Returns when the service takes no new connection.</summary>
    private static async Task RefusesAsync(Uri uri)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), "The service still takes connections.");
            using var late = new TcpClient();
            try
            {
                await late.ConnectAsync(uri.Host, uri.Port, TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}

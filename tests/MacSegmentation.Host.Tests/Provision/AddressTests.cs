using System.Net;
using System.Text.Json;
using MacSegmentation.Handles;
using MacSegmentation.Pools;

namespace MacSegmentation.Provision;

/// <summary>The same address for the same handle, over HTTP.</summary>
public sealed class AddressTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync();

    public async ValueTask DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task A_handle_gets_its_address_and_always_the_same()
    {
        var first = await service.AskAsync("""{"handle":"urn:wwn:50:06:01:60:3B:A0:11:22","vlanId":10}""");
        var made = await RunningService.ReadAsync(first, HttpStatusCode.Created);
        Assert.Equal(
            ["handle", "vlanId", "macAddress", "outcome", "instanceId", "provider", "assignedAt", "notice"], made.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("urn:wwn:50:06:01:60:3b:a0:11:22", "02:00:00:00:00:00", "new"), (Text(made, "handle"), Text(made, "macAddress"), Text(made, "outcome")));
        var again = await RunningService.ReadAsync(await service.AskAsync("""{"vlanId":10,"handle":"URN:WWN:50-06-01-60-3b-a0-11-22"}"""), HttpStatusCode.OK);
        Assert.Equal(("02:00:00:00:00:00", "existing"), (Text(again, "macAddress"), Text(again, "outcome")));
        var record = await RunningService.ReadAsync(await service.GetAsync(first.Headers.Location!.OriginalString), HttpStatusCode.OK);
        Assert.Equal(("02:00:00:00:00:00", "held", JsonValueKind.Null), (Text(record, "macAddress"), Text(record, "state"), record.GetProperty("endedAt").ValueKind));
    }

    [Fact]
    public async Task A_wish_is_granted_where_it_can_be_and_a_substitute_given_where_it_may_be()
    {
        var wished = await RunningService.ReadAsync(await service.AskAsync("""{"handle":"a","vlanId":10,"requestedAddress":"0200.0000.00AA"}"""), HttpStatusCode.Created);
        Assert.Equal("02:00:00:00:00:aa", Text(wished, "macAddress"));
        string taken = await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"b","vlanId":10,"requestedAddress":"02-00-00-00-00-AA"}"""), 409, "AddressTaken");
        Assert.DoesNotContain("'a'", taken, StringComparison.Ordinal);
        var other = await RunningService.ReadAsync(
            await service.AskAsync("""{"handle":"b","vlanId":10,"requestedAddress":"02-00-00-00-00-AA","allowSubstitute":true}"""), HttpStatusCode.Created);
        Assert.Equal("02:00:00:00:00:00", Text(other, "macAddress"));
    }

    [Fact]
    public async Task An_address_that_is_given_up_comes_back()
    {
        var made = await RunningService.ReadAsync(await service.AskAsync("""{"handle":"a","vlanId":20}"""), HttpStatusCode.Created);
        var released = await RunningService.ReadAsync(await service.DeleteAsync("/v1/addresses/a"), HttpStatusCode.OK);
        Assert.Equal(("released", Text(made, "macAddress")), (Text(released, "state"), Text(released, "macAddress")));
        await RunningService.RefusedAsync(await service.DeleteAsync("/v1/addresses/a"), 409, "HandleNotHeld");
        var restored = await RunningService.ReadAsync(await service.AskAsync("""{"handle":"a","vlanId":20}"""), HttpStatusCode.Created);
        Assert.Equal(("restored", Text(made, "macAddress")), (Text(restored, "outcome"), Text(restored, "macAddress")));
    }

    [Fact]
    public async Task A_handle_whose_address_was_revoked_is_told_so()
    {
        await RunningService.ReadAsync(await service.AskAsync("""{"handle":"a","vlanId":20}"""), HttpStatusCode.Created);
        service.Store.Write(writer => HandleRegistry.Revoke(writer, DeviceHandle.Parse("a"), "the machine is gone", TimeSpan.Zero));
        var restored = await RunningService.ReadAsync(await service.AskAsync("""{"handle":"a","vlanId":20}"""), HttpStatusCode.Created);
        Assert.Contains("the machine is gone", Text(restored, "notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_takes_anothers_place_or_gets_an_address_of_its_own()
    {
        var first = await RunningService.ReadAsync(await service.AskAsync("""{"handle":"a","vlanId":10,"instanceId":"one"}"""), HttpStatusCode.Created);
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":10,"instanceId":"two"}"""), 409, "HandleLive");
        var copied = await service.AskAsync("""{"handle":"a","vlanId":10,"instanceId":"two","intent":"copy"}""");
        var clone = await RunningService.ReadAsync(copied, HttpStatusCode.Created);
        Assert.Equal("copied", Text(clone, "outcome"));
        Assert.NotEqual(Text(first, "macAddress"), Text(clone, "macAddress"));
        var record = await RunningService.ReadAsync(await service.GetAsync(copied.Headers.Location!.OriginalString), HttpStatusCode.OK);
        Assert.Equal((Text(clone, "macAddress"), true), (Text(record, "macAddress"), record.GetProperty("isCopy").GetBoolean()));
        var replaced = await RunningService.ReadAsync(await service.AskAsync("""{"handle":"a","vlanId":10,"instanceId":"three","intent":"replace"}"""), HttpStatusCode.OK);
        Assert.Equal(("replaced", Text(first, "macAddress")), (Text(replaced, "outcome"), Text(replaced, "macAddress")));
    }

    [Fact]
    public async Task Asking_at_once_gives_one_address()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            var answer = await service.AskAsync("""{"handle":"a","vlanId":10}""");
            using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return (answer.StatusCode, Address: Text(document.RootElement, "macAddress"));
        }));
        Assert.Single(answers.Select(answer => answer.Address).Distinct());
        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("https://example.com/a/b?c=d&e=f#g")]
    [InlineData("a:/?#[]@!$&'()*+,;= %25%2F%2f\"<>\\^`{|}~-._")]
    [InlineData("%")]
    [InlineData("%2F")]
    [InlineData("//")]
    [InlineData("a+b c")]
    [InlineData("größe/日本/🐧")]
    [InlineData("..%2f..")]
    public async Task A_handle_of_any_signs_is_found_by_its_path(string handle)
    {
        var made = await service.AskAsync(JsonSerializer.Serialize(new { handle, vlanId = 10, instanceId = "one & +two" }));
        string address = Text(await RunningService.ReadAsync(made, HttpStatusCode.Created), "macAddress");
        string target = $"/v1/addresses/{Uri.EscapeDataString(handle)}";
        string instance = Uri.EscapeDataString("one & +two");
        foreach (string way in new[] { target, $"{target}?instanceId={instance}", $"{target}?instanceId={instance.Replace("%20", "+", StringComparison.Ordinal)}", made.Headers.Location!.OriginalString })
        {
            var record = await RunningService.ReadAsync(await service.GetAsync(way), HttpStatusCode.OK);
            Assert.Equal((DeviceHandle.Parse(handle).Text, address), (Text(record, "handle"), Text(record, "macAddress")));
        }

        await RunningService.ReadAsync(await service.DeleteAsync(target), HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_handle_keeps_its_own_slashes_and_a_head_has_no_body()
    {
        await service.AskAsync("""{"handle":"http://host/a/b","vlanId":10}""");
        await RunningService.ReadAsync(await service.GetAsync("/v1/addresses/http://host/a/b"), HttpStatusCode.OK);
        var head = await service.SendAsync(HttpMethod.Head, "/v1/addresses/http%3A%2F%2FHOST%2Fa%2Fb");
        Assert.Equal((HttpStatusCode.OK, 0), (head.StatusCode, (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
        Assert.True(head.Content.Headers.ContentLength > 0);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Head, "/v1/addresses/nobody")).StatusCode);
    }

    [Fact]
    public async Task Pools_are_those_that_the_client_may_use()
    {
        await service.AskAsync("""{"handle":"a","vlanId":10}""");
        var all = await RunningService.ReadAsync(await service.GetAsync("/v1/pools"), HttpStatusCode.OK);
        Assert.Equal([10, 20, 30], all.GetProperty("pools").EnumerateArray().Select(pool => pool.GetProperty("vlanId").GetInt32()));
        var ten = await RunningService.ReadAsync(await service.SendAsync(HttpMethod.Get, "/v1/pools", token: service.TenToken), HttpStatusCode.OK);
        var pool = Assert.Single(ten.GetProperty("pools").EnumerateArray());
        Assert.Equal((10, 65536L, 1L, 65535L), (pool.GetProperty("vlanId").GetInt32(), Number(pool, "size"), Number(pool, "used"), Number(pool, "free")));
    }

    [Fact]
    public async Task An_exhausted_pool_says_so()
    {
        service.Store.Write(writer =>
        {
            for (int i = 0; i < 16; i++)
            {
                AddressPool.Allocate(writer, 20, $"vm-{i}");
            }

            return 0;
        });
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":20}"""), 409, "PoolExhausted");
    }

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;

    private static long Number(JsonElement json, string member) => json.GetProperty(member).GetInt64();
}

using System.Net;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Clients;
using MacSegmentation.Handles;

namespace MacSegmentation.Provision;

/// <summary>What one client can tell of another, and take from it: nothing. Two of them are in VLAN 10; the one for all VLANs has handles there and in VLAN 20.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private readonly HandClock clock = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(RunningService.Plain(time: clock));

    public async ValueTask DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task A_handle_of_another_in_the_same_VLAN_is_refused_and_told_nothing_of()
    {
        var own = await AskAsync("""{"handle":"cam","vlanId":10,"instanceId":"secret-1"}""", HttpStatusCode.Created);
        foreach (string wish in new[] { """{"handle":"cam","vlanId":10}""", """{"handle":"cam","vlanId":10,"instanceId":"x","intent":"copy"}""", """{"handle":"cam","vlanId":10,"instanceId":"x","intent":"replace"}""", """{"handle":"cam","vlanId":10,"instanceId":"secret-1"}""" })
        {
            string sentence = await RunningService.RefusedAsync(await service.AskAsync(wish, service.TenToken), 409, "HandleOfAnother");
            Assert.DoesNotContain(own.GetProperty("macAddress").GetString()!, sentence, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("secret-1", sentence, StringComparison.Ordinal);
            Assert.DoesNotContain("everywhere", sentence, StringComparison.Ordinal);
        }

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            string known = await RunningService.RefusedAsync(await service.SendAsync(method, "/v1/addresses/cam", token: service.TenToken), 404, "HandleNotFound");
            string unknown = await RunningService.RefusedAsync(await service.SendAsync(method, "/v1/addresses/nobody", token: service.TenToken), 404, "HandleNotFound");
            Assert.Equal(unknown, known.Replace("cam", "nobody", StringComparison.Ordinal));
        }

        Assert.Equal(own.GetProperty("macAddress").GetString(), (await AskAsync("""{"handle":"cam","vlanId":10}""", HttpStatusCode.OK)).GetProperty("macAddress").GetString());
    }

    [Fact]
    public async Task A_handle_of_another_in_another_VLAN_is_as_if_nobody_had_it()
    {
        await AskAsync("""{"handle":"cam","vlanId":20}""", HttpStatusCode.Created);
        var mine = await AskAsync("""{"handle":"cam","vlanId":10}""", HttpStatusCode.Created, service.TenToken);
        Assert.Equal("new", mine.GetProperty("outcome").GetString());
        Assert.Empty(mine.GetProperty("notice").GetString()!);

        // Each goes on with its own, and gives up its own.
        await AskAsync("""{"handle":"cam","vlanId":20}""", HttpStatusCode.OK);
        await RunningService.ReadAsync(await service.SendAsync(HttpMethod.Delete, "/v1/addresses/cam", token: service.TenToken), HttpStatusCode.OK);
        Assert.Equal("held", (await RunningService.ReadAsync(await service.GetAsync("/v1/addresses/cam"), HttpStatusCode.OK)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_handle_that_another_gave_up_shows_nothing_of_what_it_had()
    {
        var before = await AskAsync("""{"handle":"cam","vlanId":10,"instanceId":"secret-1"}""", HttpStatusCode.Created);
        await service.DeleteAsync("/v1/addresses/cam");
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, "/v1/addresses/cam", token: service.TenToken), 404, "HandleNotFound");
        var mine = await AskAsync("""{"handle":"cam","vlanId":10,"instanceId":"b"}""", HttpStatusCode.Created, service.TenToken);
        Assert.Equal(("new", ""), (mine.GetProperty("outcome").GetString(), mine.GetProperty("notice").GetString()));
        Assert.NotEqual(before.GetProperty("macAddress").GetString(), mine.GetProperty("macAddress").GetString());
        Assert.DoesNotContain("secret-1", (await RunningService.ReadAsync(await service.SendAsync(HttpMethod.Get, "/v1/addresses/cam", token: service.TenToken), HttpStatusCode.OK)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wish_for_an_address_outside_is_answered_alike_whether_it_is_used_or_not()
    {
        await AskAsync("""{"handle":"a","vlanId":20,"requestedAddress":"06:00:00:00:00:01"}""", HttpStatusCode.Created);
        string used = await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"b","vlanId":10,"requestedAddress":"06:00:00:00:00:01"}""", service.TenToken), 400, "AddressOutside");
        string free = await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"b","vlanId":10,"requestedAddress":"06:00:00:00:00:02"}""", service.TenToken), 400, "AddressOutside");
        Assert.Equal(free, used.Replace("00:01", "00:02", StringComparison.Ordinal));
        await AskAsync("""{"handle":"c","vlanId":10,"requestedAddress":"02:00:00:00:00:07"}""", HttpStatusCode.Created);
        string taken = await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"b","vlanId":10,"requestedAddress":"02:00:00:00:00:07"}""", service.TenToken), 409, "AddressTaken");
        Assert.DoesNotContain("everywhere", taken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_shares_what_its_clients_register()
    {
        foreach (string client in new[] { "everywhere", "ten" })
        {
            service.Store.Write(writer => ProviderClientCatalog.Change(writer, client, new ClientChange { Group = "plant" }, out _));
        }

        Notice();
        Assert.Equal(HttpStatusCode.Created, (await service.AskAsync("""{"handle":"cam","vlanId":10}""")).StatusCode);
        Notice();
        Assert.Equal(HttpStatusCode.OK, (await service.AskAsync("""{"handle":"cam","vlanId":10}""", service.TenToken)).StatusCode);
        await RunningService.ReadAsync(await service.SendAsync(HttpMethod.Delete, "/v1/addresses/cam", token: service.TenToken), HttpStatusCode.OK);
        Assert.Equal("plant", service.Store.Read(reader => reader.FindHandle("cam"))!.Client);
    }

    [Fact]
    public async Task A_quota_is_refused_again_and_again_and_holds_no_longer_than_the_addresses()
    {
        service.Store.Write(writer => ProviderClientCatalog.Change(writer, "ten", new ClientChange { Quota = 2 }, out _));
        Notice();
        await AskAsync("""{"handle":"t1","vlanId":10}""", HttpStatusCode.Created, service.TenToken);
        await AskAsync("""{"handle":"t2","vlanId":10}""", HttpStatusCode.Created, service.TenToken);
        for (int i = 0; i < 5; i++)
        {
            await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"t3","vlanId":10}""", service.TenToken), 409, "QuotaExceeded");
            Assert.Equal(HttpStatusCode.OK, (await service.AskAsync("""{"handle":"t1","vlanId":10}""", service.TenToken)).StatusCode);
            Assert.Equal(HttpStatusCode.Created, (await service.AskAsync($$"""{"handle":"other-{{i}}","vlanId":10}""")).StatusCode);
        }

        await service.SendAsync(HttpMethod.Delete, "/v1/addresses/t1", token: service.TenToken);
        Assert.Equal(HttpStatusCode.Created, (await service.AskAsync("""{"handle":"t3","vlanId":10}""", service.TenToken)).StatusCode);
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"t1","vlanId":10}""", service.TenToken), 409, "QuotaExceeded");
    }

    [Fact]
    public async Task What_nobody_owns_goes_to_the_first_who_shows_the_handle_and_its_instance()
    {
        var given = service.Store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("cam"), VlanId = 10, InstanceId = "one" }));
        var elsewhere = service.Store.Write(writer => HandleRegistry.Request(writer, new HandleRequest { Handle = DeviceHandle.Parse("far"), VlanId = 20 }));
        await RunningService.RefusedAsync(await service.GetAsync("/v1/addresses/cam"), 404, "HandleNotFound");
        await RunningService.RefusedAsync(await service.DeleteAsync("/v1/addresses/cam"), 404, "HandleNotFound");
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"cam","vlanId":10,"instanceId":"two","intent":"replace"}""", service.TenToken), 409, "HandleOfAnother");
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"cam","vlanId":10}""", service.TenToken), 409, "HandleOfAnother");
        Assert.NotEqual(elsewhere.MacAddress.ToString(), (await AskAsync("""{"handle":"far","vlanId":10}""", HttpStatusCode.Created, service.TenToken)).GetProperty("macAddress").GetString());
        var mine = await AskAsync("""{"handle":"cam","vlanId":10,"instanceId":"one"}""", HttpStatusCode.OK, service.TenToken);
        Assert.Equal(given.MacAddress, MacAddress.Parse(mine.GetProperty("macAddress").GetString()!));
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"cam","vlanId":10,"instanceId":"one"}"""), 409, "HandleOfAnother");
        Assert.Equal("ten", service.Store.Read(reader => reader.FindHandle("cam"))!.Client);
    }

    [Fact]
    public async Task A_token_ends_rotates_and_is_for_what_its_scope_says()
    {
        string? next = null;
        service.Store.Write(writer => ProviderClientCatalog.Change(
            writer, "ten", new ClientChange { Rotate = true, Overlap = TimeSpan.FromHours(1), Scope = ClientScopes.Read, ExpiresAt = writer.Now.AddDays(2) }, out next));
        Notice();
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/v1/pools", token: next)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/v1/pools", token: service.TenToken)).StatusCode);
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":10}""", next), 403, "ScopeMissing");
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Delete, "/v1/addresses/a", token: next), 403, "ScopeMissing");
        service.Store.Write(writer => ProviderClientCatalog.Change(writer, "ten", new ClientChange { Scope = ClientScopes.Request }, out _));
        Notice();
        Assert.Equal(HttpStatusCode.Created, (await service.AskAsync("""{"handle":"a","vlanId":10}""", next)).StatusCode);
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, "/v1/policies", token: next), 403, "ScopeMissing");

        // A second rotation without an overlap ends both tokens before it at once.
        string? last = null;
        service.Store.Write(writer => ProviderClientCatalog.Change(writer, "ten", new ClientChange { Rotate = true }, out last));
        Notice();
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/v1/pools", token: last)).StatusCode);
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, "/v1/pools", token: next), 401, "TokenRequired");
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, "/v1/pools", token: service.TenToken), 401, "TokenRequired");
    }

    /// <summary>The service asks its store for new clients ten times a second.</summary>
    private void Notice() => clock.Advance(TimeSpan.FromMilliseconds(100));

    private async Task<JsonElement> AskAsync(string json, HttpStatusCode status, string? token = null) => await RunningService.ReadAsync(await service.AskAsync(json, token), status);
}

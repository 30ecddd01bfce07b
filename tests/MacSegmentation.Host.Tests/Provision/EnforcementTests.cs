using System.Net;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Partitions;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.Provision;

/// <summary>What enforcement points elsewhere are told, and whom the service tells what.</summary>
public sealed class EnforcementTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync();
        Fill(service.Store);
    }

    public async ValueTask DisposeAsync() => await service.DisposeAsync();

    /// <summary>A shop in the VLANs 10 and 20, with one record in each part, one in no partition and a policy of each kind.</summary>
    internal static void Fill(IMacStore store) => store.Write(writer =>
    {
        foreach (var (name, priority, tags, notTags) in new (string, int, string[], string[])[]
        {
            ("shop-web", 100, ["\"prod\"", """{"tier":"web"}"""], []),
            ("shop-db", 100, ["\"prod\"", """{"tier":"db"}"""], []),
            ("quarantine", 1000, ["\"quarantined\""], []),
            ("tested", 50, ["42"], ["\"canary\""]),
        })
        {
            PartitionCatalog.Create(writer, new PartitionRequest { Name = name, Priority = priority, Tag = Tags(tags), NotTag = Tags(notTags) });
        }

        Policy("shop-web", "*", PartitionAction.Allow, TrafficDirection.Inbound, IpProtocol.Tcp, "443", "8000-8080");
        Policy("shop-web", "shop-db", PartitionAction.Allow, TrafficDirection.Outbound, IpProtocol.Tcp, "5432");
        Policy("shop-web", "vlan:20", PartitionAction.Deny, null, IpProtocol.Any);
        Policy("shop-db", "*", PartitionAction.Deny, null, IpProtocol.Any);
        Policy("quarantine", "*", PartitionAction.Drop, null, IpProtocol.Any);
        Policy("tested", "*", PartitionAction.Mirror, null, IpProtocol.Any);
        foreach (var (name, vlanId, tags) in new (string, int, string[])[]
        {
            ("web-1", 10, ["\"prod\"", """{"tier":"web","app":"shop"}"""]),
            ("web-2", 20, ["\"prod\"", """{"tier":"web"}""", "\"quarantined\""]),
            ("db-1", 10, ["\"prod\"", """{"tier":"db"}""", "42"]),
            ("other", 10, ["\"nobody names it\""]),
        })
        {
            InterfaceCatalog.Create(writer, new InterfaceRequest { Name = name, VlanId = vlanId, Tag = Tags(tags), IPAddress = [$"10.0.{vlanId}.{(int)name[0]}/24"] });
        }

        InterfaceCatalog.AddPair(writer, "web-1", "10.0.10.200", MacAddress.Parse("00:00:5e:00:01:0a", null));
        return 0;

        void Policy(string partition, string peer, PartitionAction action, TrafficDirection? direction, IpProtocol protocol, params string[] ports) =>
            PartitionCatalog.AddPolicy(writer, new PartitionPolicyRequest
            {
                Partition = partition,
                Peer = PartitionPeer.Parse(peer, null),
                Action = action,
                Direction = direction,
                Protocol = protocol,
                Port = [.. ports.Select(text => PortRange.Parse(text, null))],
                To = action is PartitionAction.Mirror ? "ids" : null,
            });
    });

    [Theory]
    [InlineData(null, "\"prod\"", "{\"tier\": \"web\"}", "42")]
    [InlineData(10, "\"prod\"", "{\"tier\": \"web\"}", "\"quarantined\"")]
    [InlineData(20, "\"prod\"", "{\"tier\": \"web\"}")]
    [InlineData(30)]
    [InlineData(null, "42", "42", "\"canary\"")]
    public async Task What_holds_for_tags_is_what_Resolve_MacPolicy_shows(int? vlanId, params string[] tags)
    {
        var answer = await RunningService.ReadAsync(await service.GetAsync($"/v1/policies?{string.Join('&', tags.Select(tag => $"tag={Uri.EscapeDataString(tag)}"))}&{(vlanId is null ? "" : $"vlan={vlanId}")}"), HttpStatusCode.OK);
        var expected = service.Store.Read(reader => PolicyResolution.Resolve(reader, MacTags.Normalize(Tags(tags), "it"), vlanId));
        Assert.Equal(
            expected.Select(policy => (policy.Rank, policy.PolicyId, policy.Partition, policy.Priority, $"{policy.Peer}", policy.Direction?.ToString(), policy.EtherType, $"{policy.Protocol}", string.Join(',', policy.Port), $"{policy.Action}", policy.To, policy.IsDeciding, policy.Reason)),
            answer.GetProperty("policies").EnumerateArray().Select(policy => (
                policy.GetProperty("rank").GetInt32(),
                policy.GetProperty("policyId").GetInt64(),
                policy.GetProperty("partition").GetString(),
                policy.GetProperty("priority").GetInt32(),
                policy.GetProperty("peer").GetString()!,
                policy.GetProperty("direction").GetString(),
                (int?)null,
                policy.GetProperty("protocol").GetString()!,
                policy.GetProperty("ports").GetString()!,
                policy.GetProperty("action").GetString()!,
                policy.GetProperty("to").GetString(),
                policy.GetProperty("isDeciding").GetBoolean(),
                policy.GetProperty("reason").GetString()!)));
    }

    [Theory]
    [InlineData("prod", "InvalidTag", "prod")]
    [InlineData("", "InvalidTag", "Tag 1")]
    [InlineData("\"\"", "InvalidTag", "\"\"")]
    [InlineData("true", "InvalidTag", "true")]
    [InlineData("1.5", "InvalidTag", "1.5")]
    [InlineData("NaN", "InvalidTag", "NaN")]
    [InlineData("{\"a\":1,\"a\":2}", "InvalidTag", "{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1", "InvalidTag", "{\"a\":1")]
    [InlineData("\"\\ud800\"", "InvalidTag", "Unicode")]
    public async Task A_tag_that_is_none_is_named(string tag, string errorId, string named) =>
        Assert.Contains(named, await RunningService.RefusedAsync(await service.GetAsync($"/v1/policies?tag={Uri.EscapeDataString(tag)}"), 400, errorId), StringComparison.Ordinal);

    [Fact]
    public async Task Tags_beyond_the_limits_are_refused()
    {
        Assert.Contains("8,192", await RefusedAsync($"\"{new string('x', 9 * 1024)}\"", "InvalidTag"), StringComparison.Ordinal);
        Assert.Contains("32 levels", await RefusedAsync($"{new string('[', 100)}{new string(']', 100)}", "InvalidTag"), StringComparison.Ordinal);
        Assert.Contains("65 tags", await RunningService.RefusedAsync(await service.GetAsync($"/v1/policies?{Numbers(65)}"), 400, "TooManyTags"), StringComparison.Ordinal);
        Assert.StartsWith("Tag 3, ", await RunningService.RefusedAsync(await service.GetAsync("/v1/policies?tag=1&tag=2&tag=x"), 400, "InvalidTag"), StringComparison.Ordinal);
        await RunningService.RefusedAsync(await service.GetAsync($"/v1/policies?tag={new string('x', 33 * 1024)}"), 414, "TargetTooLong");

        // The largest that are right fit: 64 of them, and one of 8 KiB with each octet as three.
        await RunningService.ReadAsync(await service.GetAsync($"/v1/policies?{Numbers(64)}"), HttpStatusCode.OK);
        await RunningService.ReadAsync(await service.GetAsync($"/v1/policies?tag=%22{string.Concat(Enumerable.Repeat("%41", (8 * 1024) - 2))}%22"), HttpStatusCode.OK);

        async Task<string> RefusedAsync(string tag, string errorId) => await RunningService.RefusedAsync(await service.GetAsync($"/v1/policies?tag={Uri.EscapeDataString(tag)}"), 400, errorId);

        static string Numbers(int count) => string.Join('&', Enumerable.Range(1, count).Select(number => $"tag={number}"));
    }

    [Theory]
    [InlineData("/v1/policies?vlan=0", 400, "InvalidVlanId", "'0'")]
    [InlineData("/v1/policies?vlan=4095", 400, "InvalidVlanId", "'4095'")]
    [InlineData("/v1/policies?vlan=ten", 400, "InvalidVlanId", "'ten'")]
    [InlineData("/v1/policies?vlan=40", 404, "VlanNotFound", "VLAN 40")]
    [InlineData("/v1/policies?vlan=10&vlan=20", 400, "QueryInvalid", "twice")]
    [InlineData("/v1/policies?tags=1", 400, "QueryInvalid", "tag and vlan")]
    [InlineData("/v1/policies/", 404, "PathNotFound", "/v1/policies")]
    [InlineData("/v1/enforcement", 404, "PathNotFound", "/v1/enforcement/")]
    [InlineData("/v1/enforcement/", 404, "PathNotFound", "missing")]
    [InlineData("/v1/enforcement/a%2Fb", 400, "InvalidHostName", "'a/b'")]
    [InlineData("/v1/enforcement/a%20b", 400, "InvalidHostName", "'a b'")]
    [InlineData("/v1/enforcement/a?wait=30", 400, "QueryInvalid", "wait")]
    [InlineData("/v1/enforcement/%ff", 400, "EncodingInvalid", "UTF-8")]
    public async Task What_cannot_be_asked_is_refused(string target, int status, string errorId, string named) =>
        Assert.Contains(named, await RunningService.RefusedAsync(await service.GetAsync(target), status, errorId), StringComparison.Ordinal);

    [Fact]
    public async Task Who_may_not_ask_or_asks_otherwise_is_told_so()
    {
        foreach (string target in new[] { "/v1/policies?tag=42", "/v1/enforcement/edge-1" })
        {
            await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, target, token: ""), 401, "TokenRequired");
            await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, target, token: "mps_x"), 401, "TokenRequired");
            var refused = await service.SendAsync(HttpMethod.Post, target, RunningService.Json("{}"));
            Assert.Equal(["GET", "HEAD"], refused.Content.Headers.Allow);
            await RunningService.RefusedAsync(refused, 405, "MethodNotAllowed");
            var head = await service.SendAsync(HttpMethod.Head, target);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal((await service.GetAsync(target)).Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        }
    }

    /// <summary>By the answer alone, an enforcement point comes to the very lists that enforcers here have.</summary>
    [Fact]
    public async Task An_enforcement_point_merges_the_list_of_any_two_records()
    {
        var told = await RunningService.ReadAsync(await service.GetAsync("/v1/enforcement/edge-1"), HttpStatusCode.OK);
        var (index, records) = service.Store.Read(reader => (new PartitionIndex(reader.ListPartitions(), reader.PartitionSettings.ConflictResolution), reader.ListInterfaces()));
        Assert.Equal("HighestPriority", told.GetProperty("conflictResolution").GetString());
        Assert.Equal([10, 20, 30], told.GetProperty("vlans").EnumerateArray().Select(vlan => vlan.GetProperty("id").GetInt32()));
        Assert.Equal(index.Partitions.Select(partition => (partition.Name, partition.Id)), told.GetProperty("partitions").EnumerateArray().Select(one => (one.GetProperty("name").GetString()!, one.GetProperty("id").GetInt32())));
        Assert.Equal(["quarantine", "shop-web"], PartitionsOf("web-2"));
        Assert.Empty(PartitionsOf("other"));
        Assert.Equal(4, told.GetProperty("interfaces").GetArrayLength());
        foreach (var from in records)
        {
            Assert.Equal(from.Tag.Select(tag => tag.Json), Find(from.Name).GetProperty("tags").EnumerateArray().Select(tag => MacTag.OfJson(tag.GetRawText()).Json));
            foreach (var to in records)
            {
                Assert.Equal(
                    index.Merge(index.Find(from.Tag), index.Find(to.Tag), from.VlanId).Select(ranked => ranked.Policy.PolicyId),
                    told.GetProperty("policies").EnumerateArray()
                        .Where(policy => Holds(policy, PartitionsOf(from.Name), PartitionsOf(to.Name), "Outbound", from.VlanId) || Holds(policy, PartitionsOf(to.Name), PartitionsOf(from.Name), "Inbound", from.VlanId))
                        .Select(policy => policy.GetProperty("policyId").GetInt64()));
            }
        }

        JsonElement Find(string name) => told.GetProperty("interfaces").EnumerateArray().Single(record => record.GetProperty("name").ValueEquals(name));

        string[] PartitionsOf(string name) =>
            [.. told.GetProperty("classes").EnumerateArray().Single(one => one.GetProperty("class").GetInt32() == Find(name).GetProperty("class").GetInt32()).GetProperty("partitions").EnumerateArray().Select(one => one.GetString()!)];

        static bool Holds(JsonElement policy, string[] own, string[] others, string direction, int vlanId) =>
            own.Contains(policy.GetProperty("partition").GetString())
            && (policy.GetProperty("direction").GetString() is not { } given || string.Equals(given, direction, StringComparison.Ordinal))
            && (policy.GetProperty("peer").GetString() is "*" or null || string.Equals(policy.GetProperty("peer").GetString(), $"vlan:{vlanId}", StringComparison.Ordinal) || others.Contains(policy.GetProperty("peer").GetString()));
    }

    [Fact]
    public async Task A_client_is_told_of_the_VLANs_that_it_may_use_only()
    {
        using var all = await service.GetAsync("/v1/enforcement/edge-1");
        using var ten = await service.SendAsync(HttpMethod.Get, "/v1/enforcement/edge-1", token: service.TenToken);
        Assert.NotEqual(all.Headers.ETag, ten.Headers.ETag);
        string text = await ten.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("vlan:20", text, StringComparison.Ordinal);
        Assert.DoesNotContain("web-2", text, StringComparison.Ordinal);
        var told = await RunningService.ReadAsync(ten, HttpStatusCode.OK);
        Assert.Equal([10], told.GetProperty("vlans").EnumerateArray().Select(vlan => vlan.GetProperty("id").GetInt32()));
        Assert.Equal(["db-1", "other", "web-1"], told.GetProperty("interfaces").EnumerateArray().Select(record => record.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(4, told.GetProperty("partitions").GetArrayLength());
        Assert.Equal(5, told.GetProperty("policies").GetArrayLength());

        // What the other one has is not what this one would be told.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(all.Headers.ETag!.ToString(), service.TenToken)).StatusCode);
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, "/v1/policies?vlan=20", token: service.TenToken), 403, "VlanForbidden");
        string policies = await (await service.SendAsync(HttpMethod.Get, "/v1/policies?tag=%22prod%22&tag=%7B%22tier%22:%22web%22%7D", token: service.TenToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("shop-db", policies, StringComparison.Ordinal);
        Assert.DoesNotContain("vlan:20", policies, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_client_has_is_not_told_again_until_it_changes()
    {
        using var first = await service.GetAsync("/v1/enforcement/edge-1");
        string tag = first.Headers.ETag!.ToString();
        Assert.False(first.Headers.ETag.IsWeak);
        foreach (string known in new[] { tag, $"W/{tag}", $"\"x\", {tag}", "*" })
        {
            using var same = await AskAsync(known);
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
            Assert.Equal(tag, same.Headers.ETag!.ToString());
            Assert.Empty(await same.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        // What is of another store, or nothing at all, brings everything.
        foreach (string unknown in new[] { "\"x\"", tag.Replace('-', '_'), tag.Trim('"'), "\"0-00-all\"", "\"" })
        {
            await RunningService.ReadAsync(await AskAsync(unknown), HttpStatusCode.OK);
        }

        // An address that is given out changes the store, and nothing that is told here.
        await service.AskAsync("""{"handle":"a","vlanId":10}""");
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(tag)).StatusCode);
        foreach (Action<IStoreWriter> change in new Action<IStoreWriter>[]
        {
            writer => InterfaceCatalog.Change(writer, "other", new InterfaceChange { AddTag = [MacTag.OfInteger(42)] }),
            writer => PartitionCatalog.Change(writer, "tested", new PartitionChange { Priority = 51 }),
            writer => PartitionCatalog.Change(writer, new PartitionSettings { ConflictResolution = ConflictResolution.Strictest }),
            writer => InterfaceCatalog.Remove(writer, "other", force: true),
        })
        {
            service.Store.Write(writer =>
            {
                change(writer);
                return 0;
            });
            using var next = await AskAsync(tag);
            Assert.Equal(HttpStatusCode.OK, next.StatusCode);
            Assert.NotEqual(tag, next.Headers.ETag!.ToString());
            tag = next.Headers.ETag.ToString();
        }
    }

    [Fact]
    public async Task An_answer_that_is_sent_in_pieces_comes_whole()
    {
        service.Store.Write(writer =>
        {
            for (int i = 0; i < 300; i++)
            {
                InterfaceCatalog.Create(writer, new InterfaceRequest { Name = $"large-{i}", VlanId = 10, Tag = [MacTag.OfText(new string('x', 1000))] });
            }

            return 0;
        });
        Assert.Equal(304, (await RunningService.ReadAsync(await service.GetAsync("/v1/enforcement/edge-1"), HttpStatusCode.OK)).GetProperty("interfaces").GetArrayLength());
        using var head = await service.SendAsync(HttpMethod.Head, "/v1/enforcement/edge-1");
        Assert.True(head.Content.Headers.ContentLength > 300_000);
    }

    private static MacTag[] Tags(IEnumerable<string> tags) => [.. tags.Select(MacTag.OfJson)];

    private async Task<HttpResponseMessage> AskAsync(string known, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/enforcement/edge-1");
        request.Headers.TryAddWithoutValidation("If-None-Match", known);
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return await service.SendAsync(request);
    }
}

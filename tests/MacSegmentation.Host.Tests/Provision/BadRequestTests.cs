using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MacSegmentation.Handles;

namespace MacSegmentation.Provision;

/// <summary>Each bad request has a status and problem details, changes nothing and shows nothing.</summary>
public sealed class BadRequestTests : IAsyncLifetime
{
    private RunningService service = null!;
    private long revision;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync();
        await service.AskAsync("""{"handle":"known","vlanId":10,"requestedAddress":"02:00:00:00:00:07","instanceId":"one"}""");
        await service.AskAsync("""{"handle":"elsewhere","vlanId":20}""");
        revision = service.Store.ReadRevision();
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(revision, service.Store.ReadRevision());
        Assert.Empty(service.Troubles);
        await service.DisposeAsync();
    }

    [Theory]
    [InlineData("", 400, "BodyInvalid", "well-formed")]
    [InlineData("{", 400, "BodyInvalid", "well-formed")]
    [InlineData("not JSON", 400, "BodyInvalid", "line 1")]
    [InlineData("[]", 400, "BodyInvalid", "object")]
    [InlineData("null", 400, "BodyInvalid", "object")]
    [InlineData("{}", 400, "BodyInvalid", "\"handle\"")]
    [InlineData("""{"handle":"a"}""", 400, "BodyInvalid", "\"vlanId\"")]
    [InlineData("""{"vlanId":10}""", 400, "BodyInvalid", "\"handle\"")]
    [InlineData("""{"handle":"a","vlanId":10}{}""", 400, "BodyInvalid", "well-formed")]
    [InlineData("""{"handle":"a","vlanId":10,}""", 400, "BodyInvalid", "well-formed")]
    [InlineData("""{"handle":"a",/* */"vlanId":10}""", 400, "BodyInvalid", "well-formed")]
    [InlineData("""{"handle":"a","vlanId":10,"colour":1}""", 400, "BodyInvalid", "\"colour\"")]
    [InlineData("""{"Handle":"a","vlanId":10}""", 400, "BodyInvalid", "\"Handle\"")]
    [InlineData("""{"handle":"a","vlanId":10,"vlanId":10}""", 400, "BodyInvalid", "\"vlanId\"")]
    [InlineData("""{"handle":"a","vlanId":10,"instanceId":{"a":{"b":{"c":{"d":1}}}}}""", 400, "BodyInvalid", "\"instanceId\"")]
    [InlineData("""{"handle":["a"],"vlanId":10}""", 400, "BodyInvalid", "\"handle\"")]
    [InlineData("""{"handle":null,"vlanId":10}""", 400, "BodyInvalid", "\"handle\"")]
    [InlineData("""{"handle":"a","vlanId":"10"}""", 400, "BodyInvalid", "\"vlanId\"")]
    [InlineData("""{"handle":"a","vlanId":10.5}""", 400, "BodyInvalid", "\"vlanId\"")]
    [InlineData("""{"handle":"a","vlanId":99999999999}""", 400, "BodyInvalid", "\"vlanId\"")]
    [InlineData("""{"handle":"a","vlanId":10,"allowSubstitute":"yes"}""", 400, "BodyInvalid", "\"allowSubstitute\"")]
    [InlineData("""{"handle":"a","vlanId":10,"intent":"steal"}""", 400, "BodyInvalid", "\"replace\"")]
    [InlineData("""{"handle":"a","vlanId":10,"intent":1}""", 400, "BodyInvalid", "\"replace\"")]
    [InlineData("""{"handle":"a","vlanId":10,"intent":"copy,replace"}""", 400, "BodyInvalid", "\"replace\"")]
    [InlineData("""{"handle":"\ud800","vlanId":10}""", 400, "BodyInvalid", "surrogate")]
    [InlineData("""{"handle":"","vlanId":10}""", 400, "InvalidHandle", "empty")]
    [InlineData("""{"handle":" a","vlanId":10}""", 400, "InvalidHandle", "blanks")]
    [InlineData("""{"handle":"a\u0000b","vlanId":10}""", 400, "InvalidHandle", "control")]
    [InlineData("""{"handle":"a","vlanId":0}""", 400, "InvalidVlanId", "VLAN 0")]
    [InlineData("""{"handle":"a","vlanId":-1}""", 400, "InvalidVlanId", "VLAN -1")]
    [InlineData("""{"handle":"a","vlanId":4095}""", 400, "InvalidVlanId", "VLAN 4095")]
    [InlineData("""{"handle":"a","vlanId":40}""", 404, "VlanNotFound", "VLAN 40")]
    [InlineData("""{"handle":"a","vlanId":10,"requestedAddress":"02:00:00:00:00"}""", 400, "InvalidRequestedAddress", "not a MAC address")]
    [InlineData("""{"handle":"a","vlanId":10,"requestedAddress":"01:00:00:00:00:01"}""", 400, "InvalidRequestedAddress", "group")]
    [InlineData("""{"handle":"a","vlanId":10,"requestedAddress":"00:00:00:00:00:00"}""", 400, "InvalidRequestedAddress", "zero")]
    [InlineData("""{"handle":"a","vlanId":10,"requestedAddress":"06:00:00:00:00:01"}""", 400, "AddressOutside", "VLAN 10")]
    [InlineData("""{"handle":"a","vlanId":10,"requestedAddress":"02:00:00:00:00:07"}""", 409, "AddressTaken", "another owner")]
    [InlineData("""{"handle":"known","vlanId":20}""", 409, "HandleInOtherVlan", "another VLAN")]
    [InlineData("""{"handle":"known","vlanId":10,"instanceId":"two"}""", 409, "HandleLive", "another instance")]
    [InlineData("""{"handle":"known","vlanId":10,"intent":"replace"}""", 400, "InstanceRequired", "instance")]
    public async Task A_request_that_cannot_be_right_is_refused(string body, int status, string errorId, string named)
    {
        string sentence = await RunningService.RefusedAsync(await service.AskAsync(body), status, errorId);
        Assert.Contains(named, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("'known'", errorId is "AddressTaken" ? sentence : string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        string longest = new('a', DeviceHandle.Longest);
        await RunningService.RefusedAsync(await service.AskAsync($$"""{"handle":"{{longest}}a","vlanId":10}"""), 400, "InvalidHandle");
        await RunningService.RefusedAsync(await service.AskAsync($$"""{"handle":"a","vlanId":10,"instanceId":"{{longest}}"}"""), 400, "InvalidInstanceId");
        await RunningService.RefusedAsync(await service.GetAsync($"/v1/addresses/{longest}a"), 400, "InvalidHandle");
        await RunningService.RefusedAsync(await service.GetAsync($"/v1/addresses/{new string('a', 9000)}"), 414, "TargetTooLong");
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":10}""", key: new string('k', 256)), 400, "IdempotencyKeyInvalid");
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":10}""", key: "\"\""), 400, "IdempotencyKeyInvalid");
        await RunningService.RefusedAsync(await service.AskAsync($$"""{"handle":"a","vlanId":10,"{{new string('m', 5000)}}":1}"""), 400, "BodyInvalid");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/pools");
        request.Headers.Add("X-Long", new string('x', 20_000));
        await RunningService.RefusedAsync(await service.SendAsync(request), 431, "HeaderTooLong");

        // The longest handle of the widest signs still fits its path.
        await RunningService.RefusedAsync(await service.GetAsync($"/v1/addresses/{Uri.EscapeDataString(new string('日', DeviceHandle.Longest))}"), 404, "HandleNotFound");
    }

    [Theory]
    [InlineData(16 * 1024 + 1, false)]
    [InlineData(16 * 1024 + 1, true)]
    [InlineData(10_000_000, false)]
    [InlineData(10_000_000, true)]
    public async Task A_body_that_is_too_large_is_refused_at_once_however_it_is_sent(int size, bool isChunked)
    {
        using var content = new ByteArrayContent(new byte[size]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/addresses") { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;
        await RunningService.RefusedAsync(await service.SendAsync(request), 413, "BodyTooLarge");
    }

    [Fact]
    public async Task Octets_that_are_no_UTF8_are_refused()
    {
        byte[] body = [.. "{\"handle\":\"a"u8, 0xff, 0xc0, .. "\",\"vlanId\":10}"u8];
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        await RunningService.RefusedAsync(await service.PostAsync(content), 400, "BodyInvalid");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/jsonl")]
    public async Task A_body_that_is_not_sent_as_JSON_is_refused(string? contentType)
    {
        using var content = new ByteArrayContent("""{"handle":"a","vlanId":10}"""u8.ToArray());
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        await RunningService.RefusedAsync(await service.PostAsync(content), 415, "BodyNotJson");
    }

    [Fact]
    public async Task A_body_that_is_compressed_is_refused()
    {
        using var content = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } } };
        await RunningService.RefusedAsync(await service.PostAsync(content), 415, "BodyNotJson");
    }

    [Theory]
    [InlineData("GET", "/", 404, "PathNotFound")]
    [InlineData("GET", "/v1", 404, "PathNotFound")]
    [InlineData("GET", "/v1/addressesX", 404, "PathNotFound")]
    [InlineData("GET", "/v2/pools", 404, "PathNotFound")]
    [InlineData("POST", "/v1/addresses/", 404, "PathNotFound")]
    [InlineData("GET", "/v1/addresses", 405, "MethodNotAllowed")]
    [InlineData("PUT", "/v1/addresses/known", 405, "MethodNotAllowed")]
    [InlineData("POST", "/v1/pools", 405, "MethodNotAllowed")]
    [InlineData("DELETE", "/healthz", 405, "MethodNotAllowed")]
    [InlineData("OPTIONS", "/v1/addresses", 405, "MethodNotAllowed")]
    [InlineData("BREW", "/readyz", 405, "MethodNotAllowed")]
    [InlineData("GET", "/v1/addresses/nobody", 404, "HandleNotFound")]
    [InlineData("DELETE", "/v1/addresses/nobody", 404, "HandleNotFound")]
    [InlineData("DELETE", "/v1/addresses/known?instanceId=two", 404, "HandleNotFound")]
    [InlineData("DELETE", "/v1/addresses/known?instance=one", 400, "QueryInvalid")]
    [InlineData("DELETE", "/v1/addresses/known?instanceId=one&instanceId=two", 400, "QueryInvalid")]
    [InlineData("GET", "/v1/pools?vlanId=10", 400, "QueryInvalid")]
    [InlineData("POST", "/v1/addresses?handle=a", 400, "QueryInvalid")]
    [InlineData("GET", "/v1/addresses/%20a", 400, "InvalidHandle")]
    [InlineData("GET", "/v1/addresses/a%0Ab", 400, "InvalidHandle")]
    public async Task A_target_that_is_not_there_is_refused(string method, string target, int status, string errorId)
    {
        var response = await service.SendAsync(new HttpMethod(method), target, method is "POST" ? RunningService.Json("{}") : null);
        await RunningService.RefusedAsync(response, status, errorId);
        Assert.Equal(status == 405, response.Content.Headers.Allow.Count > 0);
    }

    [Theory]
    [InlineData("/v1/addresses/%zz")]
    [InlineData("/v1/addresses/a%4")]
    [InlineData("/v1/addresses/%ff")]
    [InlineData("/v1/addresses/%C0%AF")]
    [InlineData("/v1/addresses/%ED%A0%80")]
    [InlineData("/v1/addresses/known?instanceId=%FE")]
    public async Task A_target_that_is_not_encoded_rightly_is_refused(string target)
    {
        string answer = await RawConnection.AskAsync(service, $"GET {target} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {service.Token}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"errorId\":\"EncodingInvalid\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET http://other.example/v1/pools HTTP/1.1\r\nHost: other.example\r\n", 200)]
    [InlineData("GET /v1/pools HTTP/1.1\r\n", 400)]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a\r\n", 404)]
    [InlineData("nonsense\r\n", 400)]
    [InlineData("POST /v1/addresses HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip\r\n", 400)]
    [InlineData("POST /v1/addresses HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: x\r\n", 400)]
    public async Task What_is_not_plain_HTTP_is_answered_by_its_status(string head, int status)
    {
        string answer = await RawConnection.AskAsync(service, $"{head}Authorization: Bearer {service.Token}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", 406)]
    [InlineData("application/xml, text/*;q=0.5", 406)]
    [InlineData("text/html, */*;q=0.1", 200)]
    [InlineData("application/json", 200)]
    [InlineData("application/problem+json", 200)]
    public async Task Only_JSON_is_answered(string accept, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/pools");
        request.Headers.Accept.ParseAdd(accept);
        var response = await service.SendAsync(request);
        if (status == 406)
        {
            await RunningService.RefusedAsync(response, 406, "NotAcceptable");
        }
        else
        {
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task Without_a_right_token_nothing_is_shown()
    {
        foreach (var (method, target) in new[] { (HttpMethod.Post, "/v1/addresses"), (HttpMethod.Get, "/v1/addresses/known"), (HttpMethod.Delete, "/v1/addresses/known"), (HttpMethod.Get, "/v1/pools") })
        {
            var answers = new List<string>();
            foreach (string token in new[] { "", "mps_wrong", service.Token + "x", service.Token.ToUpperInvariant(), new string('x', 5000), "größe" })
            {
                using var request = new HttpRequestMessage(method, target) { Content = method == HttpMethod.Post ? RunningService.Json("""{"handle":"a","vlanId":10}""") : null };
                request.Headers.TryAddWithoutValidation("Authorization", token.Length == 0 ? string.Empty : $"Bearer {Uri.EscapeDataString(token)}");
                var response = await service.SendAsync(request);
                Assert.Equal("Bearer realm=\"macsegmentation\"", response.Headers.WwwAuthenticate.ToString());
                answers.Add(await RunningService.RefusedAsync(response, 401, "TokenRequired"));
            }

            Assert.Single(answers.Distinct());
        }

        using var basic = new HttpRequestMessage(HttpMethod.Get, "/v1/pools");
        basic.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"a:{service.Token}")));
        await RunningService.RefusedAsync(await service.SendAsync(basic), 401, "TokenRequired");
    }

    [Fact]
    public async Task A_client_of_some_VLANs_sees_nothing_of_others()
    {
        await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":20}""", service.TenToken), 403, "VlanForbidden");
        string none = await RunningService.RefusedAsync(await service.AskAsync("""{"handle":"a","vlanId":40}""", service.TenToken), 403, "VlanForbidden");
        Assert.DoesNotContain("exist", none, StringComparison.Ordinal);
        string hidden = await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, "/v1/addresses/elsewhere", token: service.TenToken), 404, "HandleNotFound");
        string unknown = await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, "/v1/addresses/nowhere", token: service.TenToken), 404, "HandleNotFound");
        Assert.Equal(unknown, hidden.Replace("elsewhere", "nowhere", StringComparison.Ordinal));
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Delete, "/v1/addresses/elsewhere", token: service.TenToken), 404, "HandleNotFound");
        await RunningService.RefusedAsync(await service.SendAsync(HttpMethod.Get, "/v1/addresses/known", token: service.TenToken), 404, "HandleNotFound");
    }
}

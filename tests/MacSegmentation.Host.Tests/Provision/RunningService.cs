using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Clients;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Provision;

/// <summary>
/// The service on a loopback port, over a store with the VLANs 10 (65,536 addresses), 20 (16) and 30 (16), and two clients: one for all VLANs, one for VLAN 10.
/// </summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StoreHandleService handles;
    private readonly EnforcementFeed feed;
    private readonly FeedbackDesk desk;
    private readonly ServiceServer server;

    private RunningService(TemporaryFolder folder, IMacStore store, StoreHandleService handles, EnforcementFeed feed, FeedbackDesk desk, ServiceServer server, (string All, string Ten) tokens, List<Exception> troubles)
    {
        this.folder = folder;
        this.handles = handles;
        this.feed = feed;
        this.desk = desk;
        this.server = server;
        Store = store;
        Token = tokens.All;
        TenToken = tokens.Ten;
        Troubles = troubles;
        Client = new HttpClient { BaseAddress = new Uri(server.Uris[0]) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public IMacStore Store { get; }

    /// <summary>The store's path or connection string.</summary>
    public required string Place { get; init; }

    /// <summary>The token of the client for all VLANs.</summary>
    public string Token { get; }

    /// <summary>The token of the client for VLAN 10.</summary>
    public string TenToken { get; }

    /// <summary>What was reported to the one who runs the service.</summary>
    public List<Exception> Troubles { get; }

    /// <summary>Asks with the token for all VLANs.</summary>
    public HttpClient Client { get; }

    public ServiceServer Server => server;

    /// <summary>What enforcement points are told.</summary>
    public EnforcementFeed Feed => feed;

    public static (string All, string Ten) Fill(IMacStore store) => store.Write(writer =>
    {
        foreach (var (vlanId, range) in new[] { (10, "02:00:00:00:00:00/32"), (20, "06:00:00:00:00:00/44"), (30, "0a:00:00:00:00:00/44") })
        {
            VlanCatalog.Create(writer, new MacVlan { VlanId = vlanId, Name = $"VLAN {vlanId}", Ranges = [MacRange.Parse(range)] });
        }

        ProviderClientCatalog.Create(writer, "everywhere", [], out string all);
        ProviderClientCatalog.Create(writer, "ten", [10], out string ten);
        return (all, ten);
    });

    /// <param name="settings">How it is reached; null for http on a free port.</param>
    /// <param name="around">Puts something between the service and what answers.</param>
    /// <param name="place">A connection string; null for a file.</param>
    public static async Task<RunningService> StartAsync(ServiceSettings? settings = null, Func<IHandleService, IHandleService>? around = null, string? place = null)
    {
        var folder = new TemporaryFolder();
        place ??= folder.File("lab.db");
        var store = new StoreFactory().Open(MacStoreOptions.At(place));
        var tokens = Fill(store);
        settings ??= Plain();
        var handles = new StoreHandleService(store, settings.Time);
        var troubles = new List<Exception>();
        var feed = new EnforcementFeed(() => new StoreFactory().Open(MacStoreOptions.At(place) with { MustExist = true }), TimeProvider.System);
        var desk = new FeedbackDesk(() => new StoreFactory().Open(MacStoreOptions.At(place) with { MustExist = true }), settings.Time);
        var server = await ServiceServer.StartAsync(settings, around?.Invoke(handles) ?? handles, feed, desk, error =>
        {
            lock (troubles)
            {
                troubles.Add(error);
            }
        });
        return new RunningService(folder, store, handles, feed, desk, server, tokens, troubles) { Place = place };
    }

    public static ServiceSettings Plain(ServiceLimits? limits = null, TimeProvider? time = null) =>
        new() { Addresses = [new ServiceAddress(IPAddress.Loopback, 0, IsSecure: false)], Limits = limits ?? new(), Time = time ?? TimeProvider.System };

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public Task<HttpResponseMessage> AskAsync(string json, string? token = null, string? key = null) => SendAsync(HttpMethod.Post, "/v1/addresses", Json(json), token, key);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, HttpContent? content = null, string? token = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, target) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = token.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", token);
            if (token.Length == 0)
            {
                // An empty field keeps the client's own token away.
                request.Headers.TryAddWithoutValidation("Authorization", string.Empty);
            }
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string target) => SendAsync(HttpMethod.Get, target);

    public Task<HttpResponseMessage> DeleteAsync(string target) => SendAsync(HttpMethod.Delete, target);

    public Task<HttpResponseMessage> PostAsync(HttpContent content) => SendAsync(HttpMethod.Post, "/v1/addresses", content);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Client.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>The members of an answer that must have a status.</summary>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The sentence of an answer that must be problem details with an id.</summary>
    public static async Task<string> RefusedAsync(HttpResponseMessage response, int status, string errorId)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        using var document = JsonDocument.Parse(text);
        var problem = document.RootElement;
        Assert.Equal(["type", "title", "status", "detail", "errorId"], problem.EnumerateObject().Select(member => member.Name));
        Assert.Equal((errorId, $"urn:macsegmentation:error:{errorId}", status), (problem.GetProperty("errorId").GetString(), problem.GetProperty("type").GetString(), problem.GetProperty("status").GetInt32()));
        string detail = problem.GetProperty("detail").GetString()!;
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("macseg-", text, StringComparison.Ordinal);
        Assert.EndsWith(".", detail, StringComparison.Ordinal);
        return detail;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        feed.Dispose();
        desk.Dispose();
        handles.Dispose();
        Store.Dispose();
        folder.Dispose();
    }
}

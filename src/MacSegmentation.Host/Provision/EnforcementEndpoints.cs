using System.Globalization;
using MacSegmentation.Addressing;
using MacSegmentation.Clients;
using MacSegmentation.Partitions;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Tags;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MacSegmentation.Provision;

/// <summary>What enforcement points elsewhere ask: which policies hold for tags, and all that they need to enforce them.</summary>
/// <remarks>
/// A client is told of the VLANs that it may use: their records, their default actions, and no policies whose peer is another VLAN. Partitions are of no VLAN, and every
/// client is told of all. Which host a record's machine runs on is not known to the store, and moves: each enforcement point gets the records of all hosts, which it
/// needs anyway for the other ends of its frames.
/// </remarks>
/// <param name="service">Who knows the clients.</param>
/// <param name="feed">What they are told.</param>
/// <param name="limits">What clients may have.</param>
/// <param name="stopping">Ends the waiting of requests.</param>
internal sealed class EnforcementEndpoints(IHandleService service, EnforcementFeed feed, ServiceLimits limits, CancellationToken stopping)
{
    /// <summary>Where policies of tags are.</summary>
    public const string PoliciesPath = "/v1/policies";

    /// <summary>What comes before the name of an enforcement point.</summary>
    public const string HostsPath = "/v1/enforcement/";

    private const string TagParameter = "tag";
    private const string VlanParameter = "vlan";

    /// <summary>The longest name of a host (RFC 1035 section 2.3.4, as text).</summary>
    private const int LongestHostName = 253;

    private const int LongestShown = 64;

    private readonly WaitingRoom room = new(limits.Waiting);

    /// <summary>The policies that hold for a thing with some tags.</summary>
    public async Task<ServiceAnswer> ListPolicies(HttpContext context, RequestTarget target, MacProviderClient client)
    {
        var tags = new List<MacTag>();
        int? vlanId = null;
        foreach (var (name, value) in target.ReadParameters(TagParameter, VlanParameter))
        {
            if (name is TagParameter)
            {
                tags.Add(ReadTag(tags.Count + 1, value));
            }
            else
            {
                vlanId = vlanId is null ? ReadVlan(value, client) : throw RequestTarget.Twice(VlanParameter);
            }
        }

        var distinct = MacTags.Normalize(tags, "The thing that is asked for");
        var view = await feed.ReadAsync(context.RequestAborted);
        var vlan = vlanId is null ? null : view.Vlans.FirstOrDefault(vlan => vlan.VlanId == vlanId)
            ?? throw new ServiceError(404, "VlanNotFound", $"VLAN {vlanId} does not exist. Ask for one that GET /v1/pools lists.");
        var policies = PolicyResolution.Resolve(view.Index, distinct, vlanId, vlan?.DefaultAction ?? default);
        return new ServiceAnswer(200, ServiceJson.Write(policies.Where(policy => EnforcementJson.MaySee(client, policy.Peer))));
    }

    /// <summary>What an enforcement point needs, at once or when it is new.</summary>
    public async Task<ServiceAnswer> Get(HttpContext context, RequestTarget target, MacProviderClient client)
    {
        target.ReadOnlyParameter(string.Empty);
        RequireHostName(RequestTarget.Decode(target.Path[HostsPath.Length..]));
        var headers = context.Request.Headers;
        var view = await feed.ReadAsync(context.RequestAborted);
        var wanted = WaitPreference.Read(headers["Prefer"]);
        if (!IsKnown(headers, view, client) || wanted == TimeSpan.Zero)
        {
            return await Answer(headers, view, client);
        }

        var wait = wanted < limits.LongestWait ? wanted : limits.LongestWait;
        var next = await Wait(context, view, client, wait);

        // The client may have been removed, or made anew for other VLANs, while it waited.
        return BearerToken.FindClient(headers.Authorization, service) is not { } present || !present.Allows(ClientScopes.Read) ? ProviderService.Unauthorized
            : await Answer(headers, next, present) with
            {
                PreferenceApplied = string.Create(CultureInfo.InvariantCulture, $"wait={wait.TotalSeconds:0}"),
            };
    }

    private static async Task<ServiceAnswer> Answer(IHeaderDictionary headers, EnforcementView view, MacProviderClient client) =>
        IsKnown(headers, view, client)
            ? new ServiceAnswer(304, default) { ETag = view.TagFor(client) }
            : new ServiceAnswer(200, await view.WriteAsync(client)) { ETag = view.TagFor(client) };

    /// <summary>True if the client has it already (RFC 9110 section 13.1.2). A field that cannot be read is of something else.</summary>
    private static bool IsKnown(IHeaderDictionary headers, EnforcementView view, MacProviderClient client)
    {
        if (headers.IfNoneMatch.Count == 0 || !EntityTagHeaderValue.TryParseList([.. headers.IfNoneMatch.Select(line => line ?? string.Empty)], out var tags))
        {
            return false;
        }

        var present = new EntityTagHeaderValue(view.TagFor(client));
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(present, useStrongComparison: false));
    }

    private static MacTag ReadTag(int place, string text)
    {
        try
        {
            return MacTag.OfJson(text);
        }
        catch (FormatException error)
        {
            string shown = text.Length <= LongestShown ? text : $"{text[..LongestShown]}…";
            throw new ServiceError(400, "InvalidTag", $"Tag {place}, {shown}, is none: {error.Message} A tag is a JSON value here: \"prod\" in quotes, 42, {{\"tier\":\"web\"}}.");
        }
    }

    private static int ReadVlan(string text, MacProviderClient client)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int vlanId) || vlanId is < VlanId.Minimum or > VlanId.Maximum)
        {
            throw new ServiceError(400, "InvalidVlanId", $"'{(text.Length <= LongestShown ? text : text[..LongestShown])}' is no VLAN. Give a number from {VlanId.Minimum} to {VlanId.Maximum}.");
        }

        AddressEndpoints.RequireVlan(client, vlanId);
        return vlanId;
    }

    private static void RequireHostName(string name)
    {
        if (name.Length is 0 or > LongestHostName || !name.All(static sign => char.IsLetterOrDigit(sign) || sign is '-' or '.' or '_'))
        {
            throw new ServiceError(
                400,
                "InvalidHostName",
                $"'{(name.Length <= LongestShown ? name : name[..LongestShown])}' is no name of an enforcement point. Give 1 to {LongestHostName} letters, digits, '-', '.' and '_', such as the host's name.");
        }
    }

    /// <summary>Waits, without a thread and without the place among the requests that are answered.</summary>
    private async Task<EnforcementView> Wait(HttpContext context, EnforcementView seen, MacProviderClient client, TimeSpan wait)
    {
        if (!room.TryEnter(client.ClientId))
        {
            throw new ServiceError(
                503, "TooManyWaiting", $"As many requests wait as may: {limits.Waiting}, of one client {room.SizeForOne}. Ask again in a second, or now without the preference wait.");
        }

        try
        {
            context.Features.Get<RequestSlot>()?.Dispose();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            return await feed.WaitAsync(seen, wait, end.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            throw new ServiceError(503, "ServiceStopping", "The service is being stopped. Ask another one, or again when it is back.");
        }
        finally
        {
            room.Leave(client.ClientId);
        }
    }
}

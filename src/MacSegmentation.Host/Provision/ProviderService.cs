using MacSegmentation.Clients;
using MacSegmentation.ProviderRuntime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MacSegmentation.Provision;

/// <summary>
/// The service that devices and their managers ask for addresses, and enforcement points for policies: one method a request, which says what is asked, who asks, and sends the answer.
/// </summary>
/// <remarks>
/// Few paths need no router: they are compared as they come, before anything is decoded, which also leaves a handle's own slashes alone. Whatever is
/// thrown here is answered by <see cref="RequestErrors"/>.
/// </remarks>
/// <param name="service">What answers devices.</param>
/// <param name="feed">What enforcement points are told.</param>
/// <param name="desk">What takes applications' feedback.</param>
/// <param name="limits">What clients may have.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">Ends the waiting of requests.</param>
internal sealed class ProviderService(IHandleService service, EnforcementFeed feed, FeedbackDesk desk, ServiceLimits limits, TimeProvider time, CancellationToken stopping)
{
    private const string PoolsPath = "/v1/pools";
    private const string DescriptionPath = "/v1/openapi.json";
    private const string HealthPath = "/healthz";
    private const string ReadyPath = "/readyz";
    private const string MetricsPath = "/metrics";
    private const string ReadMethods = "GET, HEAD";

    private static readonly byte[] Description = ReadDescription();
    private static readonly ServiceAnswer Healthy = new(200, "{\"status\":\"alive\"}"u8.ToArray());
    private static readonly ServiceAnswer Ready = new(200, "{\"status\":\"ready\"}"u8.ToArray());

    /// <summary>The answer to who does not say who it is.</summary>
    public static readonly ServiceAnswer Unauthorized = Problems.Create(
        401, "TokenRequired", "This needs the bearer token of a client of this service. An administrator makes one with New-MacProviderClient.") with
    {
        Challenge = "Bearer realm=\"macsegmentation\"",
    };

    /// <summary>What is counted.</summary>
    public ServiceMetrics Metrics { get; } = new(service);

    /// <summary>The places of requests that are answered at once.</summary>
    public RequestSlots Slots { get; } = new(limits.Concurrent);

    private readonly AddressEndpoints addresses = new(service, limits, time);
    private readonly EnforcementEndpoints enforcement = new(service, feed, limits, stopping);
    private readonly FeedbackEndpoint feedback = new(desk);

    /// <summary>True for the questions whether the service lives and is ready, which are answered however busy it is.</summary>
    /// <param name="context">The request.</param>
    public static bool IsHealthCheck(HttpContext context) => RawTarget(context) is HealthPath or ReadyPath;

    /// <summary>Finds out who asks, for what comes after.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What comes after.</param>
    public Task Identify(HttpContext context, RequestDelegate next)
    {
        if (!IsHealthCheck(context) && BearerToken.FindClient(context.Request.Headers.Authorization, service) is { } client)
        {
            context.Features.Set(client);
        }

        return next(context);
    }

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request and the way of the answer.</param>
    public async Task Handle(HttpContext context)
    {
        string raw = RawTarget(context);
        var answer = raw is HealthPath ? AnswerRead(RequestTarget.Parse(raw), context.Request, Healthy) : await Route(context, raw);
        await answer.SendAsync(context);
    }

    private static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static byte[] ReadDescription()
    {
        using var resource = typeof(ProviderService).Assembly.GetManifestResourceStream("openapi.json")!;
        byte[] text = new byte[resource.Length];
        resource.ReadExactly(text);
        return text;
    }

    private Task<ServiceAnswer> Route(HttpContext context, string raw)
    {
        var request = context.Request;
        CheckHeader(request, raw);
        var target = RequestTarget.Parse(raw);
        if (target.Path.StartsWith(AddressEndpoints.Path, StringComparison.Ordinal) && (target.Path.Length == AddressEndpoints.Path.Length || target.Path[AddressEndpoints.Path.Length] == '/'))
        {
            return AnswerAddresses(context, target);
        }

        if (target.Path is EnforcementEndpoints.PoliciesPath || target.Path.StartsWith(EnforcementEndpoints.HostsPath, StringComparison.Ordinal))
        {
            return AnswerEnforcement(context, target);
        }

        if (FeedbackEndpoint.IsPath(target.Path))
        {
            return !HttpMethods.IsPost(request.Method) ? Task.FromResult(WrongMethod(request, "POST"))
                : FindClient(context, ClientScopes.Request) is { } speaking ? feedback.Post(context, target, speaking)
                : Task.FromResult(Unauthorized);
        }

        return Task.FromResult(target.Path switch
        {
            PoolsPath => AnswerPools(request, target),
            ReadyPath => AnswerRead(target, request, AnswerReady()),
            HealthPath => AnswerRead(target, request, Healthy),
            MetricsPath => AnswerMetrics(target, request),
            DescriptionPath => AnswerRead(target, request, new ServiceAnswer(200, Description)),
            _ => throw new ServiceError(404, "PathNotFound", $"This path is not known. Those that are: {AddressEndpoints.Path}, {AddressEndpoints.Path}/{{handle}}, {PoolsPath}, {EnforcementEndpoints.PoliciesPath}, {EnforcementEndpoints.HostsPath}{{host}}, {FeedbackEndpoint.Before}{{name}}{FeedbackEndpoint.After}, {DescriptionPath}, {HealthPath}, {ReadyPath}, {MetricsPath}."),
        });
    }

    private Task<ServiceAnswer> AnswerAddresses(HttpContext context, RequestTarget target)
    {
        var request = context.Request;
        if (target.Path.Length <= AddressEndpoints.Path.Length + 1)
        {
            if (!HttpMethods.IsPost(request.Method))
            {
                return Task.FromResult(WrongMethod(request, "POST"));
            }

            return target.Path.Length == AddressEndpoints.Path.Length
                ? FindClient(context, ClientScopes.Request) is { } asking ? addresses.Request(context, target, asking) : Task.FromResult(Unauthorized)
                : throw new ServiceError(404, "PathNotFound", $"A handle is missing after the slash. To ask for an address, POST to {AddressEndpoints.Path}.");
        }

        bool isDelete = HttpMethods.IsDelete(request.Method);
        if (!isDelete && !IsRead(request))
        {
            return Task.FromResult(WrongMethod(request, $"{ReadMethods}, DELETE"));
        }

        return FindClient(context, isDelete ? ClientScopes.Request : ClientScopes.Request | ClientScopes.Read) is not { } client ? Task.FromResult(Unauthorized)
            : isDelete ? addresses.Release(context, target, client)
            : Task.FromResult(addresses.Get(target, client));
    }

    private ServiceAnswer AnswerPools(HttpRequest request, RequestTarget target)
    {
        if (!IsRead(request))
        {
            return WrongMethod(request, ReadMethods);
        }

        if (FindClient(request.HttpContext, ClientScopes.Request | ClientScopes.Read) is not { } client)
        {
            return Unauthorized;
        }

        target.ReadOnlyParameter(string.Empty);
        return new ServiceAnswer(200, ServiceJson.Write(service.ListPools().Where(pool => client.MayUse(pool.VlanId))));
    }

    private Task<ServiceAnswer> AnswerEnforcement(HttpContext context, RequestTarget target)
    {
        if (target.Path is EnforcementEndpoints.HostsPath)
        {
            throw new ServiceError(404, "PathNotFound", $"The name of an enforcement point is missing after {EnforcementEndpoints.HostsPath}. Give one, such as its host's.");
        }

        return !IsRead(context.Request) ? Task.FromResult(WrongMethod(context.Request, ReadMethods))
            : FindClient(context, ClientScopes.Read) is not { } client ? Task.FromResult(Unauthorized)
            : target.Path is EnforcementEndpoints.PoliciesPath ? enforcement.ListPolicies(context, target, client)
            : enforcement.Get(context, target, client);
    }

    private ServiceAnswer AnswerMetrics(RequestTarget target, HttpRequest request) => !IsRead(request) ? WrongMethod(request, ReadMethods)
        : FindClient(request.HttpContext, ClientScopes.Read | ClientScopes.Administer) is null ? Unauthorized
        : AnswerRead(target, request, new ServiceAnswer(200, Metrics.Write()) { ContentType = ServiceMetrics.MediaType });

    private ServiceAnswer AnswerReady() => service.Trouble is { } trouble ? throw new ServiceError(503, trouble.ErrorId, trouble.Sentence)
        : Slots.IsFull ? throw RequestLimits.Busy(limits)
        : Ready;

    private static ServiceAnswer AnswerRead(RequestTarget target, HttpRequest request, ServiceAnswer answer)
    {
        if (!IsRead(request))
        {
            return WrongMethod(request, ReadMethods);
        }

        target.ReadOnlyParameter(string.Empty);
        return answer;
    }

    /// <summary>Who asks, or null; refused if its token is for something else.</summary>
    private static MacProviderClient? FindClient(HttpContext context, ClientScopes scope)
    {
        var client = context.Features.Get<MacProviderClient>();
        if (client is not null)
        {
            AddressEndpoints.RequireScope(client, scope);
        }

        return client;
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static ServiceAnswer WrongMethod(HttpRequest request, string allowed) =>
        Problems.Create(405, "MethodNotAllowed", $"The path has no method {(request.Method.Length <= 16 ? request.Method : request.Method[..16])}. It has {allowed}.") with { Allow = allowed };

    /// <summary>Refuses headers that are longer than one needs, and answers that could not be given.</summary>
    private static void CheckHeader(HttpRequest request, string raw)
    {
        bool hasTags = raw.StartsWith(EnforcementEndpoints.PoliciesPath, StringComparison.Ordinal);
        int longest = hasTags ? ServiceLimits.MaxTagsTargetLength : ServiceLimits.MaxTargetLength;
        if (raw.Length > longest)
        {
            throw new ServiceError(414, "TargetTooLong", $"The target has {raw.Length} octets, and {longest} are {(hasTags ? "the most. Ask for fewer or shorter tags" : "enough for any handle")}.");
        }

        int length = 0;
        foreach (var (name, values) in request.Headers)
        {
            foreach (string? value in values)
            {
                length += name.Length + (value?.Length ?? 0) + 4;
            }
        }

        if (length > ServiceLimits.MaxHeaderLength)
        {
            throw new ServiceError(431, "HeaderTooLong", $"The header has {length} octets, and {ServiceLimits.MaxHeaderLength} are the most. Send fewer or shorter fields.");
        }

        if (request.Headers.Accept is { Count: > 0 } accept && !MediaTypes.AcceptJson(accept))
        {
            throw new ServiceError(406, "NotAcceptable", $"The answers are {ServiceAnswer.Json} and {ServiceAnswer.ProblemJson}. Accept these, or leave the field Accept out.");
        }
    }
}

using System.Buffers;
using System.Globalization;
using MacSegmentation.Clients;
using MacSegmentation.Errors;
using MacSegmentation.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MacSegmentation.Provision;

/// <summary>
/// The service that devices and their managers ask for addresses: one method a request, which says what is asked, who asks, and sends the answer.
/// </summary>
/// <remarks>
/// Four paths need no router: they are compared as they come, before anything is decoded, which also leaves a handle's own slashes alone. Whatever goes
/// wrong becomes problem details; nothing that was thrown gets past <see cref="AnswerRequest"/>.
/// </remarks>
/// <param name="service">What answers.</param>
/// <param name="limits">What clients may have.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Told of errors that no client can do anything about.</param>
internal sealed class ProviderService(IHandleService service, ServiceLimits limits, TimeProvider time, Action<Exception> report)
{
    private const string PoolsPath = "/v1/pools";
    private const string DescriptionPath = "/v1/openapi.json";
    private const string HealthPath = "/healthz";
    private const string ReadyPath = "/readyz";
    private const string ReadMethods = "GET, HEAD";

    private static readonly byte[] Description = ReadDescription();
    private static readonly ServiceAnswer Healthy = new(200, "{\"status\":\"alive\"}"u8.ToArray());
    private static readonly ServiceAnswer Ready = new(200, "{\"status\":\"ready\"}"u8.ToArray());
    private static readonly ServiceAnswer Unauthorized = Problems.Create(
        401, "TokenRequired", "This needs the bearer token of a client of this service. An administrator makes one with New-MacProviderClient.") with
    {
        Challenge = "Bearer realm=\"macsegmentation\"",
    };

    private readonly AddressEndpoints addresses = new(service, limits, time);
    private readonly RequestRates rates = new(limits.Rate, time);
    private int underWay;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request and the way of the answer.</param>
    public async Task Handle(HttpContext context)
    {
        var answer = await AnswerRequest(context);
        Send(context.Response, answer);
    }

    private static byte[] ReadDescription()
    {
        using var resource = typeof(ProviderService).Assembly.GetManifestResourceStream("openapi.json")!;
        byte[] text = new byte[resource.Length];
        resource.ReadExactly(text);
        return text;
    }

    private static void Send(HttpResponse response, ServiceAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        response.Headers.CacheControl = "no-store";
        if (answer.Location is not null)
        {
            response.Headers.Location = answer.Location;
        }

        if (answer.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Allow is not null)
        {
            response.Headers.Allow = answer.Allow;
        }

        if (answer.Challenge is not null)
        {
            response.Headers.WWWAuthenticate = answer.Challenge;
        }

        // The server sends what is written when the request ends: header and body at once.
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            response.BodyWriter.Write(answer.Body.Span);
        }
    }

    private async Task<ServiceAnswer> AnswerRequest(HttpContext context)
    {
        try
        {
            string raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            if (raw is HealthPath)
            {
                return AnswerRead(context.Request, Healthy);
            }

            if (Interlocked.Increment(ref underWay) > limits.Concurrent && raw is not ReadyPath)
            {
                return Problems.Create(503, "ServiceBusy", $"The service is answering {limits.Concurrent} requests, as many as it may at once. Ask again in a second.");
            }

            try
            {
                return await Route(context, raw);
            }
            finally
            {
                Interlocked.Decrement(ref underWay);
            }
        }
        catch (ServiceError error)
        {
            return Problems.Of(error);
        }
        catch (MacSegmentationException error)
        {
            if (Problems.IsOwnTrouble(error))
            {
                report(error);
            }

            return Problems.Of(error);
        }
        catch (BadHttpRequestException error)
        {
            // The server's: a body that ends early, comes too slowly, or is framed wrongly. Its sentences name nothing of this host.
            return Problems.Create(error.StatusCode, "RequestInvalid", error.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody reads this.
            return Problems.Internal();
        }
#pragma warning disable CA1031 // One request's failure is no other's.
        catch (Exception error)
#pragma warning restore CA1031
        {
            report(error);
            return Problems.Internal();
        }
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

        return Task.FromResult(target.Path switch
        {
            PoolsPath => AnswerPools(request, target),
            ReadyPath => AnswerRead(request, AnswerReady()),
            HealthPath => AnswerRead(request, Healthy),
            DescriptionPath => AnswerRead(request, new ServiceAnswer(200, Description)),
            _ => throw new ServiceError(404, "PathNotFound", $"This path is not known. Those that are: {AddressEndpoints.Path}, {AddressEndpoints.Path}/{{handle}}, {PoolsPath}, {DescriptionPath}, {HealthPath}, {ReadyPath}."),
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
                ? Identify(request, out var asking) is { } unasked ? Task.FromResult(unasked) : addresses.Request(context, target, asking)
                : throw new ServiceError(404, "PathNotFound", $"A handle is missing after the slash. To ask for an address, POST to {AddressEndpoints.Path}.");
        }

        bool isDelete = HttpMethods.IsDelete(request.Method);
        if (!isDelete && !IsRead(request))
        {
            return Task.FromResult(WrongMethod(request, $"{ReadMethods}, DELETE"));
        }

        return Identify(request, out var client) is { } refused ? Task.FromResult(refused)
            : isDelete ? addresses.Release(context, target, client)
            : Task.FromResult(addresses.Get(target, client));
    }

    private ServiceAnswer AnswerPools(HttpRequest request, RequestTarget target)
    {
        if (!IsRead(request))
        {
            return WrongMethod(request, ReadMethods);
        }

        if (Identify(request, out var client) is { } refused)
        {
            return refused;
        }

        target.ReadOnlyParameter(string.Empty);
        return new ServiceAnswer(200, ServiceJson.Write(service.ListPools().Where(pool => client.MayUse(pool.VlanId))));
    }

    private ServiceAnswer AnswerReady() => service.IsReady
        ? Ready
        : Problems.Of(AddressEndpoints.NotReady());

    private static ServiceAnswer AnswerRead(HttpRequest request, ServiceAnswer answer) => IsRead(request) ? answer : WrongMethod(request, ReadMethods);

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static ServiceAnswer WrongMethod(HttpRequest request, string allowed) =>
        Problems.Create(405, "MethodNotAllowed", $"The path has no method {(request.Method.Length <= 16 ? request.Method : request.Method[..16])}. It has {allowed}.") with { Allow = allowed };

    /// <summary>Says who asks, or why that one is not answered.</summary>
    private ServiceAnswer? Identify(HttpRequest request, out MacProviderClient client)
    {
        var found = BearerToken.FindClient(request.Headers.Authorization, service);
        client = found!;
        return found is null ? Unauthorized
            : rates.TryTake(found.ClientId) ? null
            : Problems.Create(429, "RateExceeded", $"This client may ask {limits.Rate} times a second, and did. Ask again in a second.");
    }

    /// <summary>Refuses headers that are longer than one needs, and answers that could not be given.</summary>
    private static void CheckHeader(HttpRequest request, string raw)
    {
        if (raw.Length > ServiceLimits.LongestTarget)
        {
            throw new ServiceError(414, "TargetTooLong", $"The target has {raw.Length} octets, and {ServiceLimits.LongestTarget} are enough for any handle.");
        }

        int length = 0;
        foreach (var (name, values) in request.Headers)
        {
            foreach (string? value in values)
            {
                length += name.Length + (value?.Length ?? 0) + 4;
            }
        }

        if (length > ServiceLimits.LongestHeader)
        {
            throw new ServiceError(431, "HeaderTooLong", $"The header has {length} octets, and {ServiceLimits.LongestHeader} are the most. Send fewer or shorter fields.");
        }

        if (request.Headers.Accept is { Count: > 0 } accept && !MediaTypes.AcceptJson(accept))
        {
            throw new ServiceError(406, "NotAcceptable", $"The answers are {ServiceAnswer.Json} and {ServiceAnswer.ProblemJson}. Accept these, or leave the field Accept out.");
        }
    }
}

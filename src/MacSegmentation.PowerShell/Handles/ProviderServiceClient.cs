using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Net.Security;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

/// <summary>
/// Asks a provider service over HTTPS. Where one address cannot be reached or is busy the next one is asked, and all of them again some times. A
/// request keeps its idempotency key over its tries: an answer that was lost on the way is given again, and nothing twice.
/// </summary>
internal sealed class ProviderServiceClient : IDisposable
{
    private const string IdempotencyKey = "Idempotency-Key";
    private const int Rounds = 4;
    private const int LongestAnswer = 1 << 20;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<Uri> services;
    private readonly HttpClient client;
    private readonly TimeProvider clock;
    private readonly bool skipsCertificateCheck;
    private int preferred;
    private SslPolicyErrors distrust;

    /// <summary>Creates the client. It connects when it is asked.</summary>
    /// <param name="services">Where the service is.</param>
    /// <param name="token">The bearer token.</param>
    /// <param name="certificate">The client's certificate, or null.</param>
    /// <param name="skipCertificateCheck">True to take any certificate of the service.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="MacSegmentationException">InvalidServiceUri, InvalidToken.</exception>
    public ProviderServiceClient(IReadOnlyList<Uri> services, SecureString token, X509Certificate2? certificate, bool skipCertificateCheck, TimeProvider clock)
    {
        this.services = [.. services.Select(Validate)];
        this.clock = clock;
        skipsCertificateCheck = skipCertificateCheck;
        var authorization = Authorize(token);
        var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Trusts };
        if (certificate is not null)
        {
            tls.ClientCertificates = [certificate];
        }

        // A provider is in one's own network: neither a proxy nor another place that it points to is to see the token.
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = ConnectTimeout,
            SslOptions = tls,
        })
        {
            Timeout = AnswerTimeout,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        client.DefaultRequestHeaders.Authorization = authorization;
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        client.DefaultRequestHeaders.Accept.ParseAdd("application/problem+json");
    }

    /// <summary>Gets a device its address.</summary>
    /// <param name="request">What the device asks for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="MacSegmentationException">
    /// ServiceUnreachable, ServiceNotTrusted, ServiceAnswerInvalid, ServiceRefused, or what the service itself says.
    /// </exception>
    public async Task<MacAssignment> RequestAsync(HandleRequest request, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["handle"] = request.Handle.Text, ["vlanId"] = request.VlanId };
        if (request.RequestedAddress is { } wanted)
        {
            body["requestedAddress"] = $"{wanted}";
        }

        if (request.AllowSubstitute)
        {
            body["allowSubstitute"] = true;
        }

        if (request.InstanceId.Length > 0)
        {
            body["instanceId"] = request.InstanceId;
        }

        if (request.Intent is not HandleIntent.None)
        {
            body["intent"] = request.Intent is HandleIntent.Replace ? "replace" : "copy";
        }

        // Of a known length: what is sent in chunks is refused by some.
        string content = body.ToJsonString();
        string key = $"{Guid.NewGuid():N}";
        return await SendAsync(
            service =>
            {
                var message = new HttpRequestMessage(HttpMethod.Post, Place(service)) { Content = new StringContent(content, Encoding.UTF8, MediaTypeNames.Application.Json) };
                message.Headers.Add(IdempotencyKey, key);
                return message;
            },
            request.Handle,
            answer => ServiceAnswer.ToAssignment(answer, request),
            cancellationToken);
    }

    /// <summary>Gives up a handle's address.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="instanceId">The instance; empty for the record of the handle itself.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The record as it is now.</returns>
    /// <exception cref="MacSegmentationException">As <see cref="RequestAsync"/>.</exception>
    public async Task<MacHandle> ReleaseAsync(DeviceHandle handle, string instanceId, CancellationToken cancellationToken)
    {
        string key = $"{Guid.NewGuid():N}";
        string query = instanceId.Length > 0 ? $"?instanceId={Uri.EscapeDataString(instanceId)}" : string.Empty;
        return await SendAsync(
            service =>
            {
                var message = new HttpRequestMessage(HttpMethod.Delete, $"{Place(service)}/{Uri.EscapeDataString(handle.Text)}{query}");
                message.Headers.Add(IdempotencyKey, key);
                return message;
            },
            handle,
            answer => ServiceAnswer.ToReleased(answer, handle, instanceId),
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static Uri Validate(Uri service) =>
        service is { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "" } && (IsScheme(service, Uri.UriSchemeHttps) || (IsScheme(service, Uri.UriSchemeHttp) && service.IsLoopback))
            ? service
            : throw new MacSegmentationException(
                "InvalidServiceUri",
                MacErrorKind.InvalidArgument,
                $"'{service.OriginalString}' is not the address of a provider service. Give one such as https://mps-a:8443; without TLS the token is shown on this machine only, as to http://localhost:8080.",
                service.OriginalString);

    private static bool IsScheme(Uri service, string scheme) => string.Equals(service.Scheme, scheme, StringComparison.Ordinal);

    private static AuthenticationHeaderValue Authorize(SecureString token)
    {
        string text = new NetworkCredential(string.Empty, token).Password;
        return text.Length > 0 && text.All(sign => char.IsAsciiLetterOrDigit(sign) || "-._~+/=".Contains(sign, StringComparison.Ordinal))
            ? new AuthenticationHeaderValue("Bearer", text)
            : throw new MacSegmentationException(
                "InvalidToken",
                MacErrorKind.InvalidArgument,
                "The token holds signs that no token has, or nothing. Give it as New-MacProviderClient showed it, such as mps_ and 43 letters and digits.");
    }

    private static string Place(Uri service) => $"{service.AbsoluteUri.TrimEnd('/')}/v1/addresses";

    private bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        distrust = skipsCertificateCheck ? SslPolicyErrors.None : errors;
        return distrust is SslPolicyErrors.None;
    }

    private async Task<T> SendAsync<T>(Func<Uri, HttpRequestMessage> create, DeviceHandle handle, Func<JsonObject, T> read, CancellationToken cancellationToken)
    {
        for (int round = 1; ; round++)
        {
            var failures = new List<ServiceFailure>();
            foreach (int place in Enumerable.Range(preferred, services.Count).Select(i => i % services.Count).ToArray())
            {
                var service = services[place];
                var (answer, failure) = await TryAsync(service, create(service), handle, cancellationToken);
                if (failure is null)
                {
                    preferred = place;
                    return ServiceAnswer.Read(service, answer!, read);
                }

                failures.Add(failure);
            }

            var wait = failures.Min(failure => failure.RetryAfter);
            if (round == Rounds || wait > MaxWait)
            {
                throw ServiceFailure.Sum(failures, handle);
            }

            await Task.Delay(wait > TimeSpan.Zero ? wait : FirstWait * (1 << (round - 1)), clock, cancellationToken);
        }
    }

    /// <summary>The answer, or why there is none now; what trying again would not change is thrown.</summary>
    private async Task<(string? Answer, ServiceFailure? Failure)> TryAsync(Uri service, HttpRequestMessage question, DeviceHandle handle, CancellationToken cancellationToken)
    {
        using (question)
        {
            distrust = SslPolicyErrors.None;
            try
            {
                using var answer = await client.SendAsync(question, cancellationToken);
                string text = await answer.Content.ReadAsStringAsync(cancellationToken);
                return answer.IsSuccessStatusCode ? (text, null) : (null, ServiceAnswer.ToFailure(service, answer, text, handle, clock));
            }
            catch (HttpRequestException error) when (distrust is not SslPolicyErrors.None)
            {
                throw new MacSegmentationException(
                    "ServiceNotTrusted",
                    MacErrorKind.PermissionDenied,
                    $"The certificate of the provider service {service} is not trusted ({distrust}). Have this machine trust who issued it, and name the service as the certificate does; -SkipCertificateCheck takes any.",
                    service,
                    error);
            }
            catch (HttpRequestException error)
            {
                return (null, ServiceFailure.Of(service, error.InnerException?.Message ?? error.Message, error));
            }
            catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
            {
                return (null, ServiceFailure.Of(service, $"it did not answer within {AnswerTimeout.TotalSeconds:0} s", error));
            }
        }
    }
}

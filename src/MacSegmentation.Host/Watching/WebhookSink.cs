using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MacSegmentation.Errors;
using MacSegmentation.Watches;

namespace MacSegmentation.Watching;

/// <summary>
/// Posts each event as JSON. What a receiver checks: <c>X-MacSegmentation-Signature</c> is <c>sha256=</c> and the HMAC-SHA256 (RFC 2104), in hexadecimal, of the timestamp, a point and the body;
/// <c>X-MacSegmentation-Timestamp</c> is when it was sent, in seconds since 1970, and <c>X-MacSegmentation-Event</c> the event's id, which stays the same when it is sent again.
/// </summary>
internal sealed class WebhookSink : IEventSink
{
    /// <summary>The shortest secret, in bytes.</summary>
    public const int MinSecretLength = 16;

    /// <summary>How long a receiver may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    private readonly HttpClient client;
    private readonly Uri url;
    private readonly byte[] secret;
    private readonly TimeProvider clock;

    /// <summary>Prepares to post.</summary>
    /// <param name="url">Where; http or https.</param>
    /// <param name="secret">The secret that the receiver knows too.</param>
    /// <param name="clock">The clock.</param>
    public WebhookSink(Uri url, byte[] secret, TimeProvider clock)
    {
        this.url = url;
        this.secret = secret;
        this.clock = clock;

        // Connections are made anew now and then: a name may come to mean another host. A redirection would take the event to who was not named.
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Timeout, PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { Timeout = Timeout };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("macseg", typeof(WebhookSink).Assembly.GetName().Version?.ToString(3) ?? "0"));
    }

    /// <inheritdoc/>
    public string Place => url.GetLeftPart(UriPartial.Path);

    /// <summary>Reads a URL.</summary>
    /// <exception cref="MacSegmentationException">InvalidWebhook.</exception>
    public static Uri ReadUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
            ? url
            : throw new MacSegmentationException("InvalidWebhook", MacErrorKind.InvalidArgument, $"'{text}' is no webhook. Give http or https, a host and a path, such as https://alerts.example/macseg; a password has no place in it.", text);

    /// <summary>Reads a secret: the file's octets without the line's end.</summary>
    /// <exception cref="MacSegmentationException">InvalidWebhookSecret; the file cannot be read.</exception>
    public static byte[] ReadSecret(string path)
    {
        byte[] read;
        try
        {
            read = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MacSegmentationException("InvalidWebhookSecret", MacErrorKind.NotFound, $"The secret cannot be read from {path}: {error.Message.TrimEnd('.')}. Give a file that is there, and that this user may read.", path, error);
        }

        int length = read.AsSpan().TrimEnd("\r\n"u8).Length;
        return length >= MinSecretLength
            ? read[..length]
            : throw new MacSegmentationException(
                "InvalidWebhookSecret", MacErrorKind.InvalidArgument, $"The secret in {path} has {length} octets, and {MinSecretLength} are the least. Write a longer one, such as by: openssl rand -hex 32.", path);
    }

    /// <summary>The signature of a body that is sent at a time.</summary>
    public static string Sign(byte[] secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var signing = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        signing.AppendData(Encoding.ASCII.GetBytes($"{timestamp}."));
        signing.AppendData(body);
        return $"sha256={Convert.ToHexStringLower(signing.GetHashAndReset())}";
    }

    /// <inheritdoc/>
    public async Task SendAsync(MacStoreEvent happened, CancellationToken stop)
    {
        byte[] body = EventJson.Write(happened);
        string timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("X-MacSegmentation-Event", happened.Id);
        request.Headers.Add("X-MacSegmentation-Timestamp", timestamp);
        request.Headers.Add("X-MacSegmentation-Signature", Sign(secret, timestamp, body));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw IEventSink.Failure(Place, $"the receiver answered {(int)response.StatusCode} {response.ReasonPhrase ?? nameof(HttpStatusCode)}");
            }
        }
        catch (HttpRequestException error)
        {
            throw IEventSink.Failure(Place, error.InnerException?.Message ?? error.Message, error);
        }
        catch (OperationCanceledException error) when (!stop.IsCancellationRequested)
        {
            throw IEventSink.Failure(Place, $"the receiver did not answer within {Timeout.TotalSeconds:0} s", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}

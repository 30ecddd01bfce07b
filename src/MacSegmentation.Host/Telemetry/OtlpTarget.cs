using MacSegmentation.Errors;
using OpenTelemetry.Exporter;

namespace MacSegmentation.Telemetry;

/// <summary>
/// Where metrics are sent by OTLP, and how: by --otlp, or by the standard variables of the environment (OTEL_EXPORTER_OTLP_ENDPOINT, _PROTOCOL, _HEADERS, _TIMEOUT and their forms with METRICS, which
/// count more; OpenTelemetry's specification of the protocol exporter). What is neither is HTTP with Protobuf.
/// </summary>
internal static class OtlpTarget
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private const string MetricsPath = "v1/metrics";

    /// <summary>The options, or null if nothing says that metrics are to be sent.</summary>
    /// <param name="url">What --otlp says: the collector, such as http://collector:4318, or the whole address of its metrics; null if it is not given.</param>
    /// <param name="variable">The environment.</param>
    /// <exception cref="MacSegmentationException">InvalidOtlpUrl, InvalidOtlpSetting.</exception>
    public static OtlpExporterOptions? Read(string? url, Func<string, string?> variable)
    {
        string? Of(string name) => Present(variable($"{Prefix}METRICS_{name}")) ?? Present(variable($"{Prefix}{name}"));
        string? whole = Present(variable($"{Prefix}METRICS_ENDPOINT"));
        string? general = Present(variable($"{Prefix}ENDPOINT"));
        if (url is null && whole is null && general is null)
        {
            return null;
        }

        bool isGrpc = Of("PROTOCOL") switch
        {
            null or "http/protobuf" => false,
            "grpc" => true,
            var other => throw new MacSegmentationException(
                "InvalidOtlpSetting", MacErrorKind.InvalidArgument, $"{Prefix}PROTOCOL is '{other}', which macseg does not speak. Set it to http/protobuf or grpc, or leave it out.", other),
        };
        var options = new OtlpExporterOptions
        {
#pragma warning disable CS0618 // The protocol is the user's choice.
            Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
#pragma warning restore CS0618
            Endpoint = url is not null ? AddPath(Parse(url, "--otlp"), isGrpc)
                : whole is not null ? Parse(whole, $"{Prefix}METRICS_ENDPOINT")
                : AddSignal(Parse(general!, $"{Prefix}ENDPOINT"), isGrpc),
        };
        if (Of("HEADERS") is { } headers)
        {
            options.Headers = headers;
        }

        if (Of("TIMEOUT") is { } timeout)
        {
            options.TimeoutMilliseconds = int.TryParse(timeout, System.Globalization.CultureInfo.InvariantCulture, out int milliseconds) && milliseconds > 0
                ? milliseconds
                : throw new MacSegmentationException("InvalidOtlpSetting", MacErrorKind.InvalidArgument, $"{Prefix}TIMEOUT is '{timeout}'. Set it to milliseconds, such as 10000.", timeout);
        }

        return options;
    }

    private static string? Present(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The path of the signal behind a collector's address, if that has none.</summary>
    private static Uri AddPath(Uri url, bool isGrpc) => url.AbsolutePath is "/" ? AddSignal(url, isGrpc) : url;

    private static Uri AddSignal(Uri url, bool isGrpc) => isGrpc ? url : new UriBuilder(url) { Path = $"{url.AbsolutePath.TrimEnd('/')}/{MetricsPath}" }.Uri;

    private static Uri Parse(string text, string what) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
            ? url
            : throw new MacSegmentationException(
                "InvalidOtlpUrl", MacErrorKind.InvalidArgument, $"{what}: '{text}' is not the address of a collector. Give http or https, a host and a port, such as http://collector:4318; credentials go into {Prefix}HEADERS.", text);
}

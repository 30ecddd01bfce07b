using System.Reflection;
using MacSegmentation.Auditing;
using MacSegmentation.Enforcement;
using MacSegmentation.NicMetrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace MacSegmentation.Telemetry;

/// <summary>
/// Sends what an enforcer measures at vNICs to a collector, by OTLP, every few seconds. It has a thread of its own: a collector that is slow or away keeps nobody waiting, and what could not be sent
/// is told once. Counters are cumulative, so nothing of them is lost when it is back.
/// </summary>
internal sealed class MetricExport : IDisposable
{
    /// <summary>From one report to the next, unless OTEL_METRIC_EXPORT_INTERVAL says otherwise.</summary>
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(10);

    /// <summary>How long the last report may take at the end.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(2);

    private readonly MeterProvider provider;
    private readonly NicMetricReporter metrics;

    private MetricExport(MeterProvider provider, NicMetricReporter metrics)
    {
        this.provider = provider;
        this.metrics = metrics;
    }

    /// <summary>Begins to send, if anything says where.</summary>
    /// <param name="url">What --otlp says, or null.</param>
    /// <param name="enforcer">The enforcer, which tells what happens.</param>
    /// <param name="metrics">What measures; ended after this.</param>
    /// <exception cref="Errors.MacSegmentationException">InvalidOtlpUrl, InvalidOtlpSetting.</exception>
    public static MetricExport? Start(string? url, PolicyEnforcer enforcer, NicMetricReporter metrics)
    {
        if (OtlpTarget.Read(url, Environment.GetEnvironmentVariable) is not { } options)
        {
            return null;
        }

        var answers = new CollectorAnswers();
        string where = options.Endpoint.GetLeftPart(UriPartial.Path);
        options.HttpClientFactory = () => new HttpClient(answers, disposeHandler: true) { Timeout = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds) };
        var exporter = new ToldExporter(options, answers, why => enforcer.TellOfTelemetry(
            why is null, why is null ? $"Metrics are sent to {where} again." : $"Metrics could not be sent to {where}, and it is tried again: {why}."));
        var reader = new PeriodicExportingMetricReader(exporter, (int)Interval.TotalMilliseconds, options.TimeoutMilliseconds);
        var provider = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Describe()).AddMeter(NicInstruments.MeterName).AddReader(reader).Build();
        return new MetricExport(provider, metrics);
    }

    /// <summary>Sends what was measured at last, if that can be done within moments, and ends.</summary>
    public void Dispose()
    {
        metrics.Refresh();
        provider.Shutdown((int)EndTimeout.TotalMilliseconds);
        provider.Dispose();
    }

    private static TimeSpan Interval =>
        int.TryParse(Environment.GetEnvironmentVariable("OTEL_METRIC_EXPORT_INTERVAL"), System.Globalization.CultureInfo.InvariantCulture, out int milliseconds) && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : UsualInterval;

    /// <summary>Who sends: what the environment says counts more (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES).</summary>
    private static ResourceBuilder Describe() => ResourceBuilder.CreateEmpty()
        .AddService("macseg", serviceVersion: typeof(MetricExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion, autoGenerateServiceInstanceId: true)
        .AddAttributes([new("host.name", AuditActor.Current.HostName), new("process.pid", (long)Environment.ProcessId)])
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}

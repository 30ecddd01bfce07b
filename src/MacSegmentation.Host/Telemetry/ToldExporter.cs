using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace MacSegmentation.Telemetry;

/// <summary>Sends metrics by OTLP, and tells when that begins to fail, and when it works again. The exporter itself writes failures where nobody looks.</summary>
/// <param name="options">Where and how.</param>
/// <param name="answers">Sees what the collector answers.</param>
/// <param name="tell">Told once of a change: null when it works again, else why it does not.</param>
internal sealed class ToldExporter(OtlpExporterOptions options, CollectorAnswers answers, Action<string?> tell) : OtlpMetricExporter(options)
{
    private bool isFailing;

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> metrics)
    {
        var result = base.Export(metrics);
        if ((result == ExportResult.Failure) != isFailing)
        {
            isFailing = !isFailing;
            tell(isFailing ? answers.Failure ?? "it does not answer" : null);
        }

        return result;
    }
}

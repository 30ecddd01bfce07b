using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using MacSegmentation.Emulation;
using MacSegmentation.Profiles;

namespace MacSegmentation.NicMetrics;

/// <summary>
/// What is measured at the vNICs of this process's enforcers, as instruments of <see cref="System.Diagnostics.Metrics"/>: whoever listens to the meter, an exporter of OpenTelemetry for example,
/// asks them when it wants to. Each value has the instance (or interface record), direction, VLAN, session and profile as attributes.
/// </summary>
public static class NicInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MacSegmentation";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Frames of a port and direction that are put into the histogram a look, at most; of more, so many that stand evenly among them.</summary>
    private const int MostRecorded = 100;

    private static readonly Histogram<double> AddedLatency = Meter.CreateHistogram(
        "mac.nic.latency.added",
        "s",
        "The latency that the profile added to frames that went on. Of more than a hundred frames a second, a hundred that stand evenly among them.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10] });

    private static ImmutableArray<NicMetricReporter> reporters = [];

    static NicInstruments()
    {
        Meter.CreateObservableCounter("mac.nic.io", () => Observe<long>(metric => metric.Bytes), "By", "Octets that the instance sent, or that were sent to it.");
        Meter.CreateObservableCounter("mac.nic.packets", () => Observe<long>(metric => metric.Frames), "{packet}", "Frames that the instance sent, or that were sent to it.");
        Meter.CreateObservableGauge("mac.nic.rate", () => Observe<long>(metric => metric.BitRate.BitsPerSecond), "bit/s", "What went on in the last second.");
        Meter.CreateObservableGauge("mac.nic.utilization", () => Observe<double>(metric => metric.Utilization), "1", "The part of the profile's bandwidth that went on in the last second.");
        Meter.CreateObservableGauge("mac.nic.queue.depth", () => Observe<int>(metric => metric.QueueDepth), "{packet}", "Frames that wait for the bandwidth.");
        Meter.CreateObservableGauge("mac.nic.latency", ObserveLatency, "s", "The latency that the profile added since it came into force, as a share of the frames did not exceed (mac.quantile).");
        Meter.CreateObservableGauge("mac.nic.latency.asked", () => Observe<double>(metric => metric.AskedLatency.TotalSeconds), "s", "The latency that the profile asks for.");
        Meter.CreateObservableGauge("mac.nic.loss", () => Observe<double>(metric => metric.Loss), "1", "The loss that the profile made since it came into force.");
        Meter.CreateObservableGauge("mac.nic.loss.asked", () => Observe<double>(metric => metric.AskedLoss), "1", "The loss that the profile asks for.");
        Meter.CreateObservableGauge("mac.nic.dropped", () => Observe<long>(metric => metric.Dropped), "{packet}", "Frames that the profile dropped since it came into force, for whatever reason.");
    }

    /// <summary>True if somebody wants to have the latency of frames.</summary>
    internal static bool IsLatencyWanted => AddedLatency.Enabled;

    /// <summary>Puts frames that went on into the histogram.</summary>
    /// <param name="metric">Whose they are.</param>
    /// <param name="frames">The latency that was added to them.</param>
    internal static void Record(MacNicMetric metric, IReadOnlyList<LatencyBucket> frames)
    {
        long total = frames.Sum(bucket => bucket.Frames);
        if (total == 0)
        {
            return;
        }

        KeyValuePair<string, object?>[] attributes = [.. Attributes(metric)];
        int recorded = (int)Math.Min(total, MostRecorded);
        long passed = 0;
        int next = 0;
        foreach (var bucket in frames)
        {
            passed += bucket.Frames;

            // The middle of each of the equal parts that all of them are cut into.
            for (; next < recorded && ((2L * next) + 1) * total < 2L * recorded * passed; next++)
            {
                AddedLatency.Record(bucket.Latency.TotalSeconds, attributes);
            }
        }
    }

    internal static void Add(NicMetricReporter reporter) => ImmutableInterlocked.Update(ref reporters, static (all, added) => all.Add(added), reporter);

    internal static void Remove(NicMetricReporter reporter) => ImmutableInterlocked.Update(ref reporters, static (all, removed) => all.Remove(removed), reporter);

    private static IEnumerable<Measurement<T>> Observe<T>(Func<MacNicMetric, T?> value)
        where T : struct => All().Where(metric => value(metric) is not null).Select(metric => new Measurement<T>(value(metric)!.Value, Attributes(metric)));

    private static IEnumerable<Measurement<double>> ObserveLatency() => All().SelectMany(metric => new[]
    {
        new Measurement<double>(metric.AddedLatencyP50.TotalSeconds, [.. Attributes(metric), new("mac.quantile", "p50")]),
        new Measurement<double>(metric.AddedLatencyP99.TotalSeconds, [.. Attributes(metric), new("mac.quantile", "p99")]),
    });

    private static IEnumerable<MacNicMetric> All() => reporters.SelectMany(reporter => reporter.Latest);

    /// <summary>An instance has the name of its interface record. What a vNIC does not have is left out.</summary>
    private static IEnumerable<KeyValuePair<string, object?>> Attributes(MacNicMetric metric)
    {
        yield return new("mac.instance", metric.Interface);
        yield return new("mac.direction", metric.Direction == ProfileDirection.Ingress ? "ingress" : "egress");
        yield return new("mac.vlan.id", metric.VlanId);
        if (metric.Session is { } session)
        {
            yield return new("mac.session", session);
        }

        if (metric.Profile is { } profile)
        {
            yield return new("mac.profile", profile);
        }
    }
}

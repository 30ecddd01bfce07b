using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using MacSegmentation.Profiles;

namespace MacSegmentation.NicMetrics;

/// <summary>
/// What is measured at the vNICs of this process's enforcers, as instruments of <see cref="System.Diagnostics.Metrics"/>: whoever listens to the meter, an exporter of OpenTelemetry for example,
/// asks them when it wants to. Each value has the interface record, direction, VLAN, session and profile as attributes.
/// </summary>
public static class NicInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MacSegmentation";

    private static readonly Meter Meter = new(MeterName);
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

using MacSegmentation.Transactions;

namespace MacSegmentation.NicMetrics;

/// <summary>Writes down what running enforcers measure at the ports of interface records: a row for each interface, direction and enforcer.</summary>
public interface INicMetricObservation : INicMetricReader, IObservation
{
    /// <summary>An enforcer reports, or still does. Those that have been silent for a day are forgotten with it, and what they reported.</summary>
    /// <param name="reporter">The enforcer.</param>
    /// <returns>False if the store did not know it: it has none of its metrics.</returns>
    bool UpsertNicReporter(NicReporter reporter);

    /// <summary>What an enforcer, which the store knows, measured takes the place of what it measured before; nothing if the interface record is gone.</summary>
    void UpsertNicMetric(MacNicMetric metric);

    /// <summary>Keeps what an enforcer, which the store knows, measured at a moment; nothing if the interface record is gone.</summary>
    /// <param name="metric">What was measured; not attached, if the enforcer does not have the port any more.</param>
    void InsertNicSample(MacNicMetric metric);

    /// <summary>Thins the samples of all enforcers with their age (<see cref="NicSample.Spacings"/>), and forgets what is older than <see cref="NicSample.Lifetime"/>.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="since">When this was done last; long ago to look at all.</param>
    void ThinNicSamples(DateTimeOffset now, DateTimeOffset since);

    /// <summary>Removes an enforcer and its metrics; its samples stay.</summary>
    void DeleteNicReporter(string enforcerId);
}

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

    /// <summary>Removes an enforcer and all that it reported.</summary>
    void DeleteNicReporter(string enforcerId);
}

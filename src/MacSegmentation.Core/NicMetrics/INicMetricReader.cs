using MacSegmentation.NetworkSessions;

namespace MacSegmentation.NicMetrics;

/// <summary>The rows of what running enforcers have measured at the ports of interface records.</summary>
public interface INicMetricReader : INetworkSessionReader
{
    /// <summary>What was reported last by enforcers that have not been silent since a moment: by interface, direction, host and process.</summary>
    /// <param name="liveSince">The moment.</param>
    /// <param name="interfaceName">Only of this interface record, in any case.</param>
    IReadOnlyList<MacNicMetric> ListNicMetrics(DateTimeOffset liveSince, string? interfaceName = null);

    /// <summary>What was measured at an interface record over time: by direction, time and enforcer.</summary>
    /// <param name="interfaceId">The number of the record.</param>
    /// <param name="before">Only what was measured before this moment.</param>
    IReadOnlyList<NicSample> ListNicSamples(long interfaceId, DateTimeOffset before);
}

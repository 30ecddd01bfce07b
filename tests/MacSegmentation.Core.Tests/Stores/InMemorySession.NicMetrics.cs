using MacSegmentation.NicMetrics;

namespace MacSegmentation.Stores;

internal sealed partial class InMemorySession
{
    public IReadOnlyList<MacNicMetric> ListNicMetrics(DateTimeOffset liveSince, string? interfaceName = null) =>
    [
        .. State.NicReporters.Where(reporter => reporter.SeenAt > liveSince)
            .SelectMany(reporter => State.NicMetrics.Where(metric => string.Equals(metric.EnforcerId, reporter.EnforcerId, StringComparison.Ordinal)).Select(metric => metric with
            {
                Time = reporter.SeenAt,
                HostName = reporter.HostName,
                Process = reporter.Process,
                Interface = State.Interfaces[metric.InterfaceId].Name,
                VlanId = State.Interfaces[metric.InterfaceId].VlanId,
                Instance = State.Instances.ContainsKey(metric.InterfaceId) ? State.Interfaces[metric.InterfaceId].Name : null,
                Session = State.Interfaces[metric.InterfaceId].Session,
            }))
            .Where(metric => interfaceName is null || Names.Equals(metric.Interface, interfaceName))
            .OrderBy(metric => metric.Interface, Names).ThenBy(metric => metric.Direction)
            .ThenBy(metric => metric.HostName, StringComparer.Ordinal).ThenBy(metric => metric.Process, StringComparer.Ordinal).ThenBy(metric => metric.EnforcerId, StringComparer.Ordinal),
    ];

    public bool UpsertNicReporter(NicReporter reporter)
    {
        bool isKnown = State.NicReporters.Exists(other => string.Equals(other.EnforcerId, reporter.EnforcerId, StringComparison.Ordinal));
        foreach (var gone in State.NicReporters.Where(other => other.SeenAt < reporter.SeenAt - TimeSpan.FromDays(1)))
        {
            DeleteNicReporter(gone.EnforcerId);
        }

        State = State with { NicReporters = State.NicReporters.RemoveAll(other => string.Equals(other.EnforcerId, reporter.EnforcerId, StringComparison.Ordinal)).Add(reporter) };
        return isKnown;
    }

    public void UpsertNicMetric(MacNicMetric metric)
    {
        if (State.Interfaces.ContainsKey(metric.InterfaceId))
        {
            var others = State.NicMetrics.RemoveAll(other => other.InterfaceId == metric.InterfaceId
                && other.Direction == metric.Direction
                && string.Equals(other.EnforcerId, metric.EnforcerId, StringComparison.Ordinal));
            State = State with { NicMetrics = others.Add(metric) };
        }
    }

    public void DeleteNicReporter(string enforcerId) => State = State with
    {
        NicReporters = State.NicReporters.RemoveAll(reporter => string.Equals(reporter.EnforcerId, enforcerId, StringComparison.Ordinal)),
        NicMetrics = State.NicMetrics.RemoveAll(metric => string.Equals(metric.EnforcerId, enforcerId, StringComparison.Ordinal)),
    };
}

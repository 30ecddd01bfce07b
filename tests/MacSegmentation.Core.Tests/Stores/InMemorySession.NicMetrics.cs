using MacSegmentation.NicMetrics;
using MacSegmentation.Profiles;

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

        State = State with { NicReporters = State.NicReporters.RemoveAll(other => string.Equals(other.EnforcerId, reporter.EnforcerId, StringComparison.Ordinal)).Add(reporter), NicRuns = State.NicRuns.SetItem(reporter.EnforcerId, reporter) };
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

    public IReadOnlyList<NicSample> ListNicSamples(long interfaceId, DateTimeOffset before) =>
    [
        .. State.NicSamples.Where(metric => metric.InterfaceId == interfaceId && metric.Time < before && State.NicRuns.ContainsKey(metric.EnforcerId))
            .OrderBy(metric => metric.Direction).ThenBy(metric => metric.Time).ThenBy(metric => metric.EnforcerId, StringComparer.Ordinal)
            .Select(metric => new NicSample(Told(metric), State.NicRuns[metric.EnforcerId].SeenAt)),
    ];

    public void InsertNicSample(MacNicMetric metric)
    {
        if (State.Interfaces.ContainsKey(metric.InterfaceId) && !State.NicSamples.Exists(other => KeyOf(other) == KeyOf(metric)))
        {
            State = State with { NicSamples = State.NicSamples.Add(metric) };
        }
    }

    public void ThinNicSamples(DateTimeOffset now, DateTimeOffset since)
    {
        foreach (var (age, spacing) in NicSample.Spacings)
        {
            long Step(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / spacing.Ticks;
            State = State with
            {
                NicSamples = State.NicSamples.RemoveAll(metric => Step(metric.Time) >= Step(since - age) && Step(metric.Time) < Step(now - age) && State.NicSamples.Exists(later =>
                    later.InterfaceId == metric.InterfaceId && later.Direction == metric.Direction && later.Time > metric.Time && Step(later.Time) == Step(metric.Time))),
            };
        }

        State = State with
        {
            NicSamples = State.NicSamples.RemoveAll(metric => metric.Time < now - NicSample.Lifetime),
            NicRuns = State.NicRuns.RemoveRange(State.NicRuns.Values.Where(run => run.SeenAt < now - NicSample.Lifetime).Select(run => run.EnforcerId)),
        };
    }

    private static (long, ProfileDirection, DateTimeOffset, string) KeyOf(MacNicMetric metric) => (metric.InterfaceId, metric.Direction, metric.Time, metric.EnforcerId);

    private MacNicMetric Told(MacNicMetric metric) => metric with
    {
        HostName = State.NicRuns[metric.EnforcerId].HostName,
        Process = State.NicRuns[metric.EnforcerId].Process,
        Interface = State.Interfaces[metric.InterfaceId].Name,
        VlanId = State.Interfaces[metric.InterfaceId].VlanId,
        Instance = State.Instances.ContainsKey(metric.InterfaceId) ? State.Interfaces[metric.InterfaceId].Name : null,
        Session = State.Interfaces[metric.InterfaceId].Session,
    };
}

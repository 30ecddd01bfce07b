using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;

namespace MacSegmentation.NicMetrics;

/// <summary>What is known of vNICs: the metrics that running enforcers report, and which instances none has.</summary>
public static class NicMetricCatalog
{
    /// <summary>The metrics of all ports, and of instances that no running enforcer has, by interface and direction.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="interfaceName">Only of this interface record, in any case; null for all.</param>
    public static IReadOnlyList<MacNicMetric> List(INicMetricReader store, string? interfaceName = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var reported = store.ListNicMetrics(store.Now - NicReporter.Lifetime, interfaceName);
        var attached = reported.Select(metric => metric.Interface).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var instances = interfaceName is null ? store.ListInstances() : store.FindInstance(interfaceName) is { } instance ? [instance] : [];
        MacInstance[] idle = [.. instances.Where(instance => !attached.Contains(instance.Name))];
        if (idle.Length == 0)
        {
            return reported;
        }

        var profiles = store.ListProfiles().ToDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. reported.Concat(idle.SelectMany(instance => NotAttached(instance, instance.EffectiveProfile is { } name ? profiles.GetValueOrDefault(name) : null, store.Now)))
                .OrderBy(metric => metric.Interface, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static MacNicMetric[] NotAttached(MacInstance instance, MacProfile? profile, DateTimeOffset now)
    {
        MacNicMetric Of(ProfileDirection direction, LinkProfile link) => new MacNicMetric
        {
            Time = now,
            Interface = instance.Name,
            Instance = instance.Name,
            Session = instance.Session,
            VlanId = instance.VlanId,
            Profile = instance.EffectiveProfile,
            Direction = direction,
            State = NicState.NotAttached,
            InterfaceId = instance.InterfaceId,
        }.WithAsked(link);

        return [Of(ProfileDirection.Ingress, profile?.Ingress ?? LinkProfile.None), Of(ProfileDirection.Egress, profile?.Egress ?? LinkProfile.None)];
    }
}

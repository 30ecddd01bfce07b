using MacSegmentation.NetworkSessions;
using MacSegmentation.Profiles;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcement;

/// <summary>Gives routes the vNIC profile of the instance at one of their ends.</summary>
public static class RouteProfile
{
    /// <summary>A route with a profile.</summary>
    /// <param name="route">The route.</param>
    /// <param name="profile">The profile's name, or null for none.</param>
    /// <param name="direction">Which way the route's frames go.</param>
    /// <param name="scenario">Which profiles it has over time, or null.</param>
    public static EnforcerRoute With(this EnforcerRoute route, string? profile, ProfileDirection direction, MacScenario? scenario = null)
    {
        ArgumentNullException.ThrowIfNull(route);
        return profile is null && scenario is null ? route : route with { Profile = profile, Scenario = scenario, IsTowardsInstance = direction == ProfileDirection.Ingress };
    }

    /// <summary>The two routes of a pair of adapters, with a profile: the instance is behind the first adapter.</summary>
    /// <param name="routes">From the first adapter, and to it.</param>
    /// <param name="profile">The profile's name, or null for none.</param>
    /// <param name="scenario">Which profiles it has over time, or null.</param>
    public static IReadOnlyList<EnforcerRoute> WithInstanceAtFirst(this IReadOnlyList<EnforcerRoute> routes, string? profile, MacScenario? scenario = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return [routes[0].With(profile, ProfileDirection.Egress, scenario), routes[1].With(profile, ProfileDirection.Ingress, scenario)];
    }
}

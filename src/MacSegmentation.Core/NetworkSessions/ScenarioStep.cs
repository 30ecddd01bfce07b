using System.IO.Enumeration;

namespace MacSegmentation.NetworkSessions;

/// <summary>What instances have from a time of a scenario on.</summary>
/// <param name="After">Since the scenario's beginning.</param>
/// <param name="Profile">The profile; <see cref="MacScenario.NoProfile"/> for none, <see cref="MacScenario.OwnProfile"/> for what they have without the scenario.</param>
/// <param name="Instance">Only instances with such a name, with * and ?, in any case; null for all.</param>
public sealed record ScenarioStep(TimeSpan After, string Profile, string? Instance = null)
{
    /// <summary>True if it is about an instance.</summary>
    /// <param name="instance">Its name; null for whatever has none, which only a step for all is about.</param>
    public bool IsFor(string? instance) => Instance is null or "*" || (instance is not null && FileSystemName.MatchesSimpleExpression(Instance, instance, ignoreCase: true));
}

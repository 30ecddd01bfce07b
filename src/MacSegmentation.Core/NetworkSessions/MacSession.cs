namespace MacSegmentation.NetworkSessions;

/// <summary>A session: instances in one VLAN that belong together, with a profile for those that have no other.</summary>
public sealed record MacSession
{
    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>The VLAN of its instances, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>The vNIC profile of instances that neither have one of their own nor match a rule; null for none.</summary>
    public string? DefaultProfile { get; init; }

    /// <summary>Whether its instances reach those of other sessions.</summary>
    public SessionIsolation Isolation { get; init; }

    /// <summary>Whether the profiles of its instances are in force.</summary>
    public SessionState State { get; init; }

    /// <summary>Which profiles its instances have over time; null for what they have otherwise.</summary>
    public MacScenario? Scenario { get; init; }

    /// <summary>When the scenario began; later by as long as the session was suspended since. Null without one.</summary>
    public DateTimeOffset? ScenarioStartedAt { get; init; }

    /// <summary>Since when the scenario's clock stands still, because the session is suspended; null if it runs.</summary>
    public DateTimeOffset? ScenarioPausedAt { get; init; }

    /// <summary>Number of its instances.</summary>
    public int Instances { get; init; }
}

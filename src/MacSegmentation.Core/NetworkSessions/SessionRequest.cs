namespace MacSegmentation.NetworkSessions;

/// <summary>What a session is made of.</summary>
public sealed record SessionRequest
{
    /// <summary>Its name, unique in the store without regard to case; 1 to 64 characters without wildcards.</summary>
    public required string Name { get; init; }

    /// <summary>The VLAN of its instances, 1 to 4094.</summary>
    public required int VlanId { get; init; }

    /// <summary>The profile of instances that have no other; null or the empty text for none.</summary>
    public string? DefaultProfile { get; init; }

    /// <summary>Whether its instances reach those of other sessions.</summary>
    public SessionIsolation Isolation { get; init; }

    /// <summary>Whether the profiles of its instances are in force from the beginning.</summary>
    public SessionState State { get; init; }

    /// <summary>Which profiles its instances have over time, from now on; null or <see cref="MacScenario.None"/> for none.</summary>
    public MacScenario? Scenario { get; init; }
}

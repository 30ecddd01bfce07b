namespace MacSegmentation.NetworkSessions;

/// <summary>What to change about a session; what is null stays as it is.</summary>
public sealed record SessionChange
{
    /// <summary>The default profile from now on, for new instances and for those that have no other; the empty text for none.</summary>
    public string? DefaultProfile { get; init; }

    /// <summary>Whether its instances reach those of other sessions from now on.</summary>
    public SessionIsolation? Isolation { get; init; }

    /// <summary>Whether the profiles of its instances are in force from now on.</summary>
    public SessionState? State { get; init; }

    /// <summary>Which profiles its instances have over time; one that it has already goes on, another one begins now. <see cref="MacScenario.None"/> for none.</summary>
    public MacScenario? Scenario { get; init; }
}

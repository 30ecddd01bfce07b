namespace MacSegmentation.SecurityTriggers;

/// <summary>Why a trigger fired, and who saw it.</summary>
/// <param name="Counts">What had been counted, such as <c>Denials 63 within 10s</c>.</param>
/// <param name="HostName">The enforcer's host.</param>
/// <param name="Process">The enforcer's program and process id.</param>
public sealed record TriggerEvidence(string Counts, string HostName, string Process)
{
    /// <summary>Who saw it.</summary>
    public string Seer => $"{HostName} {Process}";
}

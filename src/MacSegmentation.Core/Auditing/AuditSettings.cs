namespace MacSegmentation.Auditing;

/// <summary>What holds for the audit of a store.</summary>
public sealed record AuditSettings
{
    /// <summary>True if nobody may change the store without saying why. What the system does by itself (providers, security triggers, profile rules, observations) has its own cause.</summary>
    public bool IsReasonRequired { get; init; }
}

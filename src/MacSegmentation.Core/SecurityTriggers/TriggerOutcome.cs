namespace MacSegmentation.SecurityTriggers;

/// <summary>What came of a trigger whose condition was met.</summary>
public enum TriggerOutcome
{
    /// <summary>The record's tags were changed.</summary>
    Fired,

    /// <summary>The trigger is a dry run: what it would have done is in the audit.</summary>
    Rehearsed,

    /// <summary>It has fired at the record already, maybe by another host, and that is in force.</summary>
    InForce,

    /// <summary>It is gone, disabled or watches other records by now, or the record is gone or exempt.</summary>
    NotApplicable,
}

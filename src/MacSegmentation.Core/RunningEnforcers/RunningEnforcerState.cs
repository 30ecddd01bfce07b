namespace MacSegmentation.RunningEnforcers;

/// <summary>Whether an enforcer gives signs of life.</summary>
public enum RunningEnforcerState
{
    /// <summary>It does.</summary>
    Running,

    /// <summary>It has not for <see cref="MacRunningEnforcer.Lifetime"/>: it died, its host did, or it cannot reach the store.</summary>
    Silent,
}

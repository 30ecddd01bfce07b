namespace MacSegmentation.Watches;

/// <summary>What a condition is asked of.</summary>
public enum WatchSubject
{
    /// <summary>The store as a whole.</summary>
    Store,

    /// <summary>Each VLAN.</summary>
    Vlan,

    /// <summary>Each enforcer that follows the store.</summary>
    Enforcer,

    /// <summary>Each provider that was ever seen.</summary>
    Provider,
}

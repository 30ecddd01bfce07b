namespace MacSegmentation.Switching;

/// <summary>What an enforcer tells of.</summary>
public enum EnforcerEventKind
{
    /// <summary>A frame was denied.</summary>
    Denial,

    /// <summary>More frames were denied than are told of one by one; <see cref="MacEnforcerEvent.SuppressedCount"/> says how many.</summary>
    DenialsSuppressed,

    /// <summary>A port's interface is down or gone; the enforcer waits for it.</summary>
    PortDown,

    /// <summary>A port's interface is back.</summary>
    PortUp,

    /// <summary>The store cannot be reached; the enforcer keeps its table.</summary>
    StoreUnreachable,

    /// <summary>The store can be reached again.</summary>
    StoreReachable,

    /// <summary>A new table is in force.</summary>
    TableSwapped,
}

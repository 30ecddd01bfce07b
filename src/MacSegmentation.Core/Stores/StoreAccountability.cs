namespace MacSegmentation.Stores;

/// <summary>How stores are changed by whoever answers for it.</summary>
public static class StoreAccountability
{
    /// <summary>
    /// The store as somebody changes it, and no part of the system by itself: each change has the reason, and a store that requires one refuses those without, before anything is written
    /// (ReasonRequired).
    /// </summary>
    /// <param name="store">The store; it is disposed of together with what comes back, by either.</param>
    /// <param name="reason">Why; null or empty if nobody said.</param>
    public static IMacStore WithReason(this IMacStore store, string? reason)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new AccountableStore(store, reason);
    }
}

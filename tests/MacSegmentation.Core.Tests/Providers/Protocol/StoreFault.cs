namespace MacSegmentation.Providers.Protocol;

/// <summary>The failure of one transaction.</summary>
/// <param name="Skip">Number of transactions that succeed before.</param>
/// <param name="IsAfterCommit">True if it happens, and only its answer is lost; false if nothing of it happens.</param>
internal sealed record StoreFault(int Skip, bool IsAfterCommit);

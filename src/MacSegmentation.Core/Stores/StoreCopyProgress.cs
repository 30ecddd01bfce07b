namespace MacSegmentation.Stores;

/// <summary>How far the copying of a store has come.</summary>
/// <param name="Table">The table that is being copied or compared.</param>
/// <param name="Rows">Rows that are done. Each is done twice: copied, and read again.</param>
/// <param name="TotalRows">Rows to do.</param>
public readonly record struct StoreCopyProgress(string Table, long Rows, long TotalRows);

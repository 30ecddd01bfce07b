namespace MacSegmentation.Stores.Sql;

/// <summary>A column that names a row of another table.</summary>
/// <param name="Column">The column.</param>
/// <param name="Table">The other table.</param>
/// <param name="Key">Its key.</param>
internal sealed record StoreReference(string Column, string Table, string Key);

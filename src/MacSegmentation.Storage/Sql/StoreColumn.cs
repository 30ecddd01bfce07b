namespace MacSegmentation.Stores.Sql;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
internal readonly record struct StoreColumn(string Name, StoreColumnKind Kind);

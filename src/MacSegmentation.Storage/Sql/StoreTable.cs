namespace MacSegmentation.Stores.Sql;

/// <summary>A table of the store, as every kind of database has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, in order.</param>
/// <param name="Key">The columns by which its rows have one order: the primary key or, without one, all.</param>
/// <param name="GivenId">The column whose values the database gives, or null.</param>
/// <param name="IsSeeded">True if a new store has rows in it.</param>
internal sealed record StoreTable(string Name, IReadOnlyList<StoreColumn> Columns, IReadOnlyList<string> Key, string? GivenId, bool IsSeeded)
{
    /// <summary>True if the key is the primary key, which names one row; a table without holds one row.</summary>
    public bool HasKey { get; init; }

    /// <summary>The columns that are unique together, beside the key.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Uniques { get; init; } = [];

    /// <summary>The rows of other tables that a row needs.</summary>
    public IReadOnlyList<StoreReference> References { get; init; } = [];

    /// <summary>The columns, for a statement: some have names that mean something else to one database or another.</summary>
    public string ColumnList { get; } = string.Join(", ", Columns.Select(column => Quoted(column.Name)));

    /// <summary>All rows, in the order of the key.</summary>
    public string SelectAll => $"SELECT {ColumnList} FROM {Quoted(Name)} ORDER BY {string.Join(", ", Key.Select(Quoted))}";

    public string Count => $"SELECT count(*) FROM {Quoted(Name)}";

    public string DeleteAll => $"DELETE FROM {Quoted(Name)}";

    public string Insert => $"INSERT INTO {Quoted(Name)} ({ColumnList}) VALUES ({string.Join(", ", Columns.Select(_ => "?"))})";

    public static string Quoted(string name) => $"\"{name}\"";
}

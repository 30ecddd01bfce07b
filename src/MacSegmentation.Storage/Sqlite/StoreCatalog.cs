using MacSegmentation.Stores.Schema;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>
/// The tables of a store, from the schema's own steps: an empty store in memory tells what they make. A table that a later version adds is in it
/// without being named anywhere else.
/// </summary>
internal static class StoreCatalog
{
    private static readonly Lazy<IReadOnlyList<StoreTable>> Known = new(ReadTables);

    /// <summary>All tables of what a store holds, in the order of their making.</summary>
    public static IReadOnlyList<StoreTable> Tables => Known.Value;

    /// <summary>All tables of what a store holds, in the order of their making: what a table refers to comes before it.</summary>
    public static IReadOnlyList<StoreTable> ReadTables()
    {
        using var template = StoreConnection.OpenTemplate();
        return
        [
            .. template
                .Prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid")
                .All(static row => row.Text(0))
                .Where(static name => !string.Equals(name, StoreTables.OfPlace, StringComparison.Ordinal))
                .Select(name => ReadTable(template, name)),
        ];
    }

    private static StoreTable ReadTable(StoreConnection template, string name)
    {
        var columns = template
            .Prepare("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid")
            .Bind(1, name)
            .All(static row => (Column: new StoreColumn(row.Text(0), ToKind(row.Text(1))), Type: row.Text(1), Place: row.Number(2)));
        string[] key = [.. columns.Where(column => column.Place > 0).OrderBy(column => column.Place).Select(column => column.Column.Name)];

        // SQLite gives the values of any key that is one number; a server only those of what is called an id.
        string? givenId = key is [{ } only] && only.EndsWith("_id", StringComparison.Ordinal) && GivesIds(template, name, only) ? only : null;
        using var count = template.PrepareOnce($"SELECT count(*) FROM {StoreTable.Quoted(name)}");
        return new StoreTable(
            name,
            [.. columns.Select(column => column.Column)],
            key.Length > 0 ? key : [.. columns.Select(column => column.Column.Name)],
            givenId,
            count.Scalar() > 0)
        {
            HasKey = key.Length > 0,
            Uniques = ReadUniques(template, name),
            References = ReadReferences(template, name),
        };
    }

    /// <summary>Those that hold for all rows.</summary>
    private static List<IReadOnlyList<string>> ReadUniques(StoreConnection template, string table) => template
        .Prepare("SELECT name FROM pragma_index_list(?) WHERE \"unique\" = 1 AND origin <> 'pk' AND partial = 0")
        .Bind(1, table)
        .All(static row => row.Text(0))
        .ConvertAll<IReadOnlyList<string>>(index => template.Prepare("SELECT name FROM pragma_index_info(?) ORDER BY seqno").Bind(1, index).All(static row => row.Text(0)));

    private static List<StoreReference> ReadReferences(StoreConnection template, string table) => template
        .Prepare("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?)")
        .Bind(1, table)
        .All(static row => (Column: row.Text(0), Table: row.Text(1)))
        .ConvertAll(reference => new StoreReference(
            reference.Column,
            reference.Table,
            template.Prepare("SELECT name FROM pragma_table_info(?) WHERE pk = 1").Bind(1, reference.Table).First(static row => row.Text(0))!));

    /// <summary>True if nothing restricts the key, as something does where the program gives it.</summary>
    private static bool GivesIds(StoreConnection template, string table, string column) => template
        .Prepare("SELECT count(*) FROM sqlite_master WHERE name = ? AND (sql LIKE ?2 || ' INTEGER PRIMARY KEY,%' OR sql LIKE ?2 || ' INTEGER PRIMARY KEY AUTOINCREMENT,%')")
        .Bind(1, table)
        .Bind(2, $"%{column}")
        .Scalar() > 0;

    private static StoreColumnKind ToKind(string type) => type switch
    {
        "INTEGER" => StoreColumnKind.Number,
        "TEXT" => StoreColumnKind.Text,
        "BLOB" => StoreColumnKind.Bytes,
        _ => throw new InvalidOperationException($"The schema's columns are INTEGER, TEXT or BLOB, and not {type}."),
    };
}

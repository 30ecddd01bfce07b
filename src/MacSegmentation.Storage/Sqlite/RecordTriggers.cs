using MacSegmentation.Stores.Auditing;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>
/// The triggers by which SQLite writes down what each row was before and after a change. They are of the connection, and not of the file: whoever looks into a store with other tools is not
/// in their way. They ask the connection which revision is being made; while none is (a copy, a restore, an observation), they write nothing.
/// </summary>
internal static class RecordTriggers
{
    /// <summary>The function that says which revision is being made; NULL for none.</summary>
    public const string RevisionFunction = "macseg_revision";

    private static readonly Lazy<IReadOnlyList<string>> Made = new(() => [.. RecordedTables.Of(StoreCatalog.Tables).SelectMany(Make)]);

    /// <summary>The statements that make them, each without a semicolon at its end.</summary>
    public static IReadOnlyList<string> Statements => Made.Value;

    private static IEnumerable<string> Make(StoreTable table)
    {
        string before = Image("old", table);
        string after = Image("new", table);
        string changed = string.Join(" OR ", RecordedTables.Columns(table).Select(column => $"old.{StoreTable.Quoted(column.Name)} IS NOT new.{StoreTable.Quoted(column.Name)}"));
        if (!RecordedTables.SaysEventAll(table.Name))
        {
            yield return Trigger(table, "INSERT", string.Empty, "NULL", after);
        }

        yield return Trigger(table, "UPDATE", $" AND ({changed})", before, after);
        yield return Trigger(table, "DELETE", string.Empty, before, "NULL");
    }

    private static string Trigger(StoreTable table, string change, string condition, string before, string after) =>
        $"""
        CREATE TEMP TRIGGER record_{table.Name}_{change} AFTER {change} ON main.{StoreTable.Quoted(table.Name)} WHEN {RevisionFunction}() IS NOT NULL{condition}
        BEGIN INSERT INTO audit_record (revision, table_name, before, after) VALUES ({RevisionFunction}(), '{table.Name}', {before}, {after}); END
        """;

    private static string Image(string row, StoreTable table) => $"json_object({string.Join(", ", RecordedTables.Columns(table).Select(column => $"'{column.Name}', {Value($"{row}.{StoreTable.Quoted(column.Name)}", column.Kind)}"))})";

    /// <summary>JSON has no octets; they are written as the server writes them.</summary>
    private static string Value(string column, StoreColumnKind kind) =>
        kind is StoreColumnKind.Bytes ? $"CASE WHEN {column} IS NULL THEN NULL ELSE '\\x' || lower(hex({column})) END" : column;
}

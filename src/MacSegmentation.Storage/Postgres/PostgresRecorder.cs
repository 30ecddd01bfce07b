using System.Text;
using MacSegmentation.Stores.Auditing;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Sqlite;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// The triggers by which a server writes down what each row was before and after a change. A transaction says which revision it makes in a setting of its own; without it (a copy, a
/// restore), they write nothing.
/// </summary>
internal static class PostgresRecorder
{
    /// <summary>What is written of a row leaves the columns out that are named as the trigger's arguments. Octets are written as texts.</summary>
    private const string Function =
        """
        CREATE OR REPLACE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE made text := current_setting('macseg.revision', true); was jsonb; is_now jsonb; BEGIN IF made IS NULL OR made = '' THEN RETURN NULL; END IF; IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - coalesce(TG_ARGV, '{}'); END IF; IF TG_OP <> 'DELETE' THEN is_now := to_jsonb(NEW) - coalesce(TG_ARGV, '{}'); END IF; IF was IS DISTINCT FROM is_now THEN INSERT INTO audit_record (revision, table_name, before, after) VALUES (CAST(made AS bigint), TG_TABLE_NAME, CAST(was AS text), CAST(is_now AS text)); END IF; RETURN NULL; END $$
        """;

    /// <summary>Makes them for all tables, anew where they are there.</summary>
    public static string Script { get; } = Write();

    private static string Write()
    {
        var script = new StringBuilder(Function);
        foreach (var table in RecordedTables.Of(StoreCatalog.Tables))
        {
            string name = StoreTable.Quoted(table.Name);
            string passing = string.Join(", ", RecordedTables.PassingColumns(table).Select(column => $"'{column}'"));
            script.Append(";\nDROP TRIGGER IF EXISTS record_change ON ").Append(name);
            script.Append(";\nCREATE TRIGGER record_change AFTER ").Append(RecordedTables.SaysEventAll(table.Name) ? "UPDATE OR DELETE ON " : "INSERT OR UPDATE OR DELETE ON ").Append(name).Append(" FOR EACH ROW EXECUTE FUNCTION record_change(").Append(passing).Append(')');
        }

        return script.ToString();
    }
}

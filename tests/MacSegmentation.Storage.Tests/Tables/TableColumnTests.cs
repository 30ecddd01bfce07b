using MacSegmentation.Stores.Sqlite;
using MacSegmentation.Stores.Sessions;

namespace MacSegmentation.Stores.Tables;

/// <summary>What tables say of their columns is what the schema makes: a column that a step adds is written by its record, or a test says so.</summary>
public sealed class TableColumnTests
{
    [Fact]
    public void Each_table_of_records_writes_the_columns_that_the_schema_gives_it()
    {
        var schema = StoreCatalog.ReadTables().ToDictionary(table => table.Name, StringComparer.Ordinal);
        foreach (var table in SqlStoreReader.Tables)
        {
            var made = schema[table.Name];
            Assert.Equal(
                made.Columns.Select(column => column.Name).Where(name => !string.Equals(name, made.GivenId, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
                table.Columns.Where(name => !string.Equals(name, made.GivenId, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Whatever_a_table_leaves_a_trace_in_is_there_and_is_forgotten_with_the_others()
    {
        var schema = StoreCatalog.ReadTables().Select(table => table.Name).Where(name => name.StartsWith("removed_", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(schema, SqlStoreReader.Tables.Select(table => table.Tombstones).OfType<string>().Order(StringComparer.Ordinal));
        Assert.Equal(schema.Count, TableRoles.ForgetTombstones.Count);
    }
}

using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Tables;

/// <summary>A column of a record that is part of another: its name has the part's before it. The part is an instance of its own in each record that rows are read into.</summary>
/// <typeparam name="T">The whole record.</typeparam>
/// <typeparam name="TPart">The part.</typeparam>
internal sealed class PartColumn<T, TPart> : Column<T>
{
    private readonly Column<TPart> column;
    private readonly Func<T, TPart> part;

    private PartColumn(string prefix, Column<TPart> column, Func<T, TPart> part)
    {
        this.column = column;
        this.part = part;
        Selected = [.. column.Selected.Select(name => prefix + name)];
        Written = [.. column.Written.Select(name => prefix + name)];
        Value = column.Value;
        Use = column.Use;
    }

    /// <summary>All columns of the part.</summary>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="part">The part of a record.</param>
    public static IEnumerable<Column<T>> Each(string prefix, IEnumerable<Column<TPart>> columns, Func<T, TPart> part) =>
        columns.Select(column => new PartColumn<T, TPart>(prefix, column, part));

    public override void Bind(SqlStatement statement, int place, T record, ISqlChange change) => column.Bind(statement, place, part(record), change);

    public override void Read(SqlStatement row, int place, T record) => column.Read(row, place, part(record));
}

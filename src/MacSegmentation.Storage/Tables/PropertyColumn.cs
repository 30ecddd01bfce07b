using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Tables;

/// <summary>A column that is read into a property and written from it.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <typeparam name="TValue">The property's value.</typeparam>
internal sealed class PropertyColumn<T, TValue> : Column<T>
    where T : class
{
    private readonly ColumnType<TValue> type;
    private readonly Func<T, TValue> get;
    private readonly Action<T, TValue> set;

    /// <summary>The column.</summary>
    /// <param name="type">How the value is written.</param>
    /// <param name="get">Reads the property.</param>
    /// <param name="text">How that is written in the program, of which the property's name is the end. An expression tree would tell it too, and is slow to make.</param>
    public PropertyColumn(ColumnType<TValue> type, Func<T, TValue> get, string text)
    {
        this.type = type;
        this.get = get;

        // Records are made by whoever reads them, so that what can be set once only is set here.
        set = typeof(T).GetProperty(text[(text.LastIndexOf('.') + 1)..])!.SetMethod!.CreateDelegate<Action<T, TValue>>();
    }

    public override void Bind(SqlStatement statement, int place, T record, ISqlChange change) => type.Bind(statement, place, get(record));

    public override void Read(SqlStatement row, int place, T record) => set(record, type.Read(row, place));
}

using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Tables;

/// <summary>A column that follows from the record or the transaction, and is not read back.</summary>
/// <typeparam name="T">The record.</typeparam>
/// <typeparam name="TValue">What is written.</typeparam>
internal sealed class WrittenColumn<T, TValue>(ColumnType<TValue> type, Func<T, ISqlChange, TValue> value) : Column<T>
{
    public override void Bind(SqlStatement statement, int place, T record, ISqlChange change) => type.Bind(statement, place, value(record, change));

    public override void Read(SqlStatement row, int place, T record) => throw new InvalidOperationException("The column is not read.");
}

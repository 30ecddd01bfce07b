using System.Linq.Expressions;
using System.Reflection;
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

    public PropertyColumn(ColumnType<TValue> type, Expression<Func<T, TValue>> property)
    {
        this.type = type;
        var info = (PropertyInfo)((MemberExpression)property.Body).Member;
        get = info.GetMethod!.CreateDelegate<Func<T, TValue>>();

        // Records are made by whoever reads them, so that what can be set once only is set here.
        set = info.SetMethod!.CreateDelegate<Action<T, TValue>>();
    }

    public override void Bind(SqlStatement statement, int place, T record, ISqlChange change) => type.Bind(statement, place, get(record));

    public override void Read(SqlStatement row, int place, T record) => set(record, type.Read(row, place));
}

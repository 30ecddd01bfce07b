using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Tables;

/// <summary>One property of a record, in the column or columns that hold it: what is selected, how it is written, and when.</summary>
/// <typeparam name="T">The record.</typeparam>
internal abstract class Column<T>
{
    /// <summary>What a query asks for, one text a column; none if the property is only written.</summary>
    public IReadOnlyList<string> Selected { get; init; } = [];

    /// <summary>The columns that are written; none if the property is only read.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];

    /// <summary>What is written to a column, with one parameter in it.</summary>
    public string Value { get; init; } = "?";

    /// <summary>When it is written.</summary>
    public ColumnUse Use { get; init; }

    /// <summary>Gives parameters from a place on, counted from 1, the record's value.</summary>
    public abstract void Bind(SqlStatement statement, int place, T record, ISqlChange change);

    /// <summary>Sets the record's property from the present row's columns from a place on, counted from 0.</summary>
    public abstract void Read(SqlStatement row, int place, T record);
}

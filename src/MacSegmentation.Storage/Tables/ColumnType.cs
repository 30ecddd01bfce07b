using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Tables;

/// <summary>How a value is written in a column, or in several side by side.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Bind">Gives parameters from a place on, counted from 1, the value.</param>
/// <param name="Read">Reads the value from the present row's columns from a place on, counted from 0.</param>
/// <param name="Width">Number of columns.</param>
internal sealed record ColumnType<T>(Action<SqlStatement, int, T> Bind, Func<SqlStatement, int, T> Read, int Width = 1);

namespace MacSegmentation.Stores.Sql;

/// <summary>Writes many rows to a table, in the connection's transaction.</summary>
internal abstract class TableWriter : IDisposable
{
    /// <summary>Writes a row that was read from a table with the same columns.</summary>
    /// <param name="row">The row.</param>
    public abstract void Add(SqlStatement row);

    /// <summary>Makes sure that all rows are written; without it, the transaction must not commit.</summary>
    public abstract void Complete();

    public abstract void Dispose();
}

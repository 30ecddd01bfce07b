namespace MacSegmentation.Stores.Sql;

/// <summary>
/// A connection to a database, with the statements that were prepared on it. Used by one thread at a time. All SQL of the store is written
/// once, in what every database understands: placeholders are <c>?</c> or <c>?1</c>, texts are compared and sorted bytewise, and a comparison
/// <c>column = ? COLLATE NOCASE</c> is one without regard to the case of ASCII letters.
/// </summary>
internal abstract class SqlConnection : IDisposable
{
    // A statement's text is a literal, or made once by its table: equal ones are the same object, and need no hashing.
    private readonly Dictionary<string, SqlStatement> statements = new(ReferenceEqualityComparer.Instance);

    /// <summary>The prepared statement for a text that is made once.</summary>
    public SqlStatement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = Create(sql);
            statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>A statement of its own, for SQL that is made up; whoever asks for it disposes of it.</summary>
    public SqlStatement PrepareOnce(string sql) => Create(sql);

    /// <summary>All tables of what a store holds, in the order of their making: what a table refers to comes before it.</summary>
    public abstract IReadOnlyList<StoreTable> Tables { get; }

    /// <summary>Begins to write many rows.</summary>
    public abstract TableWriter WriteTable(StoreTable table);

    /// <summary>The highest value that the database has given for a table's id, also if its row is gone.</summary>
    public abstract long ReadLastId(StoreTable table);

    /// <summary>Has the database go on after that value.</summary>
    public abstract void SetLastId(StoreTable table, long id);

    public virtual void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
    }

    /// <summary>Prepares a statement.</summary>
    protected abstract SqlStatement Create(string sql);
}

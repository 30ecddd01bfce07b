namespace MacSegmentation.Stores.Sql;

/// <summary>A store whose tables can be worked on as a whole.</summary>
internal interface ISqlStore : IMacStore
{
    /// <summary>Reads tables, in one consistent read transaction.</summary>
    T ReadTables<T>(Func<SqlConnection, T> read);

    /// <summary>Writes tables, in one transaction alone among all who write. It is called once, and the store's revision is its own to change.</summary>
    T WriteTables<T>(Func<SqlConnection, T> write);
}

namespace MacSegmentation.Stores.Tables;

/// <summary>When a column is written.</summary>
internal enum ColumnUse
{
    /// <summary>With each change of the record.</summary>
    Always,

    /// <summary>With the record's first row only: it stays as it is, or has a statement of its own.</summary>
    Once,

    /// <summary>It names the row, and the program gives its value.</summary>
    Key,

    /// <summary>It names the row, and the database gives its value.</summary>
    GivenKey,
}

namespace MacSegmentation.Stores.Tables;

/// <summary>A transaction on a connection that writes.</summary>
internal interface ISqlChange : ISqlSession
{
    /// <summary>The revision that the transaction makes, if it makes one.</summary>
    long NewRevision { get; }

    /// <summary>Takes note that a row left a tombstone: before the commit, those that nobody can ask for any more go.</summary>
    void NoteTombstone();
}

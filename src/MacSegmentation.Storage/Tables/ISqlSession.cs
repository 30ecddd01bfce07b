using MacSegmentation.Stores.Sql;
using MacSegmentation.Transactions;

namespace MacSegmentation.Stores.Tables;

/// <summary>A transaction on a connection. Each concept answers its questions on it, by its own tables.</summary>
internal interface ISqlSession : ITransaction
{
    /// <summary>The connection, in the transaction.</summary>
    SqlConnection Connection { get; }
}

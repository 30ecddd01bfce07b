using MacSegmentation.Auditing;

namespace MacSegmentation.Transactions;

/// <summary>
/// A transaction that changes the store, alone: no other writer is under way anywhere. The methods of those who write record what the rules decided and check nothing
/// beyond the schema's own constraints.
/// </summary>
public interface IChangeTransaction : ITransaction, IAuditWriter
{
}

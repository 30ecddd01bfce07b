namespace MacSegmentation.Transactions;

/// <summary>What a transaction is: one consistent state of the store, its own changes included.</summary>
public interface ITransaction
{
    /// <summary>The time of the transaction.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Number of changes committed before this transaction.</summary>
    long Revision { get; }

    /// <summary>Identity of the store: a text that no other store has, however it is reached.</summary>
    string StoreId { get; }
}

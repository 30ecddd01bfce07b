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

    /// <summary>The revision on which the transaction stands, the one included that it makes itself.</summary>
    StoreMark ReadMark();

    /// <summary>True if a revision is one of the store's history: false if the store went back to a state before it, as one does that was restored, or a standby that was behind.</summary>
    /// <param name="mark">The revision.</param>
    bool StandsOn(StoreMark mark);
}

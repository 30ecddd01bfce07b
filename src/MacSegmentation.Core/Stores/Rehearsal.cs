namespace MacSegmentation.Stores;

/// <summary>A change that is made and rolled back: what it would do is asked of the rules themselves, so no second account of it can differ.</summary>
public static class Rehearsal
{
    /// <summary>What a change would come to.</summary>
    /// <param name="store">The store.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellation">Ends the waiting and the transaction.</param>
    /// <exception cref="Errors.MacSegmentationException">The change would be refused, or the store failed.</exception>
    public static T Rehearse<T>(this IMacStore store, Func<IStoreWriter, T> change, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        try
        {
            return store.WriteStoppable<T>(writer => throw new RollBackException<T>(change(writer)), cancellation);
        }
        catch (RollBackException<T> rehearsed)
        {
            return rehearsed.Result;
        }
    }

    /// <summary>Leaves a transaction without committing it.</summary>
    private sealed class RollBackException<T>(T result) : Exception
    {
        public T Result { get; } = result;
    }
}

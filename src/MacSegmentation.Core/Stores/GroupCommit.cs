using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>Many small changes in one durable transaction: a group costs one flush to disk, not one an item.</summary>
public static class GroupCommit
{
    /// <summary>
    /// Runs a change for each item, in order. An item that fails changes nothing and does not hinder the others; what comes back is durable.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="items">The items.</param>
    /// <param name="change">What to do for an item. It must not write before its last chance to throw.</param>
    /// <param name="stopAtFirstError">True to leave out the items after the first that fails.</param>
    /// <returns>One outcome for each item that was tried.</returns>
    /// <exception cref="MacSegmentationException">The transaction itself failed, and nothing of the group has happened.</exception>
    public static IReadOnlyList<ItemOutcome<TItem, TResult>> WriteEach<TItem, TResult>(
        this IMacStore store, IReadOnlyList<TItem> items, Func<IStoreWriter, TItem, TResult> change, bool stopAtFirstError = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Write(writer => writer.ChangeEach(items, change, stopAtFirstError));
    }

    /// <summary>
    /// Runs a change for each item as <see cref="WriteEach"/> does, once something was made sure of that holds for all of them, until it is told to stop.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="items">The items.</param>
    /// <param name="require">
    /// What must hold for every item; throws what each of them then fails with. Asked in each transaction that is tried: what held in one that was rolled back need not hold in the next.
    /// </param>
    /// <param name="change">What to do for an item. It must not write before its last chance to throw.</param>
    /// <param name="stopAtFirstError">True to leave out the items after the first that fails.</param>
    /// <param name="cancellation">Ends the waiting and the transaction.</param>
    /// <returns>One outcome for each item that was tried.</returns>
    /// <exception cref="MacSegmentationException">The transaction itself failed, and nothing of the group has happened.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop, and nothing of the group has happened.</exception>
    public static IReadOnlyList<ItemOutcome<TItem, TResult>> WriteGroup<TItem, TResult>(
        this IMacStore store,
        IReadOnlyList<TItem> items,
        Action<IStoreReader> require,
        Func<IStoreWriter, TItem, TResult> change,
        bool stopAtFirstError,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(require);
        ArgumentNullException.ThrowIfNull(change);
        return store.WriteStoppable(
            writer =>
            {
                var refusal = Refusal(writer, require);
                return writer.ChangeEach(
                    items,
                    (transaction, item) =>
                    {
                        cancellation.ThrowIfCancellationRequested();
                        return refusal is null ? change(transaction, item) : throw refusal;
                    },
                    stopAtFirstError);
            },
            cancellation);
    }

    /// <summary>Runs a change for each item in a transaction that is under way, in order, as <see cref="WriteEach"/> does in one of its own.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="items">The items.</param>
    /// <param name="change">What to do for an item. It must not write before its last chance to throw.</param>
    /// <param name="stopAtFirstError">True to leave out the items after the first that fails.</param>
    /// <returns>One outcome for each item that was tried.</returns>
    public static IReadOnlyList<ItemOutcome<TItem, TResult>> ChangeEach<TItem, TResult>(
        this IStoreWriter writer, IReadOnlyList<TItem> items, Func<IStoreWriter, TItem, TResult> change, bool stopAtFirstError = false)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(change);
        var outcomes = new List<ItemOutcome<TItem, TResult>>(items.Count);
        foreach (var item in items)
        {
            try
            {
                outcomes.Add(new(item, change(writer, item), Error: null));
            }
            catch (MacSegmentationException error) when (!error.EndsTransaction)
            {
                outcomes.Add(new(item, default, error));
                if (stopAtFirstError)
                {
                    break;
                }
            }
        }

        return outcomes;
    }

    private static MacSegmentationException? Refusal(IStoreReader store, Action<IStoreReader> require)
    {
        try
        {
            require(store);
            return null;
        }
        catch (MacSegmentationException error) when (!error.EndsTransaction)
        {
            return error;
        }
    }
}

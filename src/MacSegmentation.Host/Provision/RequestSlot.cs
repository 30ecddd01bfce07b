namespace MacSegmentation.Provision;

/// <summary>A request's place among those that are answered at once. It is given back once, when the request ends or begins to wait.</summary>
/// <param name="slots">Whose place it is.</param>
internal sealed class RequestSlot(RequestSlots slots) : IDisposable
{
    private int isReturned;

    /// <summary>Its client's own place, which goes with it; null before the client is known.</summary>
    public RequestSlot? OfClient { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isReturned, 1) == 0)
        {
            slots.Return();
            OfClient?.Dispose();
        }
    }
}

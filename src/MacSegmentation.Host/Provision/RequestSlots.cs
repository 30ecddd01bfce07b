namespace MacSegmentation.Provision;

/// <summary>A number of places that requests take while they are answered.</summary>
/// <param name="count">The number.</param>
internal sealed class RequestSlots(int count)
{
    private int free = count;

    /// <summary>True while there is none.</summary>
    public bool IsFull => Volatile.Read(ref free) <= 0;

    /// <summary>Takes a place, or returns null if there is none.</summary>
    public RequestSlot? TryTake()
    {
        if (Interlocked.Decrement(ref free) >= 0)
        {
            return new RequestSlot(this);
        }

        Interlocked.Increment(ref free);
        return null;
    }

    /// <summary>Gives a place back; <see cref="RequestSlot"/> does so once.</summary>
    internal void Return() => Interlocked.Increment(ref free);
}

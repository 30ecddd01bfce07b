namespace MacSegmentation.Adapters;

/// <summary>
/// An adapter as the one of an enforcer: a second one, of the same store or another, would forward what the first denies. The lock is the host's and not a store's or a
/// file's, and goes with the process that holds it, however that ends.
/// </summary>
/// <remarks>
/// It follows the adapter that has the name: one that was made anew is another adapter, which somebody else may have taken meanwhile. Source and sink of a port ask it
/// before they open.
/// </remarks>
internal sealed class AdapterLock : IDisposable
{
    private readonly Lock gate = new();
    private readonly string name;
    private IDisposable? held;
    private int index;

    private AdapterLock(string name) => this.name = name;

    /// <summary>Takes an adapter.</summary>
    /// <param name="device">What pcap calls it.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="index">Its number on Linux; elsewhere its name tells it.</param>
    /// <exception cref="Errors.MacSegmentationException">AdapterInUse.</exception>
    public static AdapterLock Take(string device, string name, int index)
    {
        var taken = new AdapterLock(name);
        if (OperatingSystem.IsLinux())
        {
            taken.index = index;
            taken.held = AdapterSocket.Take(taken.index, name);
        }
        else
        {
            taken.held = AdapterMutex.Take(device, name);
        }

        return taken;
    }

    /// <summary>Goes on with the adapter that has the name now.</summary>
    /// <param name="presentIndex">Its number on Linux; 0 if there is none of the name.</param>
    /// <returns>False if another enforcer has it, or it cannot be had: it is not to be opened.</returns>
    public bool TryFollow(int presentIndex)
    {
        lock (gate)
        {
            if (presentIndex == index)
            {
                return held is not null;
            }

            if (held is null || presentIndex == 0 || AdapterSocket.TryTake(presentIndex, out _) is not { } next)
            {
                return false;
            }

            held.Dispose();
            (held, index) = (next, presentIndex);
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            held?.Dispose();
            held = null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => name;
}

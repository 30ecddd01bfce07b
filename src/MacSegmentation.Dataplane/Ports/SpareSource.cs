namespace MacSegmentation.Ports;

/// <summary>What arrives at a port that a running switch has to spare: nothing, until it is given an adapter.</summary>
internal sealed class SpareSource : IPolledSource
{
    /// <summary>Held while the adapter is read, and while it is taken away: whoever has taken it away may close it.</summary>
    private readonly Lock gate = new();
    private volatile IPolledSource? adapter;
    private volatile bool isInterrupted;
    private long lostBefore;

    /// <inheritdoc/>
    public string Name => adapter?.Name ?? "spare";

    /// <summary>True while it has an adapter.</summary>
    public bool IsPlugged => adapter is not null;

    /// <inheritdoc/>
    public int Descriptor => adapter?.Descriptor ?? -1;

    /// <inheritdoc/>
    public ArrivalPace Pace => adapter?.Pace ?? ArrivalPace.Quiet;

    /// <summary>Gives it an adapter, which stays the caller's.</summary>
    public void Plug(IPolledSource source)
    {
        adapter = source;
        if (isInterrupted)
        {
            source.Interrupt();
        }
    }

    /// <summary>Takes the adapter away. From the return on nobody reads it.</summary>
    public void Unplug()
    {
        lock (gate)
        {
            if (adapter is { } before)
            {
                lostBefore += before.ReadLostFrames();
                adapter = null;
            }
        }
    }

    /// <inheritdoc/>
    public SourceState Poll(IFrameHandler handler)
    {
        if (adapter is null)
        {
            return SourceState.Down;
        }

        lock (gate)
        {
            return adapter?.Poll(handler) ?? SourceState.Down;
        }
    }

    /// <inheritdoc/>
    public SourceState Receive(IFrameHandler handler) => Poll(handler);

    /// <inheritdoc/>
    public void Interrupt()
    {
        isInterrupted = true;
        adapter?.Interrupt();
    }

    /// <inheritdoc/>
    public long ReadLostFrames()
    {
        lock (gate)
        {
            return lostBefore + (adapter?.ReadLostFrames() ?? 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Unplug();
}

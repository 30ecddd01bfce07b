namespace MacSegmentation.Emulation;

/// <summary>Frames of one traffic class that wait for a bandwidth.</summary>
internal abstract class FrameBand
{
    /// <summary>How many wait.</summary>
    public abstract int Count { get; }

    /// <summary>Their octets.</summary>
    public abstract long Octets { get; }

    /// <summary>Takes in a frame. It is noted already.</summary>
    public abstract void Add(int slot, ReadOnlySpan<byte> bytes);

    /// <summary>Takes note of a frame that leaves at once, because nothing waits.</summary>
    public virtual void Pass(int length, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>Takes note that the link was idle, and nothing waited.</summary>
    public virtual void EndTurns()
    {
    }

    /// <summary>The frame that is next if none is given up. Asked only while some wait.</summary>
    public abstract int Peek();

    /// <summary>Takes out the next frame.</summary>
    /// <param name="now">When it leaves.</param>
    /// <returns>Its slot; −1 if all were given up.</returns>
    public abstract int Take(long now);

    /// <summary>All that wait, for a band that takes the place of this one.</summary>
    public abstract IEnumerable<int> ListSlots();

    /// <summary>Makes room where the queue is full, at the cost of whoever takes most of it.</summary>
    /// <returns>False if it gives up only what comes.</returns>
    public virtual bool MakeRoom() => false;
}

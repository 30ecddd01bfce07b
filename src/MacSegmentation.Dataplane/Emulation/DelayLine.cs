namespace MacSegmentation.Emulation;

/// <summary>
/// Frames on their way, by the time at which they arrive. Nearly all arrive behind those that were sent before, and stand in a ring, which costs the same however many they are; only what
/// overtakes others is in a heap.
/// </summary>
internal sealed class DelayLine
{
    private readonly PriorityQueue<int, (long Due, long Number)> overtaking = new();
    private (int Slot, long Due)[] ring = new (int, long)[64];
    private int first;
    private int count;
    private long number;

    public int Count => count + overtaking.Count;

    /// <summary>When the next one arrives; <see cref="long.MaxValue"/> if none is on its way.</summary>
    public long NextDue { get; private set; } = long.MaxValue;

    public void Add(int slot, long due)
    {
        if (count > 0 && due < ring[(first + count - 1) & (ring.Length - 1)].Due)
        {
            overtaking.Enqueue(slot, (due, number++));
        }
        else
        {
            if (count == ring.Length)
            {
                Grow();
            }

            ring[(first + count++) & (ring.Length - 1)] = (slot, due);
        }

        NextDue = Math.Min(NextDue, due);
    }

    /// <summary>Takes out the next one.</summary>
    /// <returns>Its slot.</returns>
    public int Take()
    {
        int slot;
        if (count > 0 && ring[first].Due == NextDue)
        {
            slot = ring[first].Slot;
            first = (first + 1) & (ring.Length - 1);
            count--;
        }
        else
        {
            slot = overtaking.Dequeue();
        }

        long due = count > 0 ? ring[first].Due : long.MaxValue;
        NextDue = overtaking.TryPeek(out _, out var next) ? Math.Min(due, next.Due) : due;
        return slot;
    }

    public void Clear()
    {
        overtaking.Clear();
        first = count = 0;
        NextDue = long.MaxValue;
    }

    private void Grow()
    {
        var longer = new (int, long)[ring.Length * 2];
        for (int i = 0; i < count; i++)
        {
            longer[i] = ring[(first + i) & (ring.Length - 1)];
        }

        ring = longer;
        first = 0;
    }
}

namespace MacSegmentation.Emulation;

/// <summary>Frames in a sequence, linked by what is known of their slots.</summary>
internal struct SlotList
{
    private int last;

    /// <summary>The first slot; not to be used if there is none.</summary>
    public int First { get; private set; }

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>Their octets.</summary>
    public long Octets { get; private set; }

    public void Add(WaitingFrame[] frames, int slot)
    {
        frames[slot].Next = -1;
        if (Count++ == 0)
        {
            First = slot;
        }
        else
        {
            frames[last].Next = slot;
        }

        last = slot;
        Octets += frames[slot].Length;
    }

    /// <summary>Takes out the first.</summary>
    /// <returns>Its slot, or −1 if there is none.</returns>
    public int Take(WaitingFrame[] frames)
    {
        if (Count == 0)
        {
            return -1;
        }

        int slot = First;
        First = frames[slot].Next;
        Count--;
        Octets -= frames[slot].Length;
        return slot;
    }

    /// <summary>All slots in their sequence.</summary>
    public readonly IEnumerable<int> ListSlots(WaitingFrame[] frames)
    {
        var slots = new List<int>(Count);
        for (int slot = First; slots.Count < Count; slot = frames[slot].Next)
        {
            slots.Add(slot);
        }

        return slots;
    }
}

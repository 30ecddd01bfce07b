namespace MacSegmentation.Emulation;

/// <summary>Controlled delay of one list of frames: the algorithm of RFC 8289 section 5, with marks in place of drops where that is asked for (section 3; RFC 8290 section 4.2 does the same).</summary>
internal struct ControlledDelay
{
    /// <summary>RFC 8289 section 4.3.</summary>
    public const long Target = 5_000_000;

    /// <summary>RFC 8289 section 4.2.</summary>
    public const long Interval = 100_000_000;

    /// <summary>The longest frame, as a rule: a queue of no more is no standing one.</summary>
    public const int LongestFrame = 1514;

    private long firstAbove;
    private long dropNext;
    private uint count;
    private uint lastCount;
    private bool isDropping;

    /// <summary>Takes out the next frame that is not given up.</summary>
    /// <param name="frames">All that wait.</param>
    /// <param name="list">Those of them that this is about.</param>
    /// <param name="backlog">The octets of them all, where what is too few to matter is judged by more than the list; else the list's own.</param>
    /// <param name="now">The time in nanoseconds.</param>
    /// <returns>Its slot; −1 if there is none.</returns>
    public int Take(WaitingFrames frames, ref SlotList list, long backlog, long now)
    {
        long others = backlog - list.Octets;
        int slot = TakeFirst(frames, ref list, others, now, out bool mayDrop);
        if (isDropping)
        {
            isDropping = mayDrop;
            while (isDropping && now >= dropNext)
            {
                count++;
                if (frames.TryMark(slot))
                {
                    dropNext = Next(dropNext);
                    return slot;
                }

                frames.GiveUp(slot, EmulationReasons.CoDel);
                slot = TakeFirst(frames, ref list, others, now, out mayDrop);
                isDropping = mayDrop;
                dropNext = mayDrop ? Next(dropNext) : dropNext;
            }
        }
        else if (mayDrop)
        {
            if (!frames.TryMark(slot))
            {
                frames.GiveUp(slot, EmulationReasons.CoDel);
                slot = TakeFirst(frames, ref list, others, now, out _);
            }

            isDropping = true;
            uint delta = count - lastCount;
            count = delta > 1 && now - dropNext < 16 * Interval ? delta : 1;
            dropNext = Next(now);
            lastCount = count;
        }

        return slot;
    }

    private int TakeFirst(WaitingFrames frames, ref SlotList list, long others, long now, out bool mayDrop)
    {
        mayDrop = false;
        int slot = list.Take(frames.All);
        if (slot < 0 || now - frames.All[slot].Since < Target || list.Octets + others <= LongestFrame)
        {
            firstAbove = 0;
        }
        else if (firstAbove == 0)
        {
            firstAbove = now + Interval;
        }
        else
        {
            mayDrop = now >= firstAbove;
        }

        return slot;
    }

    private readonly long Next(long time) => time + (long)(Interval / Math.Sqrt(count));
}

namespace MacSegmentation.Switching;

/// <summary>
/// How many frames each policy decided over in one direction. One thread counts, others read; the counters lie in chunks that never move, so
/// more of them can be added meanwhile.
/// </summary>
internal sealed class PolicyHitCounter
{
    private const int ChunkBits = 12;
    private const int ChunkLength = 1 << ChunkBits;

    // A table has the chunks of its time; a later one may have more.
    private long[][] chunks = [];

    public static void Count(long[][] chunks, int slot) => chunks[slot >> ChunkBits][slot & (ChunkLength - 1)]++;

    /// <summary>Makes a table that is counted with, with zeros for the policies that have no counts yet.</summary>
    public CountedTable Prepare(TablesInForce next)
    {
        Grow(next.SlotCount);
        next.ReusedSlots.ForEach(Clear);
        return new CountedTable(next.Policies, next.Epoch, next.SlotOfPolicy, chunks);
    }

    public long Read(int slot) => Volatile.Read(ref chunks[slot >> ChunkBits][slot & (ChunkLength - 1)]);

    private void Grow(int slots)
    {
        int present = chunks.Length;
        int needed = (slots + ChunkLength - 1) >> ChunkBits;
        if (needed <= present)
        {
            return;
        }

        long[][] grown = new long[needed][];
        chunks.CopyTo(grown, 0);
        for (int i = present; i < needed; i++)
        {
            grown[i] = new long[ChunkLength];
        }

        chunks = grown;
    }

    /// <summary>Sets a counter to zero that no table in use counts with.</summary>
    private void Clear(int slot) => Volatile.Write(ref chunks[slot >> ChunkBits][slot & (ChunkLength - 1)], 0);
}

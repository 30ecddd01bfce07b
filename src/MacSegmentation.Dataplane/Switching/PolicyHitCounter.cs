namespace MacSegmentation.Switching;

/// <summary>
/// How many frames each policy decided over in one direction. One thread counts, others read; the counters lie in chunks that never move, so
/// more of them can be added meanwhile.
/// </summary>
internal sealed class PolicyHitCounter
{
    private const int ChunkBits = 12;
    private const int ChunkLength = 1 << ChunkBits;

    /// <summary>The chunks for the table that is to be counted with; a later table may have more.</summary>
    public long[][] Chunks { get; private set; } = [];

    public static void Count(long[][] chunks, int slot) => chunks[slot >> ChunkBits][slot & (ChunkLength - 1)]++;

    /// <summary>Makes room for that many slots.</summary>
    public void Grow(int slots)
    {
        int present = Chunks.Length;
        int needed = (slots + ChunkLength - 1) >> ChunkBits;
        if (needed <= present)
        {
            return;
        }

        long[][] grown = new long[needed][];
        Chunks.CopyTo(grown, 0);
        for (int i = present; i < needed; i++)
        {
            grown[i] = new long[ChunkLength];
        }

        Chunks = grown;
    }

    public long Read(int slot) => Volatile.Read(ref Chunks[slot >> ChunkBits][slot & (ChunkLength - 1)]);

    /// <summary>Sets a counter to zero that no table in use counts with.</summary>
    public void Clear(int slot) => Volatile.Write(ref Chunks[slot >> ChunkBits][slot & (ChunkLength - 1)], 0);
}

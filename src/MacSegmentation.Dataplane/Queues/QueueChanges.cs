using System.Diagnostics.CodeAnalysis;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Queues;

/// <summary>What became of frames while they waited, and nobody has counted yet. Octets are those that they were counted with when they came.</summary>
[SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
internal sealed class QueueChanges
{
    public long Duplicates;
    public long DuplicateBytes;
    public long GivenUp;
    public long GivenUpBytes;

    private readonly long[] byReason = new long[VerdictReason.Capacity];

    /// <summary>Frames given up, by the number of their reason.</summary>
    public ReadOnlySpan<long> ByReason => byReason;

    public bool IsEmpty => (Duplicates | GivenUp) == 0;

    public void NoteGivenUp(VerdictReason reason, int length)
    {
        GivenUp++;
        GivenUpBytes += length;
        byReason[reason.Number]++;
    }

    public void NoteDuplicate(int length)
    {
        Duplicates++;
        DuplicateBytes += length;
    }

    public void Clear()
    {
        Duplicates = DuplicateBytes = GivenUp = GivenUpBytes = 0;
        Array.Clear(byReason);
    }
}

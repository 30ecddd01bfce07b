using System.Diagnostics;

namespace MacSegmentation.Pcap;

/// <summary>Whether a reader that has emptied its ring may fall asleep.</summary>
/// <remarks>
/// Waking a reader costs the sender of a virtual wire about as much as sending a frame. Under a load that fills batches the reader
/// therefore looks again for a short while; at low load every batch is one frame, and it sleeps at once.
/// </remarks>
internal struct Wakefulness
{
    /// <summary>Frames in a batch that show a load under which a sleeper is woken by the very next frame.</summary>
    private const int BusyBatch = 4;

    /// <summary>50 µs in ticks of <see cref="Stopwatch"/>.</summary>
    private static readonly long StayAwake = Stopwatch.Frequency / 20_000;

    private long awakeUntil;

    /// <summary>True if frames are not to be expected at any moment.</summary>
    internal readonly bool MayWait => Stopwatch.GetTimestamp() >= awakeUntil;

    /// <summary>Takes in how many frames a batch had.</summary>
    internal void Note(int frames)
    {
        if (frames >= BusyBatch)
        {
            awakeUntil = Stopwatch.GetTimestamp() + StayAwake;
        }
    }
}

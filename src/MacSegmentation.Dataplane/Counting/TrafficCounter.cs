using System.Diagnostics.CodeAnalysis;

namespace MacSegmentation.Counting;

/// <summary>
/// Numbers that one thread counts and others read. The counting thread has its own copy and publishes it once a batch under a sequence
/// number, so a reader always gets the numbers of one moment and the counting costs neither a lock nor an interlocked operation
/// (a sequence lock: Lameter, "Effective Synchronization on Linux/NUMA Systems", 2005).
/// </summary>
internal sealed class TrafficCounter
{
    /// <summary>The counting thread's own numbers.</summary>
    [SuppressMessage("Design", "CA1051", Justification = "It is counted in place.")]
    public TrafficTally Current;

    private TrafficTally published;
    private long sequence;

    /// <summary>Shows the present numbers to the others. Called by the counting thread.</summary>
    public void Publish()
    {
        // An odd number says that the numbers are being written.
        sequence++;
        Volatile.WriteBarrier();
        published = Current;
        Volatile.Write(ref sequence, sequence + 1);
    }

    /// <summary>The numbers as they were last published; from any thread.</summary>
    public TrafficTally Read()
    {
        var wait = default(SpinWait);
        while (true)
        {
            long before = Volatile.Read(ref sequence);
            var copy = published;
            Volatile.ReadBarrier();
            if (before % 2 == 0 && Volatile.Read(ref sequence) == before)
            {
                return copy;
            }

            wait.SpinOnce();
        }
    }
}

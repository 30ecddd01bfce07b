using System.Numerics;

namespace MacSegmentation.Queues;

/// <summary>Times in fixed buckets, 32 to a doubling, so that a bucket is 3 % wide at most: from a microsecond to two minutes.</summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 5;
    private const int Steps = 1 << StepBits;

    /// <summary>Below 2^10 ns everything is one bucket.</summary>
    private const int LeastBits = 10;

    private const int MostBits = 37;

    private readonly long[] counts = new long[((MostBits - LeastBits) * Steps) + 1];

    /// <summary>How many times.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a time in nanoseconds.</summary>
    public void Add(long nanoseconds)
    {
        Count++;
        counts[BucketOf(nanoseconds)]++;
    }

    /// <summary>The buckets that have any: the middle of each in nanoseconds, and how many times are in it.</summary>
    public IEnumerable<(long Nanoseconds, long Count)> List() => counts.Select((count, bucket) => (MiddleOf(bucket), count)).Where(one => one.count > 0);

    private static int BucketOf(long nanoseconds)
    {
        int bits = BitOperations.Log2((ulong)Math.Max(nanoseconds, 1));
        return bits < LeastBits ? 0
            : bits >= MostBits ? (MostBits - LeastBits) * Steps
            : ((bits - LeastBits) * Steps) + (int)((nanoseconds >> (bits - StepBits)) & (Steps - 1)) + 1;
    }

    private static long MiddleOf(int bucket)
    {
        if (bucket == 0)
        {
            return 0;
        }

        int bits = LeastBits + ((bucket - 1) / Steps);
        long width = 1L << (bits - StepBits);
        return ((Steps + ((bucket - 1) % Steps)) * width) + (width / 2);
    }
}

namespace MacSegmentation.Emulation;

/// <summary>What is read off histograms of added latency, whose buckets are in ascending sequence.</summary>
internal static class LatencyBuckets
{
    /// <summary>What came between two looks at one histogram.</summary>
    public static IReadOnlyList<LatencyBucket> Difference(IReadOnlyList<LatencyBucket> now, IReadOnlyList<LatencyBucket> then)
    {
        var before = then.ToDictionary(bucket => bucket.Latency, bucket => bucket.Frames);
        return [.. now.Select(bucket => bucket with { Frames = bucket.Frames - before.GetValueOrDefault(bucket.Latency) }).Where(bucket => bucket.Frames > 0)];
    }

    /// <summary>What a share of the frames was not delayed beyond; zero without frames.</summary>
    /// <param name="buckets">The histogram.</param>
    /// <param name="share">The share, 0 to 1.</param>
    public static TimeSpan At(IReadOnlyList<LatencyBucket> buckets, double share)
    {
        long rank = (long)Math.Ceiling(buckets.Sum(bucket => bucket.Frames) * share);
        foreach (var bucket in buckets)
        {
            rank -= bucket.Frames;
            if (rank <= 0)
            {
                return bucket.Latency;
            }
        }

        return TimeSpan.Zero;
    }
}

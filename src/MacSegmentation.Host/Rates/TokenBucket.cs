using System.Threading.RateLimiting;

namespace MacSegmentation.Rates;

/// <summary>
/// A number of requests a second: a token bucket that holds one second's worth, in the form of the generic cell rate algorithm (ITU-T I.371 annex A), which
/// needs one number: when the bucket will be full again. The library's own bucket reads the system's clock, and no other.
/// </summary>
/// <param name="rate">Requests a second, at least 1.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(int rate, TimeProvider time) : RateLimiter
{
    private static readonly Lease Taken = new(isAcquired: true);
    private static readonly Lease Refused = new(isAcquired: false);

    private readonly long step = time.TimestampFrequency / rate;
    private long fullAt = time.GetTimestamp();

    /// <summary>How long it has been full, and so as good as a new one; null if it is not.</summary>
    public override TimeSpan? IdleDuration => time.GetElapsedTime(Volatile.Read(ref fullAt)) is var idle && idle >= TimeSpan.Zero ? idle : null;

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics() => null;

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        long now = time.GetTimestamp();
        while (true)
        {
            long before = Volatile.Read(ref fullAt);
            long after = Math.Max(before, now) + (step * permitCount);
            if (after - now > step * rate)
            {
                return Refused;
            }

            if (Interlocked.CompareExchange(ref fullAt, after, before) == before)
            {
                return Taken;
            }
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(AttemptAcquireCore(permitCount));

    private sealed class Lease(bool isAcquired) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}

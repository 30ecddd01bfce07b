using System.Collections.Concurrent;

namespace MacSegmentation.Provision;

/// <summary>
/// Holds each client to a number of requests a second: a token bucket that holds one second's worth, in the form of the generic cell rate algorithm (ITU-T
/// I.371 annex A), which needs one number a client: when its bucket will be full again.
/// </summary>
/// <param name="rate">Requests a second, 0 for any number.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestRates(int rate, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, Bucket> buckets = new();
    private readonly long step = rate == 0 ? 0 : time.TimestampFrequency / rate;

    /// <summary>Takes a token of a client's; false if it has none left.</summary>
    /// <param name="clientId">The client's number.</param>
    public bool TryTake(long clientId)
    {
        if (rate == 0)
        {
            return true;
        }

        long now = time.GetTimestamp();
        var bucket = buckets.GetOrAdd(clientId, static _ => new Bucket { FullAt = long.MinValue });
        while (true)
        {
            long before = Volatile.Read(ref bucket.FullAt);
            long after = Math.Max(before, now) + step;
            if (after - now > step * rate)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref bucket.FullAt, after, before) == before)
            {
                return true;
            }
        }
    }

    private sealed class Bucket
    {
        public long FullAt;
    }
}

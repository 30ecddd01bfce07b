namespace MacSegmentation.Emulation;

/// <summary>
/// A token bucket as the time at which it will be full again (the virtual scheduling algorithm of ITU-T I.371, which equals it), with the parts of a nanosecond that a frame costs carried
/// along, so that no rate is off by its rounding. A frame longer than the bucket leaves when that is full, and is paid for afterwards.
/// </summary>
internal struct TokenMeter
{
    /// <summary>The rate of a link that lets nothing pass.</summary>
    public const long Stalled = -1;

    private const long BitNanoseconds = 8_000_000_000;

    /// <summary>Octets of an untagged Ethernet frame with a tag: no bucket is less deep unless it was asked for.</summary>
    private const long LongestFrame = 1518;

    private const long BitsOfMillisecond = 8_000;

    private long rate;
    private long depth;
    private long full;
    private long rest;

    /// <summary>What is owed while nothing passes, in bits times 10^9.</summary>
    private Int128 owedInStall;

    /// <summary>Bits a second; 0 for no limit, below 0 while nothing may pass.</summary>
    public readonly long Rate => rate;

    /// <summary>Takes another rate; what is owed is owed still, to the bit.</summary>
    /// <param name="bitsPerSecond">Bits a second; 0 for no limit, <see cref="Stalled"/> if nothing passes.</param>
    /// <param name="burst">The bucket's depth in octets; 0 for what a millisecond takes, at least one longest frame.</param>
    /// <param name="now">The time in nanoseconds.</param>
    public void Use(long bitsPerSecond, long burst, long now)
    {
        Int128 owed = rate < 0 ? owedInStall : rate == 0 || full < now ? 0 : ((Int128)(full - now) * rate) + rest;
        rate = bitsPerSecond;
        (full, rest, depth) = (now, 0, 0);
        owedInStall = rate < 0 ? owed : 0;
        if (rate > 0)
        {
            depth = Cost(burst > 0 ? burst : Math.Max(rate / BitsOfMillisecond, LongestFrame), out _);
            (var time, var remainder) = Int128.DivRem(owed, rate);
            (full, rest) = (now + (long)time, (long)remainder);
        }
    }

    /// <summary>True if nothing is owed at a time: the rates that held before it are of no account any more.</summary>
    public readonly bool IsSettled(long time) => rate == 0 || (rate < 0 ? owedInStall == 0 : full <= time);

    /// <summary>When a frame may leave: a time that may have passed.</summary>
    public readonly long ReadyAt(int length) => rate == 0 ? long.MinValue : rate < 0 ? long.MaxValue : full - Math.Max(depth - Cost(length, out _), 0);

    /// <summary>How long what waits takes to leave, and what is owed; 0 while nothing passes, because nobody knows.</summary>
    public readonly long DrainTime(long octets, long now) => rate <= 0 ? 0 : (octets * BitNanoseconds / rate) + Math.Max(full - depth - now, -depth);

    /// <summary>Charges a frame that leaves.</summary>
    public void Charge(int length, long now)
    {
        if (rate <= 0)
        {
            return;
        }

        if (full < now)
        {
            full = now;
            rest = 0;
        }

        full += Cost(length, out long remainder);
        rest += remainder;
        if (rest >= rate)
        {
            rest -= rate;
            full++;
        }
    }

    private readonly long Cost(long octets, out long remainder)
    {
        (long cost, remainder) = Math.DivRem(octets * BitNanoseconds, rate);
        return cost;
    }
}

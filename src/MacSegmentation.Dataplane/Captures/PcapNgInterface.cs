namespace MacSegmentation.Captures;

/// <summary>What a pcapng file says of one interface (draft-ietf-opsawg-pcapng section 4.2): how its blocks are to be read.</summary>
internal sealed class PcapNgInterface
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const int NanosecondDigits = 9;

    /// <summary>Powers of ten that fit into 128 bits; a tick count divided by the highest is 0 as by any higher one.</summary>
    private const int MaximumPower = 38;

    private const byte BinaryResolution = 0x80;

    /// <summary>One past the last time that a frame can have, in 2262.</summary>
    private const ulong TimeLimit = 1UL << 63;

    private readonly UInt128 multiplier = 1;
    private readonly UInt128 divisor = 1;
    private readonly Int128 offset;
    private readonly ulong fastMultiplier;
    private readonly ulong fastLimit;

    /// <summary>Creates the description.</summary>
    /// <param name="snapLength">The most octets that are captured of a frame; 0 for no limit.</param>
    /// <param name="resolution">The option if_tsresol: a power of ten, or with the highest bit set of two, that a tick is a second's fraction of.</param>
    /// <param name="offsetSeconds">The option if_tsoffset.</param>
    public PcapNgInterface(uint snapLength, byte resolution, long offsetSeconds)
    {
        SnapLength = snapLength;
        offset = (Int128)offsetSeconds * NanosecondsPerSecond;
        if ((resolution & BinaryResolution) != 0)
        {
            multiplier = NanosecondsPerSecond;
            divisor = UInt128.One << (resolution & ~BinaryResolution);
        }
        else if (resolution <= NanosecondDigits)
        {
            multiplier = PowerOfTen(NanosecondDigits - resolution);
        }
        else
        {
            divisor = PowerOfTen(Math.Min(resolution - NanosecondDigits, MaximumPower));
        }

        // Nearly every file counts micro- or nanoseconds since 1970: those need one multiplication.
        if (divisor == 1 && offset == 0)
        {
            fastMultiplier = (ulong)multiplier;
            fastLimit = TimeLimit / fastMultiplier;
        }
    }

    /// <summary>The most octets that are captured of a frame; 0 for no limit.</summary>
    public uint SnapLength { get; }

    /// <summary>Turns a time in ticks into nanoseconds since 1970; what is finer than a nanosecond is cut off.</summary>
    /// <returns>False if the time is before 1970 or beyond what a frame can have (2262).</returns>
    public bool TryConvert(ulong ticks, out long nanoseconds)
    {
        if (ticks < fastLimit)
        {
            nanoseconds = (long)(ticks * fastMultiplier);
            return true;
        }

        var exact = (Int128)(ticks * multiplier / divisor) + offset;
        bool fits = exact >= 0 && exact < TimeLimit;
        nanoseconds = fits ? (long)exact : 0;
        return fits;
    }

    private static UInt128 PowerOfTen(int exponent)
    {
        UInt128 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}

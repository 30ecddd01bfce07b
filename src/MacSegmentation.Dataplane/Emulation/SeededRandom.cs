namespace MacSegmentation.Emulation;

/// <summary>
/// Random numbers that a seed repeats, on every system and with every runtime: xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2018),
/// its state filled by SplitMix64.
/// </summary>
internal sealed class SeededRandom
{
    private ulong one;
    private ulong two;
    private ulong three;
    private ulong four;

    /// <summary>Begins with a seed.</summary>
    /// <param name="seed">Any number.</param>
    public SeededRandom(ulong seed)
    {
        one = Spread(ref seed);
        two = Spread(ref seed);
        three = Spread(ref seed);
        four = Spread(ref seed);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong result = ulong.RotateLeft(two * 5, 7) * 9;
        ulong shifted = two << 17;
        three ^= one;
        four ^= two;
        two ^= three;
        one ^= four;
        three ^= shifted;
        four = ulong.RotateLeft(four, 45);
        return result;
    }

    /// <summary>A number from 0 on, below 1.</summary>
    public double NextFraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True as often as the share says. Nothing is drawn for a share of none.</summary>
    public bool Happens(double share) => share > 0 && NextFraction() < share;

    /// <summary>A number of the standard normal distribution (Box and Muller, 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextFraction())) * Math.Cos(2 * Math.PI * NextFraction());

    /// <summary>A number below a limit.</summary>
    public int NextBelow(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    private static ulong Spread(ref ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15;
        ulong mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }
}

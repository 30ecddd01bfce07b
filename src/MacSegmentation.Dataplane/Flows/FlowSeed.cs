using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MacSegmentation.Flows;

/// <summary>
/// What a table of flows hides its hashes with: who sends packets chooses the keys, and without a secret could choose those that collide.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct FlowSeed
{
    private FlowSeed(ulong seed)
    {
        First = Spread(ref seed);
        Second = Spread(ref seed);
        Third = Spread(ref seed);
        Fourth = Spread(ref seed);
    }

    public ulong First { get; }

    public ulong Second { get; }

    public ulong Third { get; }

    public ulong Fourth { get; }

    /// <summary>A seed that nobody knows.</summary>
    public static FlowSeed Random() => From(MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    /// <summary>The seed of a number, for repeatable runs.</summary>
    public static FlowSeed From(ulong seed) => new(seed);

    /// <summary>Folds the 128 bits of a product, in which every bit of either number has a part (as wyhash and rapidhash do).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong one, ulong other)
    {
        ulong high = Math.BigMul(one, other, out ulong low);
        return high ^ low;
    }

    /// <summary>Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014 (SplitMix64).</summary>
    private static ulong Spread(ref ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15;
        ulong mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }
}

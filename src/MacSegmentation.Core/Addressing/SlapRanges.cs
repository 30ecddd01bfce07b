namespace MacSegmentation.Addressing;

/// <summary>Where the quadrants of the structured local address plan lie among the individual addresses.</summary>
internal static class SlapRanges
{
    private const int Spaces = 16;

    /// <summary>The individual addresses of a quadrant, ascending: the plan is in the second hexadecimal digit, so there are 16 ranges of 2^40. None of <see cref="SlapQuadrant.None"/>.</summary>
    public static IEnumerable<MacRange> Ranges(this SlapQuadrant quadrant)
    {
        ulong digit = quadrant switch
        {
            SlapQuadrant.AAI => 0x2,
            SlapQuadrant.ELI => 0xA,
            SlapQuadrant.SAI => 0xE,
            SlapQuadrant.Reserved => 0x6,
            _ => 0,
        };
        for (ulong high = 0; digit != 0 && high < Spaces; high++)
        {
            ulong first = ((high << 4) | digit) << 40;
            yield return new MacRange(new MacAddress(first), new MacAddress(first | 0xFF_FFFF_FFFF));
        }
    }
}

namespace MacSegmentation.Limits;

/// <summary>
/// What one may take of what all share: three times as much as is still free (Choudhury and Hahne, "Dynamic Queue Length Thresholds", 1998). One alone gets
/// three quarters, and whoever comes later finds room.
/// </summary>
internal static class DynamicThreshold
{
    private const int ShareOfFree = 3;

    /// <summary>True if one may have more.</summary>
    /// <param name="held">What it has.</param>
    /// <param name="wanted">What it wants more, at least 1.</param>
    /// <param name="free">What nobody has.</param>
    public static bool Admits(int held, int wanted, int free) => (long)held + wanted <= (long)ShareOfFree * free;
}

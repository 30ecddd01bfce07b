namespace MacSegmentation.Windows.Wine;

/// <summary>
/// Wine 8 now and then refuses the runtime to suspend a thread, or faults within itself: the runtime ends at once, in the middle of whatever test. No test can
/// do anything about it, or shows anything by it, so what ended so is run again.
/// </summary>
internal static class WineFault
{
    /// <summary>So often something is run at most.</summary>
    public const int MaxRuns = 3;

    /// <summary>The fault by which a program ended, or null if it did not end by one.</summary>
    /// <param name="output">What the program wrote.</param>
    public static string? Find(string output)
    {
        string[] lines = [.. output.Split('\n').Select(line => line.Trim())];
        int at = Array.IndexOf(lines, "Fatal error.");
        return at >= 0 && at + 1 < lines.Length && (lines[at + 1].StartsWith("SuspendThread failed", StringComparison.Ordinal) || lines[at + 1].StartsWith("0xC0000005", StringComparison.Ordinal))
            ? lines[at + 1]
            : null;
    }
}

namespace MacSegmentation.Windows.Wine;

/// <summary>The lines that the build prints when the tests have run: what ran under Wine, and what was skipped there and why.</summary>
internal static class WindowsReport
{
    private static readonly string File = Path.Join(AppContext.BaseDirectory, "windows-report.txt");
    private static readonly Lock Gate = new();
    private static bool isBegun;

    public static void Add(params IEnumerable<string> lines)
    {
        lock (Gate)
        {
            if (!isBegun)
            {
                System.IO.File.Delete(File);
                isBegun = true;
            }

            System.IO.File.AppendAllLines(File, lines);
        }
    }
}

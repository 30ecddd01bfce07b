namespace MacSegmentation.Benchmarks;

/// <summary>The executable under measurement: the one that this build made beside the benchmarks.</summary>
internal static class MacSegProgram
{
    /// <summary>Its path.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Join(
        AppContext.BaseDirectory, "../../../../../src/MacSegmentation.Host/bin/Release/net10.0", OperatingSystem.IsWindows() ? "macseg.exe" : "macseg"));
}

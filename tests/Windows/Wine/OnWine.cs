using System.Runtime.InteropServices;

namespace MacSegmentation.Windows.Wine;

/// <summary>Tells Wine from Windows, for tests of what only one of them has.</summary>
internal static class OnWine
{
    /// <summary>True if the Windows that runs this process is Wine: its ntdll.dll says its version.</summary>
    public static bool IsHere { get; } = OperatingSystem.IsWindows()
        && NativeLibrary.TryLoad("ntdll.dll", out nint library)
        && NativeLibrary.TryGetExport(library, "wine_get_version", out _);

    /// <summary>Skips the test on Wine.</summary>
    /// <param name="reason">What Wine does not do, as a sentence.</param>
    public static void Skip(string reason) => Assert.SkipWhen(IsHere, $"Wine cannot show it: {reason}");
}

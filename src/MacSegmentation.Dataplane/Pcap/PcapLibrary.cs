using System.Reflection;
using System.Runtime.InteropServices;
using MacSegmentation.Errors;

namespace MacSegmentation.Pcap;

/// <summary>Finds the native packet capture library: the one place that knows its file names and packages.</summary>
internal static class PcapLibrary
{
    /// <summary>The name that the imports use; <see cref="Resolve"/> turns it into a file.</summary>
    internal const string Name = "pcap";

    private static readonly Lock Gate = new();
    private static nint handle;

    /// <summary>
    /// Wine's own wpcap.dll leads to the host's libpcap and leaves out what Npcap adds; what it leaves out must not even be called.
    /// </summary>
    internal static bool IsWine { get; } = OperatingSystem.IsWindows()
        && NativeLibrary.TryLoad("ntdll.dll", out nint ntdll)
        && NativeLibrary.TryGetExport(ntdll, "wine_get_version", out _);

    /// <summary>Files to try, in this order.</summary>
    private static string[] Candidates => OperatingSystem.IsWindows()
        ? [Path.Combine(Environment.SystemDirectory, "Npcap", "wpcap.dll"), "wpcap.dll"]
        : OperatingSystem.IsMacOS() ? ["libpcap.dylib", "libpcap.A.dylib"] : ["libpcap.so.1", "libpcap.so.0.8"];

    /// <summary>Loads the library, once.</summary>
    /// <exception cref="MacSegmentationException">PcapMissing: it is not installed.</exception>
    internal static nint Require()
    {
        lock (Gate)
        {
            return handle != 0 ? handle : handle = Load(Candidates);
        }
    }

    /// <summary>Loads the first file of the list that is there.</summary>
    internal static nint Load(string[] candidates)
    {
        foreach (string candidate in candidates)
        {
            // Npcap's wpcap.dll needs the Packet.dll that lies beside it, so its own folder is searched too.
            if (NativeLibrary.TryLoad(candidate, typeof(PcapLibrary).Assembly, SearchPath, out nint loaded))
            {
                return loaded;
            }
        }

        throw new MacSegmentationException(
            "PcapMissing",
            MacErrorKind.NotInstalled,
            $"The packet capture library is not installed: none of {string.Join(", ", candidates)} could be loaded. " + WayOut,
            candidates[0]);
    }

    /// <summary>Answers the imports of this assembly that ask for <see cref="Name"/>.</summary>
    internal static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath) =>
        string.Equals(libraryName, Name, StringComparison.Ordinal) ? Require() : 0;

    private const DllImportSearchPath SearchPath =
        DllImportSearchPath.UseDllDirectoryForDependencies | DllImportSearchPath.SafeDirectories | DllImportSearchPath.System32;

    private static string WayOut => OperatingSystem.IsWindows()
        ? "Install Npcap from https://npcap.com."
        : OperatingSystem.IsMacOS() ? "It is a part of macOS: repair the system." : "Install the package libpcap0.8 (Debian, Ubuntu) or libpcap (Fedora, SUSE, Alpine).";
}

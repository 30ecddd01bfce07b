using System.Reflection;
using System.Runtime.InteropServices;
using MacSegmentation.Errors;

namespace MacSegmentation.Pcap;

/// <summary>Finds the native packet capture library: the one place that knows its file names and packages.</summary>
internal static class PcapLibrary
{
    /// <summary>The name that the imports use; <see cref="Resolve"/> turns it into a file.</summary>
    internal const string Name = "pcap";

    /// <summary>What Npcap adds to libpcap and is called here or by what opens adapters.</summary>
    private static readonly string[] NpcapFunctions =
    [
        "pcap_open", "pcap_setbuff", "pcap_setmintocopy",
        "pcap_sendqueue_alloc", "pcap_sendqueue_destroy", "pcap_sendqueue_queue", "pcap_sendqueue_transmit",
    ];

    private static readonly Lock Gate = new();
    private static nint handle;
    private static bool isUtf8 = !OperatingSystem.IsWindows();
    private static PcapImplementation implementation;

    /// <summary>Whose library it is.</summary>
    /// <exception cref="MacSegmentationException">PcapMissing: none is installed.</exception>
    internal static PcapImplementation Implementation
    {
        get
        {
            Require();
            return implementation;
        }
    }

    /// <summary>
    /// Files to try, in this order. It is SharpPcap's order, so that both find the one library where several are installed.
    /// </summary>
    private static string[] Candidates => OperatingSystem.IsWindows()
        ? [Path.Combine(Environment.SystemDirectory, "Npcap", "wpcap.dll"), "wpcap.dll"]
        : OperatingSystem.IsMacOS() ? ["libpcap.dylib", "libpcap.A.dylib"] : ["libpcap.so", "libpcap.so.0", "libpcap.so.0.8", "libpcap.so.1"];

    /// <summary>Loads the library, once.</summary>
    /// <exception cref="MacSegmentationException">PcapMissing: it is not installed.</exception>
    internal static nint Require()
    {
        lock (Gate)
        {
            if (handle == 0)
            {
                nint loaded = Load(Candidates);
                implementation = Identify(OperatingSystem.IsWindows(), name => NativeLibrary.TryGetExport(loaded, name, out _), IsPartOfWine(loaded));
                isUtf8 = !OperatingSystem.IsWindows() || AskForUtf8(loaded);
                handle = loaded;
            }

            return handle;
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

    /// <summary>Tells whose library it is by what it exports.</summary>
    /// <param name="isWindows">True if it is a wpcap.dll.</param>
    /// <param name="exports">Whether it exports a name.</param>
    /// <param name="isPartOfWine">True if Wine made it: it exports names behind which there is nothing.</param>
    internal static PcapImplementation Identify(bool isWindows, Predicate<string> exports, bool isPartOfWine) =>
        !isWindows ? PcapImplementation.Libpcap
        : !isPartOfWine && Array.TrueForAll(NpcapFunctions, exports) ? PcapImplementation.Npcap
        : PcapImplementation.Wine;

    /// <summary>A text of the library's, in the encoding that it writes.</summary>
    internal static string Text(nint text) => (isUtf8 ? Marshal.PtrToStringUTF8(text) : Marshal.PtrToStringAnsi(text)) ?? "";

    /// <summary>Answers the imports of this assembly that ask for <see cref="Name"/>.</summary>
    internal static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath) =>
        string.Equals(libraryName, Name, StringComparison.Ordinal) ? Require() : 0;

    /// <summary>Wine's linker writes its mark behind the DOS header of each library that is a part of Wine, and a loaded library begins with that.</summary>
    private static unsafe bool IsPartOfWine(nint library) =>
        OperatingSystem.IsWindows() && new ReadOnlySpan<byte>((byte*)library + DosHeaderSize, WineMark.Length).SequenceEqual(WineMark);

    /// <summary>Before anything else is asked of it: afterwards its encoding is settled. Older ones write the system's code page.</summary>
    private static unsafe bool AskForUtf8(nint library)
    {
        byte* error = stackalloc byte[NativePcap.PCAP_ERRBUF_SIZE];
        return NativeLibrary.TryGetExport(library, "pcap_init", out nint function)
            && ((delegate* unmanaged[Cdecl]<uint, byte*, int>)function)(NativePcap.PCAP_CHAR_ENC_UTF_8, error) == 0;
    }

    private const int DosHeaderSize = 0x40;

    private static ReadOnlySpan<byte> WineMark => "Wine builtin DLL"u8;

    private const DllImportSearchPath SearchPath =
        DllImportSearchPath.UseDllDirectoryForDependencies | DllImportSearchPath.SafeDirectories | DllImportSearchPath.System32;

    private static string WayOut => OperatingSystem.IsWindows()
        ? "Install Npcap from https://npcap.com."
        : OperatingSystem.IsMacOS() ? "It is a part of macOS: repair the system." : "Install the package libpcap0.8 (Debian, Ubuntu) or libpcap (Fedora, SUSE, Alpine).";
}

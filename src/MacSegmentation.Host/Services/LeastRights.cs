#pragma warning disable SYSLIB1054 // Sources are generated with unsafe code, which this project does without.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace MacSegmentation.Services;

/// <summary>
/// Gives up the capabilities that a service does not need (capabilities(7)). Threads have them, not processes, and the runtime has threads before any code of ours: so the bounding set is cut on the main
/// thread, and the program is executed once more from there, in the same process.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class LeastRights
{
    private const int NetBindService = 10;
    private const int NetAdmin = 12;
    private const int NetRaw = 13;
    private const int PrSetCapBSetDrop = 24;
    private const int PrCapAmbient = 47;
    private const ulong PrCapAmbientLower = 3;
    private const uint CapabilityVersion3 = 0x20080522;

    /// <summary>Set for the program that is executed once more: it is not tried again.</summary>
    private const string Variable = "MACSEG_RIGHTS";

    /// <summary>What a command needs: frames of adapters for an enforcer; a port below 1024 for a provider, if it has one; nothing for a watch. Null for what is no service.</summary>
    public static ulong? Needed(string command) => command switch
    {
        "enforce" => (1UL << NetAdmin) | (1UL << NetRaw),
        "provide" => 1UL << NetBindService,
        "watch" => 0,
        _ => null,
    };

    /// <summary>Gives up what is not needed, where systemd started the command. Returns if there is nothing to give up.</summary>
    /// <param name="args">The command line.</param>
    public static void Keep(string[] args)
    {
        if (args.Length == 0
            || Needed(args[0]) is not { } needed
            || string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SystemdService.SocketVariable))
            || Environment.GetEnvironmentVariable(Variable) is "least"
            || (ReadPermitted(File.ReadAllText("/proc/self/status")) & ~needed) == 0)
        {
            return;
        }

        for (int capability = 0; capability < 64; capability++)
        {
            if ((needed >> capability & 1) == 0)
            {
                // Both fail for what is not known, or may not be given up; what holds then is what the last check shows.
                _ = Prctl(PrSetCapBSetDrop, (ulong)capability, 0, 0, 0);
                _ = Prctl(PrCapAmbient, PrCapAmbientLower, (ulong)capability, 0, 0);
            }
        }

        var header = new Header { Version = CapabilityVersion3 };
        var sets = new Set[2];
        if (Capget(ref header, sets) == 0)
        {
            for (int half = 0; half < 2; half++)
            {
                uint kept = (uint)(needed >> (32 * half));
                sets[half].Effective &= kept;
                sets[half].Permitted &= kept;
                sets[half].Inheritable &= kept;
            }

            _ = Capset(ref header, sets);
        }

        string program = File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: true)?.FullName ?? "/proc/self/exe";
        string?[] line = [.. Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).TrimEnd('\0').Split('\0'), null];
        Environment.SetEnvironmentVariable(Variable, "least");
        string?[] environment = [.. ListEnvironment(), null];

        // Returns only if it could not: the process goes on with what its main thread has given up.
        _ = Execve(program, line, environment);
    }

    /// <summary>The permitted capabilities, of what the kernel tells of a process.</summary>
    public static ulong ReadPermitted(string status) => status.Split('\n').FirstOrDefault(line => line.StartsWith("CapPrm:", StringComparison.Ordinal)) is { } found
        && ulong.TryParse(found["CapPrm:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong permitted)
            ? permitted
            : 0;

    private static IEnumerable<string> ListEnvironment()
    {
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            yield return $"{variable.Key}={variable.Value}";
        }
    }

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Prctl(int option, ulong second, ulong third, ulong fourth, ulong fifth);

    [DllImport("libc", EntryPoint = "capget")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Capget(ref Header header, [Out] Set[] sets);

    [DllImport("libc", EntryPoint = "capset")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Capset(ref Header header, Set[] sets);

    [DllImport("libc", EntryPoint = "execve", BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execve([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] arguments, [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] environment);

    private struct Header
    {
        public uint Version;
        public int ProcessId;
    }

    private struct Set
    {
        public uint Effective;
        public uint Permitted;
        public uint Inheritable;
    }
}

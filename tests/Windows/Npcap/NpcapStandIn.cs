using MacSegmentation.Captures;
using MacSegmentation.Lab.Network;
using MacSegmentation.Windows.Wine;

namespace MacSegmentation.Windows.Npcap;

/// <summary>The stand-in for Npcap (wpcap.c), compiled and laid where Npcap is installed; gone when this is disposed of.</summary>
internal sealed class NpcapStandIn : IDisposable
{
    /// <summary>Names the file to which it writes what it was asked.</summary>
    public const string LogVariable = "MACSEG_NPCAP_LOG";

    private const string Compiler = "x86_64-w64-mingw32-gcc";
    private readonly string folder;

    /// <summary>Why it cannot be compiled here, or null.</summary>
    private static string? Missing { get; } = FindWhatIsMissing();

    public NpcapStandIn(WineMachine machine)
    {
        Assert.SkipUnless(Missing is null, $"The Npcap path needs a stand-in for Npcap's library: {Missing}");
        folder = Directory.CreateDirectory(Path.Join(machine.System32, "Npcap")).FullName;

        // libpcap's headers alone: the host's own, which lie beside them, are not for Windows.
        string headers = Path.Join(folder, "include");
        Directory.CreateDirectory(headers);
        Directory.CreateSymbolicLink(Path.Join(headers, "pcap"), "/usr/include/pcap");
        Command.Run(
            Compiler, "-shared", "-O2", "-Wall", "-Wextra", "-Werror", "-Wno-unknown-pragmas", "-isystem", headers,
            "-o", Path.Join(folder, "wpcap.dll"), RepositoryFile.Path("tests", "Windows", "Npcap", "wpcap.c"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string? FindWhatIsMissing()
    {
        try
        {
            Command.Run(Compiler, "--version");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"{Compiler} is not installed (Debian: gcc-mingw-w64-x86-64-win32).";
        }

        return Directory.Exists("/usr/include/pcap") ? null : "libpcap's headers are not installed (Debian: libpcap-dev).";
    }
}

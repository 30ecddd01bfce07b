using System.Diagnostics;
using MacSegmentation.Lab.Network;

namespace MacSegmentation.Windows.Wine;

/// <summary>The server of a Wine prefix: all of the prefix's programs end with it.</summary>
internal sealed class WineServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly string folder;

    private WineServer(Process process, string folder)
    {
        this.process = process;
        this.folder = folder;
    }

    /// <summary>Starts it, and returns when it can be reached: a program that finds no server starts one of its own.</summary>
    /// <param name="environment">Variables, with the prefix.</param>
    /// <param name="through">A program that runs it, and its arguments.</param>
    public static WineServer Start(IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> through)
    {
        // In the foreground, so that its id is known, and for good: otherwise it ends with the last program, and the next waits for a new one.
        string[] command = [.. through, "wineserver", "--foreground", "--persistent"];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // wineserver(1): its folder is named by the device and the inode of the prefix.
        string[] place = Command.Run("stat", "--format", "%u %d %i", environment["WINEPREFIX"]).Split(' ');
        string folder = $"/tmp/.wine-{place[0]}/server-{long.Parse(place[1]):x}-{long.Parse(place[2]):x}";
        var process = Process.Start(start)!;
        Deadline.Await("Wine's server can be reached", () => File.Exists(Path.Join(folder, "socket")) || process.HasExited, Patience.TotalSeconds);
        return process.HasExited
            ? throw new InvalidOperationException($"wineserver ended with {process.ExitCode}.")
            : new WineServer(process, folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It ends the programs, writes the registry and ends.
        Command.Run("kill", "-INT", $"{process.Id}");
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

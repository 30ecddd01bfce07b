using System.Diagnostics;
using MacSegmentation.Lab.Network;

namespace MacSegmentation.Windows.Wine;

/// <summary>The server of a Wine prefix: all of the prefix's programs end with it.</summary>
internal sealed class WineServer : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BootTimeout = TimeSpan.FromMinutes(5);
    private readonly Process process;

    private WineServer(Process process, string folder)
    {
        this.process = process;
        Folder = folder;
    }

    /// <summary>Where it has its socket, outside the prefix.</summary>
    public string Folder { get; }

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

        var process = Process.Start(start)!;
        try
        {
            string? folder = null;
            Deadline.Await("Wine's server can be reached", () => (folder = FindFolder(process)) is not null || process.HasExited, Timeout.TotalSeconds);
            StartServices(environment, through);
            return new WineServer(process, folder ?? throw new InvalidOperationException($"wineserver ended with {process.ExitCode}."));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It ends the programs, writes the registry and ends.
        Command.Run("kill", "-INT", $"{process.Id}");
        if (!process.WaitForExit(Timeout))
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    /// <summary>Removes what the servers of a prefix leave behind outside it, when there will be no more.</summary>
    public static void RemoveTraces(string folder)
    {
        Directory.Delete(folder, recursive: true);

        // Debian's has a folder around it that is the prefix's own.
        string around = Path.GetDirectoryName(folder)!;
        if (Path.GetFileName(around).StartsWith("wine-", StringComparison.Ordinal))
        {
            Directory.Delete(around);
        }
    }

    /// <summary>
    /// Windows' services start with the first program, and stay. They keep its streams open, so it must be one that nobody reads: who waits
    /// for the end of a program's output would wait for theirs.
    /// </summary>
    private static void StartServices(IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> through)
    {
        string[] command = [.. through, "sh", "-c", "exec wine wineboot --init </dev/null >/dev/null 2>&1"];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var boot = Process.Start(start)!;
        if (!boot.WaitForExit(BootTimeout))
        {
            boot.Kill(entireProcessTree: true);
            throw new TimeoutException($"Wine did not start within {BootTimeout.TotalMinutes} min.");
        }
    }

    /// <summary>It works in the folder that has its socket; null as long as there is none. Its name is another one with each distribution.</summary>
    private static string? FindFolder(Process process)
    {
        string? folder = process.HasExited ? null : File.ResolveLinkTarget($"/proc/{process.Id}/cwd", returnFinalTarget: false)?.FullName;
        return folder is not null && Path.GetFileName(folder).StartsWith("server-", StringComparison.Ordinal) && File.Exists(Path.Join(folder, "socket")) ? folder : null;
    }
}

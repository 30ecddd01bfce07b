using System.Diagnostics;
using System.Runtime.InteropServices;
using MacSegmentation.Captures;

namespace MacSegmentation.Processes;

/// <summary>macseg as users have it: a process. Native, or built for Windows and run by Wine.</summary>
/// <param name="command">The program and the arguments that come before macseg's own.</param>
/// <param name="environment">What its environment has besides the tests' own.</param>
internal sealed class MacsegProgram(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>macseg on this system.</summary>
    public static MacsegProgram Native { get; } = new([FindDotnet(), Path.Join(AppContext.BaseDirectory, "macseg.dll")]);

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    public ProcessResult RunIn(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return Finish(process);
    }

    /// <summary>Runs it in the root of the repository.</summary>
    public ProcessResult Run(params string[] arguments) => RunIn(RepositoryFile.Root, arguments);

    /// <summary>Starts it.</summary>
    public Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Waits for a process that was started.</summary>
    public static ProcessResult Finish(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"macseg took longer than {Patience.TotalSeconds} s.");
        }

        return new ProcessResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    // The runtime that runs the tests, .../shared/Microsoft.NETCore.App/10.0.x, belongs to the dotnet that runs them.
    private static string FindDotnet() =>
        Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}

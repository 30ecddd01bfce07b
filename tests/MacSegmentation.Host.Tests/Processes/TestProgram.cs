using System.Diagnostics;
using System.Runtime.InteropServices;
using MacSegmentation.Captures;

namespace MacSegmentation.Processes;

/// <summary>A program as users have it, a process: macseg on this system, or built for Windows and run by Wine.</summary>
/// <param name="command">The program and the arguments that come first.</param>
/// <param name="environment">What its environment has besides the tests' own.</param>
internal sealed class TestProgram(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
{
    private const int WineAttempts = 4;
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The dotnet that runs the tests.</summary>
    public static TestProgram Dotnet { get; } = new([FindDotnet()]);

    /// <summary>macseg on this system.</summary>
    public static TestProgram Native { get; } = new([FindDotnet(), Path.Join(AppContext.BaseDirectory, "macseg.dll")]);

    /// <summary>The same program in another environment.</summary>
    public TestProgram In(IReadOnlyDictionary<string, string> variables) => new(command, variables);

    /// <summary>The same program, run by another one.</summary>
    public TestProgram After(params string[] runner) => new([.. runner, .. command], environment);

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    public ProcessResult RunIn(string folder, params string[] arguments)
    {
        var result = RunOnce(folder, arguments);
        for (int attempt = 1; attempt < WineAttempts && FailedToLoad(result); attempt++)
        {
            TestContext.Current.SendDiagnosticMessage("Tried again, as Wine did not load a library: {0}", result.Error);
            result = RunOnce(folder, arguments);
        }

        return result;
    }

    private ProcessResult RunOnce(string folder, string[] arguments)
    {
        using var process = Start(folder, arguments);
        process.StandardInput.Close();
        return Finish(process);
    }

    /// <summary>
    /// True if Wine did not load a library of a process, as happens now and then where several of its processes start and end at once. Such
    /// a process has not begun to work. Elsewhere the same error is macseg's own, and counts.
    /// </summary>
    private bool FailedToLoad(ProcessResult result) =>
        environment?.ContainsKey("WINEPREFIX") == true && result.Error.Contains(nameof(TypeInitializationException), StringComparison.Ordinal);

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

        return Process.Start(start)!;
    }

    /// <summary>Waits for a process that was started.</summary>
    /// <param name="process">The process.</param>
    /// <param name="patience">How long it may take; null for 5 minutes.</param>
    public static ProcessResult Finish(Process process, TimeSpan? patience = null)
    {
        var limit = patience ?? UsualTimeout;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} took longer than {limit.TotalMinutes} min.");
        }

        return new ProcessResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Waits for processes that were started, reading all of them at once.</summary>
    public static ProcessResult[] FinishAll(params Process[] processes)
    {
        var results = new ProcessResult[processes.Length];
        Parallel.For(0, processes.Length, new ParallelOptions { MaxDegreeOfParallelism = processes.Length }, i => results[i] = Finish(processes[i]));
        return results;
    }

    // The runtime that runs the tests, .../shared/Microsoft.NETCore.App/10.0.x, belongs to the dotnet that runs them.
    private static string FindDotnet() =>
        Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}

using System.Diagnostics;
using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Windows.Wine;

namespace MacSegmentation.Windows.Pester;

/// <summary>Runs files of the Pester suite once, in the Windows build of PowerShell.</summary>
public sealed class WindowsPesterSuite(WineMachine machine) : IAsyncLifetime
{
    /// <summary>Names the variable that says which files run: nothing for the selection, "all", or names without ".Tests.ps1", with commas between.</summary>
    public const string Variable = "MACSEG_WINDOWS_PESTER";

    /// <summary>What is most likely to be another on Windows: how the module loads, paths, files and their locks, consoles, processes, captures.</summary>
    private static readonly string[] Selection =
    [
        "Module", "Session", "Connect-MacStore", "Copy-MacStore", "Export-MacConfiguration", "Get-MacCaptureDevice", "Import-MacConfiguration", "Interruption",
        "New-MacAllocation", "Start-MacPolicyEnforcer", "Start-MacProvider", "Test-MacFrame",
    ];

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(45);

    private static string Folder { get; } = RepositoryFile.Path("tests", "PowerShell");

    /// <summary>The names of the files that run.</summary>
    public static IReadOnlyList<string> FileNames { get; } = FindFileNames();

    /// <summary>What came of each file.</summary>
    internal IReadOnlyList<PesterFile> Files { get; private set; } = [];

    /// <summary>Why the suite came to no end, or null.</summary>
    internal string? Obstacle { get; private set; }

    public ValueTask InitializeAsync()
    {
        if (WineMachine.Missing is null)
        {
            Run();
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;

    private static List<string> FindFileNames()
    {
        string wanted = Environment.GetEnvironmentVariable(Variable) ?? string.Empty;
        var all = Directory.EnumerateFiles(Folder, "*.Tests.ps1").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
        if (string.Equals(wanted, "all", StringComparison.OrdinalIgnoreCase))
        {
            return [.. all];
        }

        string[] names = wanted.Length == 0 ? Selection : wanted.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. names.Select(name => $"{name}.Tests.ps1").Order(StringComparer.Ordinal)];
    }

    private void Run()
    {
        using var folder = new TemporaryFolder();
        string results = folder.File("results.json");
        string files = string.Join(';', FileNames.Select(name => WindowsRuntime.ToWindows(Path.Join(Folder, name))));
        string script =
            $"& {Quote(WindowsRuntime.ToWindows(Path.Join(Folder, "Invoke-Suite.ps1")))} -JsonPath {Quote(WindowsRuntime.ToWindows(results))} "
            + $"-Pester {Quote(WindowsRuntime.ToWindows(machine.Runtime.Pester))} -Path {Quote(files)}";
        var watch = Stopwatch.StartNew();
        string output = WindowsShell.Run(machine, folder, script, Timeout);
        for (int runs = 1; !File.Exists(results) && WineFault.Find(output) is { } fault; runs++)
        {
            WindowsReport.Add([$"Pester in Windows PowerShell (Wine): Wine ended the runtime in run {runs} of at most {WineFault.MaxRuns}: {fault}"]);
            if (runs == WineFault.MaxRuns)
            {
                Obstacle = $"Wine ended the runtime {runs} times: {fault}";
                return;
            }

            output = WindowsShell.Run(machine, folder, script, Timeout);
        }

        if (!File.Exists(results))
        {
            throw new InvalidOperationException($"The suite came to no end: {output}");
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(results));
        Files = document.RootElement.GetProperty(nameof(Files)).Deserialize<PesterFile[]>()!;
        WindowsReport.Add(
        [
            $"Pester in Windows PowerShell {machine.Runtime.PowerShellVersion} (Wine), {Files.Count} files: {Files.Sum(file => file.Passed)} passed, {Files.Sum(file => file.Failed)} failed, "
            + $"{Files.Sum(file => file.Skipped)} skipped in {watch.Elapsed.TotalSeconds:0} s. {Variable}=all runs all files.",
            .. Files.SelectMany(file => file.Skips).Select(skip => $"  skipped: {skip}"),
        ]);
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

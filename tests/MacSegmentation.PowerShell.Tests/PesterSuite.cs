using System.Diagnostics;
using System.Text.Json;

namespace MacSegmentation;

/// <summary>Runs the Pester suite once, in PowerShells of its own.</summary>
public sealed class PesterSuite : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    /// <summary>What came of each file.</summary>
    public IReadOnlyList<PesterFile> Files { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        string report = Path.Join(AppContext.BaseDirectory, "pester-report.txt");
        File.Delete(report);

        // Many files wait for shells, enforcers and the network: two processes are done sooner.
        var runs = await Task.WhenAll(SuiteFiles.Deal(Math.Min(2, Environment.ProcessorCount)).Select(RunAsync));
        Files = [.. runs.SelectMany(run => run.Files)];
        await File.WriteAllLinesAsync(
            report,
            [
                $"Pester {runs[0].Pester} in PowerShell {runs[0].PowerShell}: {Files.Sum(file => file.Passed)} passed, {Files.Sum(file => file.Failed)} failed, {Files.Sum(file => file.Skipped)} skipped.",
                .. Files.SelectMany(file => file.Skips).Select(skip => $"  skipped: {skip}"),
            ]);
    }

    public ValueTask DisposeAsync() => default;

    private static async Task<PesterRun> RunAsync(string[] files, int number)
    {
        string results = Path.Join(AppContext.BaseDirectory, $"pester-results-{number}.json");
        File.Delete(results);
        string output = await StartAsync("-JsonPath", results, "-Pester", SuiteShell.Pester, "-Path", string.Join(Path.PathSeparator, files));
        return File.Exists(results)
            ? JsonSerializer.Deserialize<PesterRun>(await File.ReadAllBytesAsync(results))!
            : throw new InvalidOperationException($"The suite came to no end:{Environment.NewLine}{output}");
    }

    private static async Task<string> StartAsync(params string[] arguments)
    {
        var command = SuiteShell.Command;
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), "-NoProfile", "-NonInteractive", "-File", Path.Join(SuiteFiles.Folder, "Invoke-Suite.ps1"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = SuiteFiles.RepositoryRoot,
        };
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Timeout);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The suite did not end within {Timeout.TotalMinutes} minutes.", late);
        }

        return await output + await errors;
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace MacSegmentation;

/// <summary>Runs the Pester suite once in a PowerShell of its own.</summary>
public sealed class PesterSuite : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>The repository.</summary>
    public static string RepositoryRoot { get; } = typeof(PesterSuite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => string.Equals(metadata.Key, "RepositoryRoot", StringComparison.Ordinal)).Value!;

    /// <summary>The suite's folder.</summary>
    public static string Folder { get; } = Path.Join(RepositoryRoot, "tests", "PowerShell");

    /// <summary>Why the suite could not run, or null.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>What came of each file.</summary>
    public IReadOnlyList<PesterFile> Files { get; private set; } = [];

    /// <summary>What PowerShell wrote.</summary>
    public string Output { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        string results = Path.Join(AppContext.BaseDirectory, "pester-results.json");
        string report = Path.Join(AppContext.BaseDirectory, "pester-report.txt");
        File.Delete(results);
        File.Delete(report);
        if (FindPowerShell() is not { } shell)
        {
            Obstacle = "pwsh is not on the PATH. Install PowerShell 7.6.";
            await File.WriteAllTextAsync(report, $"Pester: skipped, {Obstacle}");
            return;
        }

        Output = await RunAsync(shell, results, report);
        if (!File.Exists(results))
        {
            throw new InvalidOperationException($"The suite came to no end:{Environment.NewLine}{Output}");
        }

        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(results));
        Obstacle = document.RootElement.TryGetProperty(nameof(Obstacle), out var obstacle) ? obstacle.GetString() : null;
        Files = Obstacle is null ? document.RootElement.GetProperty(nameof(Files)).Deserialize<PesterFile[]>()! : [];
    }

    public ValueTask DisposeAsync() => default;

    private static string? FindPowerShell() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Join(folder, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh"))
        .FirstOrDefault(File.Exists);

    private static async Task<string> RunAsync(string shell, string results, string report)
    {
        var start = new ProcessStartInfo(shell)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = RepositoryRoot,
        };
        foreach (string argument in (string[])["-NoProfile", "-NonInteractive", "-File", Path.Join(Folder, "Invoke-Suite.ps1"), "-JsonPath", results, "-ReportPath", report])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The suite did not end within {Patience.TotalMinutes} minutes.", late);
        }

        return await output + await errors;
    }
}

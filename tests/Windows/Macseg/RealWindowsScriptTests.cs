using System.Text.Json;
using MacSegmentation.Captures;
using MacSegmentation.Processes;
using MacSegmentation.Windows.Wine;

namespace MacSegmentation.Windows.Macseg;

/// <summary>The script for what only a real Windows can show, as far as it goes without one: it runs, each check says something, and it leaves nothing behind.</summary>
public sealed class RealWindowsScriptTests(WineMachine windows) : IDisposable
{
    /// <summary>Those that need neither a driver nor Hyper-V nor NTFS.</summary>
    private static readonly string[] ShownByWine = ["System", "macseg.exe"];

    /// <summary>Those that say what is missing here.</summary>
    private static readonly string[] NotHere = ["Npcap", "Send queue", "Adapter with a name beyond ASCII", "Enforcer", "Certificate of CurrentUser", "Certificate of LocalMachine"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Its_checks_are_rows_that_do_not_hinder_each_other()
    {
        string results = folder.File("report.json");
        string checks = string.Join(',', ShownByWine.Concat(NotHere).Select(name => $"'{name}'"));
        string output = WindowsShell.Run(
            windows, folder, $"& '{WindowsRuntime.ToWindows(RepositoryFile.Path("tests", "Windows", "Test-RealWindows.ps1"))}' -Check {checks} -JsonPath '{WindowsRuntime.ToWindows(results)}'");
        Assert.True(File.Exists(results), output);
        using var report = JsonDocument.Parse(File.ReadAllBytes(results));
        var outcomes = report.RootElement.GetProperty("Checks").EnumerateArray()
            .ToDictionary(row => row.GetProperty("Check").GetString()!, row => (Outcome: row.GetProperty("Outcome").GetString(), Detail: row.GetProperty("Detail").GetString()), StringComparer.Ordinal);
        Assert.Equal(ShownByWine.Concat(NotHere).Order(StringComparer.Ordinal), outcomes.Keys.Order(StringComparer.Ordinal));
        Assert.All(outcomes, row => Assert.NotEmpty(row.Value.Detail!));
        Assert.All(ShownByWine, name => Assert.Equal((name, "Passed", outcomes[name].Detail), (name, outcomes[name].Outcome, outcomes[name].Detail)));
        Assert.All(NotHere, name => Assert.Equal((name, "Skipped", outcomes[name].Detail), (name, outcomes[name].Outcome, outcomes[name].Detail)));
    }
}

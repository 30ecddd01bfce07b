using System.Text.Json;

namespace MacSegmentation;

/// <summary>What the Pester suite consists of and runs in.</summary>
public sealed class SuiteTests
{
    [Fact]
    public void Every_cmdlet_has_a_file_in_the_Pester_suite()
    {
        string manifest = File.ReadAllText(Path.Join(SuiteFiles.RepositoryRoot, "MacSegmentation.psd1"));
        string exports = manifest[manifest.IndexOf("CmdletsToExport", StringComparison.Ordinal)..];
        var cmdlets = exports[..exports.IndexOf("    )", StringComparison.Ordinal)].Split('\'').Where((_, index) => index % 2 == 1).ToArray();
        Assert.NotEmpty(cmdlets);
        Assert.All(cmdlets, cmdlet => Assert.True(File.Exists(Path.Join(SuiteFiles.Folder, $"{cmdlet}.Tests.ps1")), $"{cmdlet} has no file."));
    }

    [Fact]
    public void The_shell_that_users_restore_is_the_one_that_the_suite_runs_in()
    {
        using var tools = JsonDocument.Parse(File.ReadAllBytes(Path.Join(SuiteFiles.RepositoryRoot, ".config", "dotnet-tools.json")));
        Assert.Equal(SuiteShell.PowerShellVersion, tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString());
    }
}

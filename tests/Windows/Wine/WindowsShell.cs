using System.Text;
using MacSegmentation.Captures;
using MacSegmentation.Processes;

namespace MacSegmentation.Windows.Wine;

/// <summary>Runs a script in the Windows build of PowerShell.</summary>
internal static class WindowsShell
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="machine">Where.</param>
    /// <param name="folder">For its output.</param>
    /// <param name="script">The script.</param>
    /// <param name="patience">How long it may take.</param>
    /// <returns>What it wrote.</returns>
    public static string Run(WineMachine machine, TemporaryFolder folder, string script, TimeSpan? patience = null)
    {
        string output = folder.File("output.txt");
        string encoded = Convert.ToBase64String(Encoding.Unicode.GetBytes(script));

        // pwsh.exe ends in silence where it has no console; script(1) makes a terminal, and Wine a console of that.
        string line = $"wine '{machine.Runtime.PowerShell}' -NoProfile -NonInteractive -EncodedCommand {encoded} >'{output}' 2>&1";
        using var process = machine.Through("script", "--quiet", "--return", "--command", line, "/dev/null").Start(RepositoryFile.Root);
        process.StandardInput.Close();
        var ended = TestProgram.Finish(process, patience);
        return File.ReadAllText(output) + ended.Error;
    }
}

using System.IO.Enumeration;

namespace MacSegmentation;

/// <summary>The files of the Pester suite that are to run: all, or those that MACSEG_PESTER_FILES names.</summary>
internal static class SuiteFiles
{
    private const string Variable = "MACSEG_PESTER_FILES";
    private const string Ending = ".Tests.ps1";

    /// <summary>The repository.</summary>
    public static string RepositoryRoot { get; } = BuildProperty.Get("RepositoryRoot");

    /// <summary>The suite's folder.</summary>
    public static string Folder { get; } = Path.Join(RepositoryRoot, "tests", "PowerShell");

    /// <summary>The names of the files, in order. MACSEG_PESTER_FILES is a list with commas, such as <c>Help,Get-Mac*</c>.</summary>
    /// <exception cref="InvalidOperationException">No file has a name that was asked for.</exception>
    public static IReadOnlyList<string> Names { get; } = Select();

    /// <summary>Deals the files to processes that run side by side: the longest first, in turn, since a long file takes long.</summary>
    /// <param name="count">The number of processes.</param>
    public static IReadOnlyList<string[]> Deal(int count) =>
    [
        .. Names.Select(name => Path.Join(Folder, name))
            .OrderByDescending(path => new FileInfo(path).Length)
            .Select((path, index) => (Path: path, Share: index % count))
            .GroupBy(dealt => dealt.Share, (_, share) => share.Select(dealt => dealt.Path).ToArray()),
    ];

    private static string[] Select()
    {
        string[] all = [.. Directory.EnumerateFiles(Folder, $"*{Ending}").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        string[] asked = (Environment.GetEnvironmentVariable(Variable) ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.Length == 0)
        {
            return all;
        }

        string? unknown = Array.Find(asked, pattern => !Array.Exists(all, name => Matches(pattern, name)));
        return unknown is null
            ? Array.FindAll(all, name => Array.Exists(asked, pattern => Matches(pattern, name)))
            : throw new InvalidOperationException($"{Variable} names '{unknown}', and no file in {Folder} is called {unknown}{Ending}.");
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name.AsSpan(0, name.Length - Ending.Length), ignoreCase: true);
}

using MacSegmentation.Captures;
using MacSegmentation.Lab.Network;
using MacSegmentation.Processes;

namespace MacSegmentation.Windows;

/// <summary>
/// macseg built for Windows, self-contained, and a Wine of its own to run it: a prefix that is made once for all tests and removed after
/// them. Made when the first test asks, so that nothing is built where Wine is absent.
/// </summary>
public sealed class WindowsBuild : IDisposable
{
    private readonly Lazy<string> home = new(MakeHome);
    private readonly Lazy<string> programs = new(Publish);

    /// <summary>Why nothing can be run for Windows here, or null.</summary>
    public static string? Missing { get; } = FindWhatIsMissing();

    /// <summary>macseg.exe under Wine.</summary>
    internal TestProgram Macseg => Program("macseg.exe");

    /// <summary>The process that writes to a store, as the store's own tests run it.</summary>
    internal TestProgram Writer => Program("MacSegmentation.Storage.TestWriter.exe");

    /// <summary>
    /// Ends what is left of Wine in this prefix. Its server sees the network of the namespace in which it was started, and stays a few
    /// seconds after its last program.
    /// </summary>
    public void StopServer() => Command.Try("env", [.. Environment(home.Value).Select(variable => $"{variable.Key}={variable.Value}"), "wineserver", "-k"]);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (home.IsValueCreated)
        {
            StopServer();
            Directory.Delete(home.Value, recursive: true);
        }
    }

    private TestProgram Program(string file)
    {
        Assert.SkipUnless(Missing is null, $"Windows is tried with Wine: {Missing}");
        return new TestProgram(["wine", Path.Join(programs.Value, file)], Environment(home.Value));
    }

    private static Dictionary<string, string> Environment(string home) => new(StringComparer.Ordinal)
    {
        ["HOME"] = home,
        ["WINEPREFIX"] = Path.Join(home, "prefix"),
        ["WINEDEBUG"] = "-all",

        // It would put the prefix into the desktop's menus.
        ["WINEDLLOVERRIDES"] = "winemenubuilder.exe=d",
    };

    private static string MakeHome()
    {
        string made = Directory.CreateTempSubdirectory("macseg-wine-").FullName;

        // .NET asks for Windows 10; a new prefix says Windows 7.
        var variables = Environment(made).Select(variable => $"{variable.Key}={variable.Value}");
        Command.Run("env", [.. variables, "wine", "reg", "add", @"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f"]);
        return made;
    }

    /// <summary>Builds beside the tests' own files, so that the next run has little to do and no other build is disturbed.</summary>
    private static string Publish()
    {
        string folder = Path.Join(AppContext.BaseDirectory, "windows");
        foreach (string project in new[] { "src/MacSegmentation.Host", "tests/MacSegmentation.Storage.TestWriter" })
        {
            var result = TestProgram.Dotnet.Run(
                "publish", project, "-c", "Release", "-r", "win-x64", "--self-contained", "--artifacts-path", Path.Join(folder, "build"), "-o", Path.Join(folder, "programs"),
                "-nodeReuse:false", "-p:UseSharedCompilation=false", "--nologo", "-v", "q");
            Assert.True(result.ExitCode == 0, result.Output + result.Error);
        }

        return Path.Join(folder, "programs");
    }

    private static string? FindWhatIsMissing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "this is not Linux.";
        }

        try
        {
            Command.Run("wine", "--version");
            Command.Run("wineserver", "--version");
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "wine is not installed (Debian: apt-get install --no-install-recommends wine wine64).";
        }
    }
}

using MacSegmentation.Lab.Network;
using MacSegmentation.Processes;
using MacSegmentation.Windows.Wine;

[assembly: AssemblyFixture(typeof(WineMachine))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace MacSegmentation.Windows.Wine;

/// <summary>
/// A Windows of the tests' own: a Wine prefix and a Windows .NET in a temporary folder, made when the first test asks and removed after the
/// last. One test uses it at a time: its server sees one network.
/// </summary>
public sealed class WineMachine : IDisposable
{
    private string? home;
    private string? traces;
    private WineServer? server;
    private WindowsRuntime? runtime;

    /// <summary>Why nothing can be run for Windows here, or null.</summary>
    public static string? Missing { get; } = FindWhatIsMissing();

    /// <summary>Its .NET and PowerShell.</summary>
    internal WindowsRuntime Runtime => Require().runtime!;

    /// <summary>What Windows programs find where Windows has its own.</summary>
    internal string System32 => Path.Join(Require().Prefix, "drive_c", "windows", "system32");

    /// <summary>macseg.exe, as a build on Linux makes it.</summary>
    internal TestProgram Macseg => Program(Path.Join(AppContext.BaseDirectory, "macseg.exe"));

    private string Prefix => Path.Join(home, "prefix");

    /// <summary>A Windows program with the variables that it needs, and more.</summary>
    internal TestProgram Program(string executable, params IReadOnlyList<(string Name, string Value)> variables) => Make(["wine", executable], variables);

    /// <summary>A program of the host's that runs a Windows program.</summary>
    internal TestProgram Through(params IReadOnlyList<string> command) => Make(command, []);

    /// <summary>
    /// Ends Wine's server and has another one in a namespace until what this returns is disposed of: a server, and the services that its first
    /// program starts, see the network in which they were started.
    /// </summary>
    internal IDisposable MoveTo(NetworkNamespace place)
    {
        Require().StopServer();
        server = WineServer.Start(Environment(), "ip", "netns", "exec", place.Name);
        return new Stay(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StopServer();
        if (traces is not null)
        {
            WineServer.RemoveTraces(traces);
        }

        if (home is not null)
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private WineMachine Require()
    {
        Assert.SkipUnless(Missing is null, $"Windows is tried with Wine: {Missing}");
        if (home is null)
        {
            home = Directory.CreateTempSubdirectory("macseg-wine-").FullName;
            Directory.CreateDirectory(Prefix);
            runtime = new WindowsRuntime(Path.Join(home, "windows"));
            EnsureServer();

            // .NET asks for Windows 10; a new prefix says Windows 7.
            new TestProgram(["wine", "reg"], Environment()).Run("add", @"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f");
        }

        return this;
    }

    private TestProgram Make(IReadOnlyList<string> command, IReadOnlyList<(string Name, string Value)> variables)
    {
        Require().EnsureServer();
        var environment = Environment();
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return new TestProgram(command, environment);
    }

    private Dictionary<string, string> Environment() => new(runtime!.Variables, StringComparer.Ordinal)
    {
        ["HOME"] = home!,
        ["WINEPREFIX"] = Prefix,
        ["WINEDEBUG"] = "-all",

        // It would put the prefix into the desktop's menus.
        ["WINEDLLOVERRIDES"] = "winemenubuilder.exe=d",
        ["DISPLAY"] = string.Empty,
    };

    private void EnsureServer() => server ??= WineServer.Start(Environment());

    private void StopServer()
    {
        traces = server?.Folder ?? traces;
        server?.Dispose();
        server = null;
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

    private sealed class Stay(WineMachine machine) : IDisposable
    {
        public void Dispose() => machine.StopServer();
    }
}

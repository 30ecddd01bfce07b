using System.Reflection;

namespace MacSegmentation.Windows.Wine;

/// <summary>
/// A Windows .NET with ASP.NET Core, and a Windows PowerShell, as an installer would lay them out: links to what NuGet has restored. A runtime pack
/// has no dotnet.exe; programs find the rest by DOTNET_ROOT.
/// </summary>
internal sealed class WindowsRuntime
{
    private static readonly (string Package, string Framework)[] Packs =
    [
        ("microsoft.netcore.app.runtime.win-x64", "Microsoft.NETCore.App"),
        ("microsoft.aspnetcore.app.runtime.win-x64", "Microsoft.AspNetCore.App"),
        ("microsoft.windowsdesktop.app.runtime.win-x64", "Microsoft.WindowsDesktop.App"),
    ];

    public WindowsRuntime(string folder)
    {
        string version = Metadata("WindowsRuntimeVersion");
        string dotnet = Path.Join(folder, "dotnet");
        foreach (var (package, framework) in Packs)
        {
            string shared = Directory.CreateDirectory(Path.Join(dotnet, "shared", framework, version)).FullName;
            foreach (string part in new[] { "native", Path.Join("lib", "net10.0") })
            {
                Link(Path.Join(Package(package, version), "runtimes", "win-x64", part), shared);
            }
        }

        string resolver = Directory.CreateDirectory(Path.Join(dotnet, "host", "fxr", version)).FullName;
        File.CreateSymbolicLink(Path.Join(resolver, "hostfxr.dll"), Path.Join(Package(Packs[0].Package, version), "runtimes", "win-x64", "native", "hostfxr.dll"));

        Pester = Path.Join(Package("pester", Metadata("PesterVersion")), "tools", "Pester.psd1");
        PowerShellVersion = Metadata("PowerShellVersion");
        PowerShell = Path.Join(Package("powershell", PowerShellVersion), "tools", "net10.0", "any", "win", "pwsh.exe");
        Variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOTNET_ROOT"] = ToWindows(dotnet),

            // What runs the tests sets it for its own system, and it goes before the other.
            ["DOTNET_ROOT_X64"] = ToWindows(dotnet),
            ["DOTNET_STARTUP_HOOKS"] = ToWindows(BuiltFile("tests/Windows/StartupHook", "MacSegmentation.Windows.StartupHook.dll")),
            ["PSModulePath"] = string.Empty,
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",

            // Wine does not map a page twice, to write through one and execute the other.
            ["DOTNET_EnableWriteXorExecute"] = "0",
        };
    }

    /// <summary>pwsh.exe.</summary>
    public string PowerShell { get; }

    public string PowerShellVersion { get; }

    /// <summary>Pester's manifest.</summary>
    public string Pester { get; }

    /// <summary>What programs that use it have in their environment.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>A path as Windows programs write it: Wine has the host's root as drive Z.</summary>
    public static string ToWindows(string path) => @"Z:" + Path.GetFullPath(path).Replace('/', '\\');

    /// <summary>A file that the build of another project made, in the configuration of this one.</summary>
    public static string BuiltFile(string project, string file) =>
        Captures.RepositoryFile.Path(project, "bin", Metadata("BuildConfiguration"), "net10.0", file);

    private static string Package(string name, string version) => Path.Join(Metadata("NuGetPackageRoot"), name, version);

    private static void Link(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from))
        {
            File.CreateSymbolicLink(Path.Join(to, Path.GetFileName(file)), file);
        }
    }

    private static string Metadata(string key) => typeof(WindowsRuntime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => string.Equals(metadata.Key, key, StringComparison.Ordinal)).Value!;
}

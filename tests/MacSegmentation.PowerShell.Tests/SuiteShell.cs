namespace MacSegmentation;

/// <summary>The PowerShell and the Pester that run the suite: those that the project restores, unless others are asked for.</summary>
internal static class SuiteShell
{
    private const string ShellVariable = "MACSEG_PESTER_SHELL";
    private const string VersionVariable = "MACSEG_PESTER_VERSION";

    /// <summary>The version of the restored PowerShell.</summary>
    public static string PowerShellVersion { get; } = BuildProperty.Get("PowerShellVersion");

    /// <summary>The words that start PowerShell: the restored one, or the program that MACSEG_PESTER_SHELL names (<c>pwsh</c>: the one on the PATH).</summary>
    public static IReadOnlyList<string> Command => Environment.GetEnvironmentVariable(ShellVariable) is { Length: > 0 } asked
        ? [asked]
        : [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Path.Join(Package("powershell", PowerShellVersion), "tools", "net10.0", "any", OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll"),
        ];

    /// <summary>The manifest of the restored Pester: the first version that the build names, or that of MACSEG_PESTER_VERSION.</summary>
    /// <exception cref="InvalidOperationException">A version that is not restored is asked for.</exception>
    public static string Pester
    {
        get
        {
            string[] versions = BuildProperty.Get("PesterVersions").Split(';');
            string version = Environment.GetEnvironmentVariable(VersionVariable) is { Length: > 0 } asked ? asked : versions[0];
            return versions.Contains(version, StringComparer.Ordinal)
                ? Path.Join(Package("pester", version), "tools", "Pester.psd1")
                : throw new InvalidOperationException($"{VersionVariable} is '{version}', and only these versions are restored: {string.Join(", ", versions)}.");
        }
    }

    private static string Package(string name, string version) => Path.Join(BuildProperty.Get("PackageRoot"), name, version);
}

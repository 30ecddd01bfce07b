using System.Diagnostics;
using MacSegmentation.Errors;

namespace MacSegmentation.Providers;

/// <summary>Where the program is that a provider runs as: a process of its own, because a user's shell is not to end with it, nor to load a web server.</summary>
internal static class ProviderProgram
{
    private const string Name = "macseg";

    // What the hosts of .NET exit with: no runtime at all, and none that is new enough (docs/design/features/host-error-codes.md of dotnet/runtime).
    private const int NoHostLibrary = unchecked((int)0x80008083);
    private const int NoFramework = unchecked((int)0x80008096);
    private const int WrongUsage = 2;

    /// <summary>What the program calls its options, and the cmdlet its parameters.</summary>
    private static readonly (string Option, string Parameter)[] Names =
    [
        ("--certificate", "-Certificate"), ("--key", "-CertificateKey"), ("--client-ca", "-ClientAuthority"), ("--allow-plain-http", "-AllowPlainHttp"), ("--local", "-LocalPath"), ("--uri", "-Uri"),
    ];

    /// <summary>How to start the program, without arguments: the one beside the module, else the one on the PATH.</summary>
    /// <exception cref="MacSegmentationException">ProgramNotFound.</exception>
    public static ProcessStartInfo Find()
    {
        string folder = Path.Join(Path.GetDirectoryName(typeof(ProviderProgram).Assembly.Location) ?? string.Empty, "Host");
        string native = OperatingSystem.IsWindows() ? $"{Name}.exe" : Name;
        string assembly = Path.Join(folder, $"{Name}.dll");
        string? program = IsExecutable(Path.Join(folder, native)) ? Path.Join(folder, native)
            : File.Exists(assembly) ? OnPath(OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")
            : OnPath(native);
        if (program is null)
        {
            throw File.Exists(assembly)
                ? Missing()
                : new MacSegmentationException(
                    "ProgramNotFound",
                    MacErrorKind.NotInstalled,
                    $"The program {Name}, which a provider runs as, is neither in {folder} nor on the PATH. Install the module's package, which has it, or {Name} itself.",
                    folder);
        }

        // Ctrl+C at the prompt is for the prompt: in a session or group of its own the program does not hear of it.
        string? apart = OperatingSystem.IsWindows() ? null : OnPath("setsid");
        var start = new ProcessStartInfo(apart ?? program);
        if (OperatingSystem.IsWindows())
        {
            start.CreateNewProcessGroup = true;
        }

        if (apart is not null)
        {
            start.ArgumentList.Add(program);
        }

        if (Path.GetFileNameWithoutExtension(program) is "dotnet")
        {
            start.ArgumentList.Add(assembly);
        }

        return start;
    }

    /// <summary>What a program said that ended before it answered anybody.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="said">The lines of its standard error.</param>
    /// <param name="target">The provider.</param>
    public static MacSegmentationException ToError(int exitCode, IReadOnlyList<string> said, string target)
    {
        // A process of Unix has but eight bits to say it with.
        if (new[] { NoHostLibrary, NoFramework }.Any(code => exitCode == code || (!OperatingSystem.IsWindows() && exitCode == (code & 0xFF))))
        {
            return Missing();
        }

        if (exitCode == WrongUsage)
        {
            return new MacSegmentationException(
                "InvalidProviderArgument", MacErrorKind.InvalidArgument, ToParameters(said.Count > 0 ? said[0][Math.Min(said[0].Length, Name.Length + 2)..] : "The arguments do not go together."), target);
        }

        // That it answered is not why it ended.
        said = [.. said.Where(line => !line.StartsWith($"{Name}: Answering at ", StringComparison.Ordinal))];
        string last = said.LastOrDefault(line => line.StartsWith($"{Name}: ", StringComparison.Ordinal) && line.EndsWith(']')) ?? string.Empty;
        int idStart = last.LastIndexOf('[');
        return idStart > 0
            ? new MacSegmentationException(last[(idStart + 1)..^1], ToKind(last[(idStart + 1)..^1]), ToParameters(last[(Name.Length + 2)..idStart].TrimEnd()), target)
            : new MacSegmentationException(
                "ProviderEnded",
                MacErrorKind.InvalidOperation,
                $"The provider '{target}' ended with exit code {exitCode}{(said.Count > 0 ? $": {said[0].TrimEnd('.')}" : string.Empty)}. Start it again, or try macseg provide at a prompt of its own.",
                target);
    }

    private static string ToParameters(string sentence) => Names.Aggregate(sentence, (text, name) => text.Replace(name.Option, name.Parameter, StringComparison.Ordinal));

    /// <summary>A program says the id of its error and not its kind; the ids are named alike.</summary>
    private static MacErrorKind ToKind(string errorId) =>
        errorId.EndsWith("NotFound", StringComparison.Ordinal) ? MacErrorKind.NotFound
        : errorId.EndsWith("InUse", StringComparison.Ordinal) ? MacErrorKind.InUse
        : errorId.EndsWith("Denied", StringComparison.Ordinal) || errorId.EndsWith("Refused", StringComparison.Ordinal) ? MacErrorKind.PermissionDenied
        : errorId.EndsWith("Unavailable", StringComparison.Ordinal) || errorId.EndsWith("Busy", StringComparison.Ordinal) ? MacErrorKind.Unavailable
        : errorId.StartsWith("Invalid", StringComparison.Ordinal) || errorId.EndsWith("Wrong", StringComparison.Ordinal) ? MacErrorKind.InvalidArgument
        : MacErrorKind.InvalidOperation;

    private static MacSegmentationException Missing() => new(
        "RuntimeNotInstalled",
        MacErrorKind.NotInstalled,
        $"A provider needs the ASP.NET Core Runtime {Environment.Version.Major}.0, which PowerShell does not bring with it. Install it from https://dotnet.microsoft.com/download (Debian: aspnetcore-runtime-{Environment.Version.Major}.0).");

    private static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Join(folder, name))
        .FirstOrDefault(IsExecutable);

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None);
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MacSegmentation.Errors;

namespace MacSegmentation.Providers;

/// <summary>Where the program is that a provider runs as: a process of its own, because a user's shell is not to end with it, nor to load a web server.</summary>
internal static partial class ProviderProgram
{
    private const string Name = "macseg";

    // What the hosts of .NET exit with: no runtime at all, and none that is new enough (docs/design/features/host-error-codes.md of dotnet/runtime).
    private const int NoHostLibrary = unchecked((int)0x80008083);
    private const int NoFramework = unchecked((int)0x80008096);
    private const string WrongUsage = "WrongUsage";

    /// <summary>How to start the program, without arguments: the one beside the module, else the one on the PATH.</summary>
    /// <exception cref="MacSegmentationException">ProgramNotFound.</exception>
    public static ProcessStartInfo Find()
    {
        var command = FindCommand();

        // Ctrl+C at the prompt is for the prompt: in a session or group of its own the program does not hear of it.
        string? apart = OperatingSystem.IsWindows() ? null : OnPath("setsid");
        var start = new ProcessStartInfo(apart ?? command[0]);
        if (OperatingSystem.IsWindows())
        {
            start.CreateNewProcessGroup = true;
        }

        foreach (string word in apart is null ? command.Skip(1) : command)
        {
            start.ArgumentList.Add(word);
        }

        return start;
    }

    /// <summary>The words that start the program: itself, or dotnet and its assembly.</summary>
    /// <exception cref="MacSegmentationException">ProgramNotFound.</exception>
    public static IReadOnlyList<string> FindCommand()
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

        return Path.GetFileNameWithoutExtension(program) is "dotnet" ? [program, assembly] : [program];
    }

    /// <summary>Why a program ended that said nothing of it.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="said">What was said instead, by the runtime, or null.</param>
    /// <param name="target">The provider.</param>
    public static MacSegmentationException ToError(int exitCode, string? said, string target)
    {
        // A process of Unix has but eight bits to say it with.
        if (new[] { NoHostLibrary, NoFramework }.Any(code => exitCode == code || (!OperatingSystem.IsWindows() && exitCode == (code & 0xFF))))
        {
            return Missing();
        }

        return new MacSegmentationException(
            "ProviderEnded",
            MacErrorKind.InvalidOperation,
            $"The provider '{target}' ended with exit code {exitCode}{(said is null ? string.Empty : $": {said.TrimEnd('.')}")}. Start it again, or try macseg provide at a prompt of its own.",
            target);
    }

    /// <summary>An error that the program told of.</summary>
    /// <param name="told">What it told.</param>
    /// <param name="target">The provider.</param>
    public static MacSegmentationException ToError(JsonObject told, string target)
    {
        string errorId = (string?)told["errorId"] ?? string.Empty;
        return new MacSegmentationException(
            errorId is WrongUsage ? "InvalidProviderArgument" : errorId,
            Enum.TryParse<MacErrorKind>((string?)told["kind"], out var kind) ? kind : MacErrorKind.InvalidOperation,
            ToParameters((string?)told["message"] ?? string.Empty),
            target);
    }

    // An option and a parameter are one name in two spellings.
    private static string ToParameters(string sentence) => OptionName().Replace(sentence, option =>
    {
        string parameter = string.Concat(option.Value.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"));
        return typeof(StartMacProviderCommand).GetProperty(parameter) is null ? option.Value : $"-{parameter}";
    });

    [GeneratedRegex("--[a-z]+(-[a-z]+)*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OptionName();

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

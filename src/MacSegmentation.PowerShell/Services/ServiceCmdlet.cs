using System.Diagnostics;
using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;

namespace MacSegmentation.Services;

/// <summary>A cmdlet for macseg as a service of this host, or of another for which files are written.</summary>
public abstract class ServiceCmdlet : PSCmdlet
{
    private protected const string UnitFolder = "/etc/systemd/system";

    /// <summary>A folder in place of the host's own: files are written and read there, and no service is started or stopped.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>What runs the service: this system's, unless files are written for another.</summary>
    [Parameter]
    [Choice<MacServicePlatform>(NoneIsFirst = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<MacServicePlatform>))]
    public MacServicePlatform Platform { get; set; } = OperatingSystem.IsWindows() ? MacServicePlatform.Windows : MacServicePlatform.Linux;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Destination is null && (Platform == MacServicePlatform.Windows) != OperatingSystem.IsWindows())
        {
            Fail("ServicePlatformElsewhere", MacErrorKind.InvalidArgument, $"This host does not run services of {Platform}. Give -Destination: the file is written there, to be taken to that host.", Platform);
        }
    }

    /// <summary>The folder with the files; null on Windows without one.</summary>
    private protected string? Folder => Destination is not null ? this.ResolveFile(Destination) : Platform == MacServicePlatform.Linux ? UnitFolder : null;

    /// <summary>The services that are there.</summary>
    private protected IEnumerable<MacService> List()
    {
        if (Folder is { } folder)
        {
            string ending = Platform == MacServicePlatform.Linux ? ".service" : ".ps1";
            if (!Directory.Exists(folder))
            {
                yield break;
            }

            foreach (string path in Directory.EnumerateFiles(folder, $"{ServiceDefinition.Prefix}*{ending}").Order(StringComparer.Ordinal))
            {
                string text = File.ReadAllText(path);
                if (!ServiceDefinition.TryReadKind(text, out var kind))
                {
                    continue;
                }

                string name = Path.GetFileNameWithoutExtension(path);
                yield return new MacService
                {
                    Name = name[ServiceDefinition.Prefix.Length..],
                    Kind = kind,
                    Platform = Platform,
                    ServiceName = Platform == MacServicePlatform.Linux ? $"{name}.service" : name,
                    State = Destination is not null ? "written" : AskState($"{name}.service"),
                    Path = path,
                    Command = text.Split('\n').FirstOrDefault(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))?["ExecStart=".Length..] ?? string.Empty,
                };
            }

            yield break;
        }

        foreach (var found in InvokeCommand.InvokeScript($"Get-CimInstance Win32_Service -Filter \"Name LIKE '{ServiceDefinition.Prefix}%'\""))
        {
            string name = (string)found.Properties["Name"].Value;
            string line = (string?)found.Properties["PathName"].Value ?? string.Empty;
            yield return new MacService
            {
                Name = name[ServiceDefinition.Prefix.Length..],
                Kind = line.Contains("-- enforce", StringComparison.Ordinal) ? MacServiceKind.Enforcer : line.Contains("-- provide", StringComparison.Ordinal) ? MacServiceKind.Provider : MacServiceKind.Watch,
                Platform = MacServicePlatform.Windows,
                ServiceName = name,
                State = (string?)found.Properties["State"].Value ?? string.Empty,
                Command = line,
            };
        }
    }

    /// <summary>Runs systemctl.</summary>
    /// <returns>Its exit code and what it said.</returns>
    private protected static (int ExitCode, string Output) Systemctl(params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("systemctl", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output.Trim().Length > 0 ? output.Trim() : error.GetAwaiter().GetResult().Trim());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "systemctl is not there");
        }
    }

    /// <summary>Ends the cmdlet with an error.</summary>
    private protected void Fail(string errorId, MacErrorKind kind, string sentence, object? target) => ThrowTerminatingError(new MacSegmentationException(errorId, kind, sentence, target).ToRecord());

    private static string AskState(string unit)
    {
        var (exitCode, output) = Systemctl("is-active", unit);
        return exitCode < 0 ? "unknown" : output;
    }
}

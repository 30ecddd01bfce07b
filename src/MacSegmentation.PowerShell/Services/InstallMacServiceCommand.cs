using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Providers;
using MacSegmentation.Stores;
using MacSegmentation.Watches;

namespace MacSegmentation.Services;

/// <summary>Makes a command of macseg a service of the host: a unit of systemd, or a service of Windows, with the least rights that it needs.</summary>
[Cmdlet(VerbsLifecycle.Install, "MacService", SupportsShouldProcess = true)]
[OutputType(typeof(MacService))]
public sealed class InstallMacServiceCommand : ServiceCmdlet
{
    private const string StateFolder = "/var/lib/macseg";

    /// <summary>What the service is.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Choice<MacServiceKind>]
    [ArgumentCompleter(typeof(ChoiceCompleter<MacServiceKind>))]
    public MacServiceKind Kind { get; set; }

    /// <summary>Its name: the host knows it as macseg-NAME.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Named]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The store: a file, or a connection string without a password.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>The two adapters that an enforcer stands between.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    [ArgumentCompleter(typeof(AdapterCompleter))]
    public string[] Adapter { get; set; } = [];

    /// <summary>The ports of an enforcer that is a switch, each as macseg enforce --port takes it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string[] Port { get; set; } = [];

    /// <summary>Where a provider listens.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string[] Uri { get; set; } = [];

    /// <summary>The conditions of a watch.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WatchConditionCompleter))]
    public string[] When { get; set; } = [];

    /// <summary>Further options of the command, as macseg takes them.</summary>
    [Parameter]
    [Alias("ArgumentList")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string[] Argument { get; set; } = [];

    /// <summary>The program on the host of the service; the one of this module if not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Program { get; set; }

    /// <summary>The user that it runs as; one of its own if not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string User { get; set; } = string.Empty;

    /// <summary>What it is for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Description { get; set; }

    /// <summary>Makes the service, and does not start it.</summary>
    [Parameter]
    public SwitchParameter NoStart { get; set; }

    /// <summary>Replaces a service of this name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ServiceDefinition definition;
        try
        {
            definition = Define();
        }
        catch (MacSegmentationException error)
        {
            ThrowTerminatingError(error.ToRecord());
            return;
        }

        string serviceName = $"{ServiceDefinition.Prefix}{Name}";
        if (!Force && List().Any(service => string.Equals(service.Name, Name, StringComparison.OrdinalIgnoreCase)))
        {
            Fail("ServiceExists", MacErrorKind.AlreadyExists, $"There is a service '{Name}'. Replace it with -Force, or take another name.", Name);
        }

        if (!ShouldProcess($"Service {serviceName}: {definition.Line}", Destination is null && !NoStart ? "Install and start" : "Install"))
        {
            return;
        }

        if (Platform == MacServicePlatform.Linux)
        {
            InstallUnit(definition, $"{serviceName}.service");
        }
        else
        {
            InstallOnWindows(definition, serviceName);
        }
    }

    private void InstallUnit(ServiceDefinition definition, string unit)
    {
        string path = Path.Join(Folder, unit);
        Write(path, definition.ToUnit());
        string state = "written";
        if (Destination is null)
        {
            Require(Systemctl("daemon-reload"), unit);
            if (!NoStart)
            {
                Require(Systemctl("enable", "--now", unit), unit);
            }

            state = Systemctl("is-active", unit).Output;
        }

        WriteObject(new MacService { Name = Name, Kind = Kind, Platform = Platform, ServiceName = unit, State = state, Path = path, Command = definition.Line });
    }

    private void InstallOnWindows(ServiceDefinition definition, string serviceName)
    {
        string script = definition.ToScript(starts: !NoStart);
        string path = string.Empty;
        if (Destination is not null)
        {
            path = Path.Join(Folder, $"{serviceName}.ps1");
            Write(path, script);
        }
        else
        {
            if (Force)
            {
                string quoted = ServiceDefinition.PowerShellQuote(serviceName);
                InvokeCommand.InvokeScript($"sc.exe stop {quoted} | Out-Null; sc.exe delete {quoted} | Out-Null");
            }

            InvokeCommand.InvokeScript(script);
        }

        WriteObject(new MacService
        {
            Name = Name, Kind = Kind, Platform = Platform, ServiceName = serviceName, State = Destination is not null ? "written" : NoStart ? "Stopped" : "Running", Path = path, Command = definition.Line,
        });
    }

    private ServiceDefinition Define()
    {
        if (Name.Length > 64 || !Name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.') || !char.IsAsciiLetterOrDigit(Name[0]))
        {
            throw Invalid($"'{Name}' cannot be a service's name. Give letters, digits, '-', '_' and '.', at most 64.", Name);
        }

        bool isLinux = Platform == MacServicePlatform.Linux;
        string store = Store ?? (isLinux ? $"{StateFolder}/store.db" : throw Invalid("Name the store with -Store: a service of Windows has no home in which a default one would lie.", Name));
        bool isServer = MacStoreOptions.IsConnectionString(store);
        if (isServer && (store.Contains("password=", StringComparison.OrdinalIgnoreCase) || store.Contains("pwd=", StringComparison.OrdinalIgnoreCase) || System.Uri.TryCreate(store, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':')))
        {
            throw new MacSegmentationException(
                "ServiceSecret", MacErrorKind.InvalidArgument, "Every user of the host can read what a service is started by: leave the password out of -Store, and put it into a password file (PGPASSFILE) that only the service's user may read.", Name);
        }

        if (!isServer && Store is not null)
        {
            store = IsFullPath(store) ? store : Destination is null ? this.ResolveFile(store) : throw Invalid($"'{store}' is no full path: a service runs in a folder of its own. Give the whole path on its host.", store);
        }

        RequireOptions();
        string[] all = [.. Port, .. Uri, .. When, .. Argument, .. Adapter, store, User, Description ?? string.Empty];
        if (all.Any(text => text.Any(char.IsControl)))
        {
            throw Invalid("What a service is started by stands in one line: leave out line ends and other control characters.", Name);
        }

        string? folder = isServer ? null : Path.GetDirectoryName(store.Replace('\\', '/'));
        return new ServiceDefinition(Name, Kind, Program is null ? ProviderProgram.FindCommand() : [Program], [.. ListArguments(store)])
        {
            Description = Description ?? $"MacSegmentation {Kind} {Name}",
            User = User,
            StoreFolder = folder is null or StateFolder || folder.StartsWith($"{StateFolder}/", StringComparison.Ordinal) ? string.Empty : folder,
            HasLowPort = Uri.Any(text => System.Uri.TryCreate(text, UriKind.Absolute, out var place) && place.Port is > 0 and < 1024) || Argument.Any(word => word.StartsWith("--dhcpv6", StringComparison.Ordinal)),
        };
    }

    /// <summary>What belongs to one kind of service is not given to another, and what it cannot do without is there.</summary>
    private void RequireOptions()
    {
        foreach (var (name, given, kind) in new[]
        {
            (nameof(Adapter), Adapter.Length, MacServiceKind.Enforcer), (nameof(Port), Port.Length, MacServiceKind.Enforcer), (nameof(Uri), Uri.Length, MacServiceKind.Provider), (nameof(When), When.Length, MacServiceKind.Watch),
        })
        {
            if (given > 0 && kind != Kind)
            {
                throw Invalid($"-{name} is for a service of kind {kind}. Leave it out.", Name);
            }
        }

        if (Kind == MacServiceKind.Watch)
        {
            if (When.Length == 0)
            {
                throw Invalid("A watch has a condition: give -When, such as 'PoolUse > 80%'.", Name);
            }

            foreach (string condition in When)
            {
                WatchCondition.Parse(condition);
            }
        }
        else if (Kind == MacServiceKind.Provider ? Uri.Length == 0 && !Argument.Contains("--uri", StringComparer.Ordinal) : Adapter.Length == 0 && Port.Length == 0 && !Argument.Any(word => word.StartsWith("--", StringComparison.Ordinal)))
        {
            throw Invalid(Kind == MacServiceKind.Provider ? "A provider listens somewhere: give -Uri, such as https://10.0.0.1:8443." : "An enforcer stands between adapters: give -Adapter with two, or -Port.", Name);
        }

        if (Adapter.Length > 0 && Port.Length > 0)
        {
            throw Invalid("An enforcer stands between two adapters, or is a switch with ports: give -Adapter or -Port.", Name);
        }
    }

    private IEnumerable<string> ListArguments(string store)
    {
        yield return Kind switch
        {
            MacServiceKind.Enforcer => "enforce",
            MacServiceKind.Provider => "provide",
            _ => "watch",
        };
        yield return "--store";
        yield return store;
        foreach (var (option, values) in new[] { ("--adapter", Adapter), ("--port", Port), ("--uri", Uri), ("--when", When) })
        {
            foreach (string value in values)
            {
                yield return option;
                yield return value;
            }
        }

        if (Kind == MacServiceKind.Watch && !Argument.Contains("--name", StringComparer.Ordinal))
        {
            yield return "--name";
            yield return Name;
        }

        foreach (string word in Argument)
        {
            yield return word;
        }
    }

    /// <summary>A full path of the service's host, which may be another one.</summary>
    private bool IsFullPath(string path) => Platform == MacServicePlatform.Linux
        ? path.StartsWith('/')
        : path.StartsWith("\\\\", StringComparison.Ordinal) || (path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] is '\\' or '/');

    private void Write(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(
                "ServiceNotWritten",
                error is UnauthorizedAccessException ? MacErrorKind.PermissionDenied : MacErrorKind.Unavailable,
                $"{path} cannot be written: {error.Message.TrimEnd('.')}. Run this as root, or give -Destination with a folder of yours.",
                path);
        }
    }

    private void Require((int ExitCode, string Output) done, string unit)
    {
        if (done.ExitCode != 0)
        {
            Fail("ServiceNotStarted", MacErrorKind.InvalidOperation, $"The unit {unit} is written, but systemd did not take it: {done.Output.ReplaceLineEndings(" ").TrimEnd('.')}. See: journalctl -u {unit}", unit);
        }
    }

    private static MacSegmentationException Invalid(string sentence, object target) => new("InvalidService", MacErrorKind.InvalidArgument, sentence, target);
}

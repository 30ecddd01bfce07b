using System.Text;

namespace MacSegmentation.Services;

/// <summary>A service as it is to be: what is written of it for systemd, and for Windows.</summary>
/// <param name="Name">Its name, without the prefix.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Program">The words that start macseg.</param>
/// <param name="Arguments">The command's arguments: its name first.</param>
internal sealed record ServiceDefinition(string Name, MacServiceKind Kind, IReadOnlyList<string> Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Stands before the names of all our services.</summary>
    public const string Prefix = "macseg-";

    /// <summary>The key of a unit, which systemd passes over, and of a script's comment: what the service is.</summary>
    public const string KindKey = "X-MacSegmentation-Kind";

    /// <summary>What it is for, in a line.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The user that it runs as; empty for one that exists as long as services of ours run.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>The folder of the store, if it is a file outside of the state's own folder.</summary>
    public string StoreFolder { get; init; } = string.Empty;

    /// <summary>True if it listens at a port below 1024.</summary>
    public bool HasLowPort { get; init; }

    /// <summary>The line that it runs, for a reader.</summary>
    public string Line => string.Join(' ', Program.Concat(Arguments).Select(word => word.Length > 0 && !word.Any(char.IsWhiteSpace) ? word : $"'{word}'"));

    /// <summary>The unit, which systemd.service(5) and systemd.exec(5) describe.</summary>
    public string ToUnit()
    {
        string capabilities = Kind switch
        {
            MacServiceKind.Enforcer => "CAP_NET_RAW CAP_NET_ADMIN",
            MacServiceKind.Provider when HasLowPort => "CAP_NET_BIND_SERVICE",
            _ => string.Empty,
        };
        var unit = new StringBuilder();
        void Add(string line) => unit.Append(line).Append('\n');
        Add("# Made by Install-MacService. Uninstall-MacService takes it away; a change of yours belongs into a drop-in (systemctl edit).");
        Add("[Unit]");
        Add($"Description={Escape(Description)}");
        Add("Wants=network-online.target");
        Add("After=network-online.target postgresql.service");
        Add($"{KindKey}={Kind}");
        Add(string.Empty);
        Add("[Service]");
        Add("Type=notify");
        Add("NotifyAccess=main");
        Add($"ExecStart={string.Join(' ', Program.Concat(Arguments).Select(Quote))}");
        Add("Restart=on-failure");
        Add("RestartSec=1s");
        Add("RestartPreventExitStatus=2");
        Add("WatchdogSec=30s");
        Add("TimeoutStopSec=30s");
        Add(User.Length == 0 ? "DynamicUser=yes\nUser=macseg" : $"User={Escape(User)}");
        Add("StateDirectory=macseg");
        Add("StateDirectoryMode=0750");
        Add("RuntimeDirectory=macseg");
        Add("RuntimeDirectoryPreserve=yes");
        Add("WorkingDirectory=/var/lib/macseg");
        Add("Environment=XDG_RUNTIME_DIR=/run/macseg DOTNET_EnableDiagnostics=0");
        Add($"CapabilityBoundingSet={capabilities}");
        Add($"AmbientCapabilities={capabilities}");
        Add("NoNewPrivileges=yes");
        Add("ProtectSystem=strict");
        Add("ProtectHome=read-only");
        if (StoreFolder.Length > 0)
        {
            Add($"ReadWritePaths={Quote(StoreFolder)}");
        }

        Add("PrivateTmp=yes");
        Add("ProtectClock=yes");
        Add("ProtectHostname=yes");
        Add("ProtectKernelLogs=yes");
        Add("ProtectKernelModules=yes");
        Add("ProtectControlGroups=yes");
        Add("ProtectProc=invisible");
        Add("RestrictNamespaces=yes");
        Add("RestrictSUIDSGID=yes");
        Add("LockPersonality=yes");
        Add("SystemCallArchitectures=native");
        Add("UMask=0027");
        if (Kind == MacServiceKind.Enforcer)
        {
            Add("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_PACKET AF_NETLINK");
            Add("DevicePolicy=closed");
            Add("DeviceAllow=/dev/net/tun rw");
            Add("LimitNICE=-10");
        }
        else
        {
            Add("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6");
            Add("PrivateDevices=yes");
        }

        Add(string.Empty);
        Add("[Install]");
        Add("WantedBy=multi-user.target");
        return unit.ToString();
    }

    /// <summary>The script that makes the service on Windows, by sc.exe.</summary>
    public string ToScript(bool starts)
    {
        string name = PowerShellQuote($"{Prefix}{Name}");
        string account = User.Length == 0 ? $"NT SERVICE\\{Prefix}{Name}" : User;
        string path = string.Join(' ', ((string[])[.. Program, "service", "run", $"{Prefix}{Name}", "--", .. Arguments]).Select(WindowsQuote));
        string[] lines =
        [
            $"# Made by Install-MacService. {KindKey}={Kind}",
            "$ErrorActionPreference = 'Stop'",
            "$PSNativeCommandUseErrorActionPreference = $true",
            $"sc.exe create {name} binPath= {PowerShellQuote(path)} start= delayed-auto obj= {PowerShellQuote(account)} DisplayName= {PowerShellQuote($"MacSegmentation {Kind} {Name}")}",
            $"sc.exe description {name} {PowerShellQuote(Description)}",
            $"sc.exe failure {name} reset= 86400 actions= restart/1000/restart/5000/restart/30000",
            $"sc.exe failureflag {name} 1",
            $"sc.exe sidtype {name} unrestricted",
            $"sc.exe privs {name} SeChangeNotifyPrivilege",
            .. Arguments.Contains("--event-log", StringComparer.Ordinal)
                ? ["if (-not [System.Diagnostics.EventLog]::SourceExists('MacSegmentation')) { [System.Diagnostics.EventLog]::CreateEventSource('MacSegmentation', 'Application') }"]
                : (string[])[],
            .. starts ? [$"sc.exe start {name}"] : (string[])[],
        ];
        return string.Join('\n', lines) + '\n';
    }

    /// <summary>A text of PowerShell.</summary>
    public static string PowerShellQuote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A word of a command line of Windows, as CommandLineToArgvW takes it apart: in quotes if it has to be, with the backslashes before a quote doubled.</summary>
    public static string WindowsQuote(string word)
    {
        if (word.Length > 0 && !word.Any(sign => sign is ' ' or '\t' or '"'))
        {
            return word;
        }

        var quoted = new StringBuilder("\"");
        int strokes = 0;
        foreach (char sign in word)
        {
            if (sign == '\\')
            {
                strokes++;
                continue;
            }

            quoted.Append('\\', sign == '"' ? (strokes * 2) + 1 : strokes).Append(sign);
            strokes = 0;
        }

        return quoted.Append('\\', strokes * 2).Append('"').ToString();
    }

    /// <summary>A word of ExecStart (systemd.service(5), "Command lines"): quoted, and with what systemd would put something in place of doubled.</summary>
    private static string Quote(string word)
    {
        string plain = word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return word.Length > 0 && word.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '/' or '.' or ',' or ':' or '=' or '@') ? word : $"\"{plain}\"";
    }

    private static string Escape(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>True if a text is a file of ours, and of which kind.</summary>
    public static bool TryReadKind(string text, out MacServiceKind kind)
    {
        int place = text.IndexOf($"{KindKey}=", StringComparison.Ordinal);
        kind = default;
        return place >= 0 && Enum.TryParse(new string([.. text[(place + KindKey.Length + 1)..].TakeWhile(char.IsAsciiLetter)]), out kind);
    }
}

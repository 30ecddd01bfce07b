using System.CommandLine;
using System.CommandLine.Parsing;
using MacSegmentation.Errors;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.Watches;
using MacSegmentation.Watching;

namespace MacSegmentation.Commands;

/// <summary>macseg watch: tells a webhook, syslog or the event log when conditions about a store become true.</summary>
internal sealed class WatchCommand
{
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StoreRetryTime = TimeSpan.FromMilliseconds(500);

    private readonly Terminal terminal;
    private readonly Option<string> store = StoreAccess.Option("The store that is watched. It must exist; what waits for delivery is kept in it.");
    private readonly Option<string[]> when = new("--when")
    {
        Description = $"A condition, such as 'PoolUse > 80%' or 'Denials > 100 within 1s'; told once when it becomes true. May be given several times. It may ask about {string.Join(", ", WatchMetrics.All.Select(metric => metric.Name))}.",
        HelpName = "CONDITION",
        Required = true,
    };

    private readonly Option<string> name = new("--name") { Description = "The watch: of several processes that watch by one name, one delivers.", HelpName = "NAME", DefaultValueFactory = _ => "watch" };
    private readonly Option<string> webhook = new("--webhook") { Description = "Post each event as JSON, signed with the secret.", HelpName = "URL" };
    private readonly Option<string> secretFile = new("--secret-file") { Description = "The file of the webhook's secret.", HelpName = "FILE" };
    private readonly Option<string> syslog = new("--syslog") { Description = "Send each event to syslog: udp://host:514, tcp://host:601 or unix:///dev/log.", HelpName = "URI" };
    private readonly Option<bool> eventLog = new("--event-log") { Description = "Write each event to the Windows event log." };
    private readonly Option<bool> json = OutputFormat.Option();

    private WatchCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var parts = new WatchCommand(terminal);
        parts.store.DefaultValueFactory = _ => Environment.GetEnvironmentVariable(StoreAccess.Variable) ?? string.Empty;
        var command = new Command("watch", "Tells when conditions about a store become true: to a webhook, syslog, the Windows event log, or standard output. At least once each, until Ctrl+C.")
        {
            parts.store, parts.when, parts.name, parts.webhook, parts.secretFile, parts.syslog, parts.eventLog, parts.json,
        };
        command.Validators.Add(parts.Validate);
        command.SetAction(parts.Watch);
        return command;
    }

    private void Validate(CommandResult given)
    {
        bool Has(Option option) => given.GetResult(option) is { Implicit: false };
        if (!Has(store) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(StoreAccess.Variable)))
        {
            given.AddError($"Name the store with --store STORE, or in the environment variable {StoreAccess.Variable}.");
        }

        if ((Has(webhook) ? 1 : 0) + (Has(syslog) ? 1 : 0) + (Has(eventLog) ? 1 : 0) > 1)
        {
            given.AddError("Events go to one receiver: give one of --webhook, --syslog and --event-log, and watch by another --name for another receiver.");
        }

        if (Has(webhook) != Has(secretFile))
        {
            given.AddError("A webhook's events are signed: give --webhook URL and --secret-file FILE together.");
        }
    }

    private int Watch(ParseResult given)
    {
        WatchCondition[] conditions = [.. given.GetRequiredValue(when).Select(WatchCondition.Parse)];
        string watch = given.GetRequiredValue(name);
        if (watch.Length is 0 or > 64 || watch.Any(char.IsControl))
        {
            throw new MacSegmentationException("InvalidWatchName", MacErrorKind.InvalidArgument, "The name of a watch has 1 to 64 characters.", watch);
        }

        using var sink = CreateSink(given);
        using var opened = StoreAccess.OpenExisting(given.GetRequiredValue(store), StoreTimeout, StoreRetryTime);
        if (opened.Info.IsReadOnly)
        {
            throw new MacSegmentationException("StoreReadOnly", MacErrorKind.PermissionDenied, "What waits for delivery is kept in the store, and this one may only be read.", opened.Info.Path);
        }

        new WatchRun(opened, watch, conditions, sink, terminal, TimeProvider.System).RunAsync().GetAwaiter().GetResult();
        return 0;
    }

    private IEventSink CreateSink(ParseResult given)
    {
        if (given.GetValue(webhook) is { } url)
        {
            return new WebhookSink(WebhookSink.ReadUrl(url), WebhookSink.ReadSecret(given.GetRequiredValue(secretFile)), TimeProvider.System);
        }

        if (given.GetValue(syslog) is { } target)
        {
            return new SyslogSink(SyslogSink.ReadTarget(target));
        }

        if (!given.GetValue(eventLog))
        {
            return new OutputSink(terminal, given.GetValue(json));
        }

        return OperatingSystem.IsWindows()
            ? new EventLogSink()
            : throw new MacSegmentationException("EventLogMissing", MacErrorKind.NotInstalled, "The event log is Windows'. On this system give --syslog unix:///dev/log.");
    }
}

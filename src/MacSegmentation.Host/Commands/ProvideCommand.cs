using System.CommandLine;
using System.CommandLine.Parsing;
using MacSegmentation.BlockProtocol;
using MacSegmentation.Options;
using MacSegmentation.Output;
using MacSegmentation.ProviderRuntime;
using MacSegmentation.Provision;
using MacSegmentation.Stores;

namespace MacSegmentation.Commands;

/// <summary>macseg provide: answers devices with their addresses and enforcement points with policies, over HTTPS, until it is stopped.</summary>
internal sealed class ProvideCommand
{
    /// <summary>How long a request waits for other writers of the shared store before the provider goes on alone.</summary>
    private static readonly TimeSpan CentralStoreTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The longest that a call to the shared store may take in all, whatever it waits for: octets that do not come end no wait of themselves.</summary>
    private static readonly TimeSpan CentralStoreDeadline = TimeSpan.FromSeconds(2.5);

    // Devices wait for it, and the provider can go on alone.
    private static readonly TimeSpan CentralStoreRetryTime = TimeSpan.FromMilliseconds(500);

    private readonly Terminal terminal;
    private readonly Option<string> store = StoreAccess.Option("The shared store that has the VLANs and the clients. It must exist.");
    private readonly Option<string> name = new("--name") { Description = "The provider, of those in the shared store, that answers from blocks of its own.", HelpName = "PROVIDER" };
    private readonly Option<string> local = new("--local-path", "--local") { Description = "The provider's own store; it is created on first use.", HelpName = "FILE.db" };
    private readonly Option<string[]> uri = new("--uri")
    {
        Description = "Where to listen: https, an IP address of this host, a port; 0 takes a free one. May be given several times.",
        HelpName = "URI",
        Required = true,
    };

    private readonly Option<string> certificate = new("--certificate")
    {
        Description = $"The service's certificate with its chain: PKCS #12 or PEM. A password is taken from {ServiceCertificate.PasswordVariable}.",
        HelpName = "FILE",
    };

    private readonly Option<string> key = new("--certificate-key", "--key") { Description = "The certificate's key, if it is not in its file: PEM.", HelpName = "FILE.pem" };
    private readonly Option<string> clientAuthority = new("--client-authority", "--client-ca")
    {
        Description = "Ask clients, besides their token, for a certificate that these authorities stand for.",
        HelpName = "FILE.pem",
    };

    private readonly Option<bool> allowPlain = new("--allow-plain-http") { Description = "Allow http at the loopback, for a proxy on this host." };
    private readonly Option<int> rate = Limit("--rate-limit", "Requests a second of one client; any number if not given.", 0);
    private readonly Option<int> concurrent = Limit("--request-limit", "Requests that are answered at once.", new ServiceLimits().Concurrent);
    private readonly Option<int> connections = Limit("--connection-limit", "Connections that are open at once.", new ServiceLimits().Connections);
    private readonly Dhcpv6Options dhcpv6 = new();
    private readonly Option<bool> stopOnInputEnd = new("--stop-on-stdin-end")
    {
        Description = "Stop when standard input ends, so as not to outlive the program that started it. A line 'status' asks for the status.",
    };

    private readonly Option<string> accessLog = new("--access-log")
    {
        Description = "Write a line of JSON for each request: who asked for what, what came of it, and how long it took. Appended to the file; - for standard output.",
        HelpName = "FILE|-",
    };

    private readonly Option<bool> json = OutputFormat.Option();

    private ProvideCommand(Terminal terminal) => this.terminal = terminal;

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var parts = new ProvideCommand(terminal);
        var command = new Command("provide", "Answers devices with their addresses, the same for the same handle, and enforcement points with policies, over HTTPS until Ctrl+C.");
        foreach (var option in (Option[])[
            parts.store, parts.name, parts.local, parts.uri, parts.certificate, parts.key, parts.clientAuthority, parts.allowPlain, parts.rate, parts.concurrent, parts.connections, .. parts.dhcpv6.All, parts.accessLog, parts.stopOnInputEnd, parts.json])
        {
            command.Add(option);
        }

        command.Validators.Add(parts.Validate);
        command.SetAction(parts.Provide);
        return command;
    }

    private static Option<int> Limit(string name, string description, int usual) => new(name) { Description = description, HelpName = "NUMBER", DefaultValueFactory = _ => usual };

    private void Validate(CommandResult given)
    {
        bool Has(Option option) => given.GetResult(option) is { Implicit: false };
        string? Text(Option option) => given.GetResult(option) is { Tokens: [var first, ..] } ? first.Value : null;
        bool isSecure = given.GetResult(uri)?.Tokens.Any(token => token.Value.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) == true;
        if (!Has(store) && MacStoreOptions.DefaultPlace is null)
        {
            given.AddError($"Name the shared store with --store STORE, or in the environment variable {StoreAccess.Variable}.");
        }

        if (isSecure && !Has(certificate))
        {
            given.AddError("https needs --certificate FILE.");
        }
        else if (!isSecure && Has(certificate))
        {
            given.AddError("--certificate is for https.");
        }

        if (Has(name) != Has(local))
        {
            given.AddError("A provider has a --name PROVIDER and a store of its own, --local-path FILE.db: give both, or neither to answer from the shared store itself.");
        }
        else if (Has(local) && string.Equals(Text(local), Text(store) ?? MacStoreOptions.DefaultPlace, StringComparison.Ordinal))
        {
            given.AddError("--local-path is the provider's own store, and not the shared one.");
        }

        if (!Has(certificate) && (Has(key) || Has(clientAuthority)))
        {
            given.AddError($"{(Has(key) ? "--certificate-key" : "--client-authority")} goes with --certificate.");
        }

        dhcpv6.Validate(given);
        foreach (var (limit, least) in new[] { (rate, 0), (concurrent, 1), (connections, 1), (dhcpv6.Rate, 1) })
        {
            if (Has(limit) && (!int.TryParse(Text(limit), out int number) || number < least || number > 1_000_000))
            {
                given.AddError($"{limit.Name} is a number from {least} to 1000000.");
            }
        }
    }

    private int Provide(ParseResult given)
    {
        var settings = new ServiceSettings
        {
            Addresses = [.. given.GetRequiredValue(uri).Select(text => ServiceAddress.Parse(text, given.GetValue(allowPlain)))],
            Certificate = given.GetValue(certificate) is { } path
                ? ServiceCertificate.Read(path, given.GetValue(key), Environment.GetEnvironmentVariable(ServiceCertificate.PasswordVariable))
                : [],
            ClientAuthorities = given.GetValue(clientAuthority) is { } authorities ? ServiceCertificate.ReadAuthorities(authorities) : [],
            Limits = new ServiceLimits { Rate = given.GetValue(rate), Concurrent = given.GetValue(concurrent), Connections = given.GetValue(connections) },
        };
        var report = new ServiceReport(terminal, given.GetValue(json), settings.Time);
        if (given.GetValue(certificate) is { } file)
        {
            if (CertificateRules.Check(settings.Certificate[0], file, settings.Time.GetUtcNow()) is { } warning)
            {
                terminal.Warn(warning);
            }

            settings = settings with
            {
                CertificateFiles = CertificateSource.OfFiles(file, given.GetValue(key), Environment.GetEnvironmentVariable(ServiceCertificate.PasswordVariable), settings.Time),
            };
        }

        if (given.GetValue(name) is { } provider)
        {
            ProvideAlone(given, settings, report, provider);
        }
        else
        {
            using var opened = StoreAccess.OpenExisting(StoreAccess.PlaceOf(given, store));
            using var service = new StoreHandleService(opened);

            // A store of its own: what enforcement points read keeps no device waiting.
            using var feed = new EnforcementFeed(() => StoreAccess.OpenExisting(StoreAccess.PlaceOf(given, store)), settings.Time);
            using var desk = new FeedbackDesk(() => StoreAccess.OpenExisting(StoreAccess.PlaceOf(given, store)), settings.Time);
            Run(given, settings, report, service, feed, desk, opened);
        }

        return 0;
    }

    /// <summary>Answers from the provider's own store, whether or not the shared one can be reached.</summary>
    private void ProvideAlone(ParseResult given, ServiceSettings settings, ServiceReport report, string provider)
    {
        string shared = StoreAccess.PlaceOf(given, store);
        using var home = StoreAccess.Open(given.GetRequiredValue(local));
        using var homeLock = ReplicaLock.Take(home.Info, provider);
        using var engine = new ProviderEngine(new ProviderEngineOptions
        {
            Name = provider,
            Home = home,
            OpenCentralStore = () => StoreAccess.OpenExisting(shared, CentralStoreTimeout, CentralStoreRetryTime),
            Uri = settings.Addresses[0].Announcement,
            CentralStoreDeadline = CentralStoreDeadline,
            TimeProvider = settings.Time,
        });
        engine.Happened += (_, happened) => report.Tell(happened);
        ServiceServer.RequireFree(settings);
        engine.Start();

        // Partitions are in the shared store only; while that is out of reach, enforcement points go on with what they have.
        using var feed = new EnforcementFeed(() => StoreAccess.OpenExisting(shared, CentralStoreTimeout, CentralStoreRetryTime), settings.Time);
        using var desk = new FeedbackDesk(() => StoreAccess.OpenExisting(shared, CentralStoreTimeout, CentralStoreRetryTime), settings.Time);
        Run(given, settings, report, engine, feed, desk, home);
    }

    private void Run(ParseResult given, ServiceSettings settings, ServiceReport report, IHandleService service, EnforcementFeed feed, FeedbackDesk desk, IMacStore answering) =>
        RunAsync(given, settings, report, service, feed, desk, answering).GetAwaiter().GetResult();

    private async Task RunAsync(ParseResult given, ServiceSettings settings, ServiceReport report, IHandleService service, EnforcementFeed feed, FeedbackDesk desk, IMacStore answering)
    {
        await using var log = given.GetValue(accessLog) is { } file ? AccessLog.Open(file, terminal.Output) : null;
        await new ProvideRun(terminal, report).RunAsync(
            settings with { AccessLog = log }, service, feed, desk, given.GetValue(stopOnInputEnd) ? Terminal.Input : null, dhcpv6.Read(given, answering, settings.Time));
    }
}

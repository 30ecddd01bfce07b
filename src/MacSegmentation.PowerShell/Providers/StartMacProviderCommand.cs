using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Security;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Jobs;
using MacSegmentation.Stores;

namespace MacSegmentation.Providers;

/// <summary>Starts a provider as a background job: a process of its own that answers devices over HTTPS.</summary>
[Cmdlet(VerbsLifecycle.Start, "MacProvider", SupportsShouldProcess = true)]
[OutputType(typeof(MacProviderJob))]
public sealed class StartMacProviderCommand : StoreCmdlet
{
    // The names by which the program knows them; a command line is seen by every user of the host.
    private const string StoreVariable = "MACSEG_STORE";
    private const string PasswordVariable = "MACSEG_CERTIFICATE_PASSWORD";

    /// <summary>The provider.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ProviderName]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>Where to listen: https, an address of this host, a port.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public Uri[] Uri { get; set; } = [];

    /// <summary>The provider's own store, created on first use; none for one of the user's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LocalPath { get; set; }

    /// <summary>The file of the service's certificate, with its chain: PKCS #12 or PEM.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Certificate { get; set; }

    /// <summary>The file of the certificate's key, if it is not in the certificate's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateKey { get; set; }

    /// <summary>The password of the certificate's file, or of its key's.</summary>
    [Parameter]
    [Token]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The file of the authorities that clients' certificates are to be from.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientAuthority { get; set; }

    /// <summary>Requests a second of one client at most; none for any number.</summary>
    [Parameter]
    [WholeNumber]
    [ValidateRange(1, 1_000_000)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? RateLimit { get; set; }

    /// <summary>Allows http at the loopback.</summary>
    [Parameter]
    public SwitchParameter AllowPlainHttp { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Read(
            store =>
            {
                SharedStore.Require(store);
                return ProviderCatalog.Get(store, Name);
            },
            provider =>
            {
                try
                {
                    Start(provider.Name);
                }
                catch (MacSegmentationException error)
                {
                    Write(error);
                }
            });
    }

    private void Start(string provider)
    {
        if (Certificate is null && Uri.Any(uri => uri.OriginalString.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
        {
            throw new MacSegmentationException(
                "CertificateRequired", MacErrorKind.InvalidArgument, "https needs a certificate by which the service proves who it is. Give its file, PKCS #12 or PEM, with -Certificate.", provider);
        }

        string localPath = LocalPath is null ? DefaultPath(provider) : this.ResolveFile(LocalPath);
        var start = ProviderProgram.Find();
        Fill(start, provider, localPath);
        if (!ShouldProcess($"Provider '{provider}'", $"Start at {string.Join(", ", Uri.AsEnumerable())}"))
        {
            return;
        }

        string command = MyInvocation.Line.Trim();
        var job = Await(
            () =>
            {
                var started = new MacProviderJob(ProviderProcess.Start(provider, start), provider, localPath, command);
                try
                {
                    started.WaitUntilListening();
                    return started;
                }
                catch
                {
                    started.Dispose();
                    throw;
                }
            },
            "Starting a provider",
            late => late.Dispose(),
            place: provider);
        JobRepository.Add(job);
        SessionJobs.Add(job, OwnRunspace);
        WriteVerbose($"Started the provider '{provider}' at {job.Location}, as process {job.ProcessId}.");
        WriteObject(job);
    }

    private void Fill(ProcessStartInfo start, string provider, string localPath)
    {
        var arguments = start.ArgumentList;
        arguments.Add("provide");
        if (SessionStore.Options.ConnectionString is { } connectionString)
        {
            start.Environment[StoreVariable] = connectionString;
            if (SessionStore.Options.Credential is { } credential)
            {
                start.Environment["PGUSER"] = credential.UserName;
                start.Environment["PGPASSWORD"] = credential.Password;
            }
        }
        else
        {
            Add("--store", Store.Info.Path);
        }

        Add("--name", provider);
        Add("--local-path", localPath);
        foreach (var uri in Uri)
        {
            Add("--uri", uri.OriginalString);
        }

        Add("--certificate", Certificate is null ? null : this.ResolveFile(Certificate));
        Add("--certificate-key", CertificateKey is null ? null : this.ResolveFile(CertificateKey));
        Add("--client-authority", ClientAuthority is null ? null : this.ResolveFile(ClientAuthority));
        Add("--rate-limit", RateLimit?.ToString(CultureInfo.InvariantCulture));
        if (CertificatePassword is not null)
        {
            start.Environment[PasswordVariable] = new NetworkCredential(string.Empty, CertificatePassword).Password;
        }

        if (AllowPlainHttp)
        {
            arguments.Add("--allow-plain-http");
        }

        arguments.Add("--json");
        arguments.Add("--stop-on-stdin-end");

        void Add(string option, string? value)
        {
            if (value is not null)
            {
                arguments.Add(option);
                arguments.Add(value);
            }
        }
    }

    /// <summary>A provider's own store where none is named: beside the user's own, by the provider's name.</summary>
    private static string DefaultPath(string provider) =>
        Path.Join(Path.GetDirectoryName(MacStoreOptions.DefaultPath), "providers", $"{System.Uri.EscapeDataString(provider.ToLowerInvariant())}.db");
}

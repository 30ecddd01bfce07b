using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;

namespace MacSegmentation.Handles;

/// <summary>A cmdlet that a device's owner uses: on the session's store, or against a provider service.</summary>
/// <typeparam name="TItem">What a record asks for.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
public abstract class HandleServiceCmdlet<TItem, TResult> : HandleCmdlet<TItem, TResult>
{
    private protected const string StoreSet = "Store";
    private protected const string ServiceSet = "Service";

    private ProviderServiceClient? service;

    /// <summary>Where the provider service is; of several, the next is asked where one cannot be reached.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServiceSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public Uri[] Uri { get; set; } = [];

    /// <summary>The client's bearer token, as New-MacProviderClient showed it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServiceSet)]
    [Token]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public SecureString Token { get; set; } = new();

    /// <summary>The client's certificate with its key, where the service wants one.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Takes any certificate of the service. Whoever is on the way can then read the token.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ParameterSetName is ServiceSet)
        {
            if (!string.IsNullOrWhiteSpace(Reason))
            {
                WriteWarning("A provider service takes no reason: -Reason is for changes of the session's store.");
            }

            service = Required(() => new ProviderServiceClient(Uri, Token, Certificate, SkipCertificateCheck, TimeProvider.System));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            service?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Asks the service; an error is written for the present record, and what <paramref name="write"/> gets is the answer.</summary>
    private protected void Ask<T>(Func<ProviderServiceClient, CancellationToken, Task<T>> question, Action<T> write)
    {
        T answer;
        var asked = service!;
        var token = StopToken;
        try
        {
            answer = Await(() => question(asked, token).GetAwaiter().GetResult(), "Asking the provider service", place: string.Join(", ", Uri.AsEnumerable()));
        }
        catch (MacSegmentationException error)
        {
            Write(error);
            return;
        }

        write(answer);
    }
}

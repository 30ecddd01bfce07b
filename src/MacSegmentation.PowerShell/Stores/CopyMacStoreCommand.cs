using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Loading;

namespace MacSegmentation.Stores;

/// <summary>Copies a store whole to a place where there is none yet, from a file or a server to either.</summary>
[Cmdlet(VerbsCommon.Copy, "MacStore", SupportsShouldProcess = true, DefaultParameterSetName = FileSet)]
[OutputType(typeof(MacStoreCopy))]
public sealed class CopyMacStoreCommand : StoreCmdlet
{
    private const string FileSet = "DestinationPath";
    private const string ServerSet = "DestinationServer";

    private readonly StoreWork work = new();

    /// <summary>The source's file; without it and a connection string, the store that the session is connected to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The source on a PostgreSQL server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? ConnectionString { get; set; }

    /// <summary>The user and password for the source's server.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public PSCredential? Credential { get; set; }

    /// <summary>The copy's file.</summary>
    [Parameter(ParameterSetName = FileSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? DestinationPath { get; set; }

    /// <summary>The database of a PostgreSQL server that gets the copy.</summary>
    [Parameter(ParameterSetName = ServerSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? DestinationConnectionString { get; set; }

    /// <summary>The user and password for the copy's server.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [Credential]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public PSCredential? DestinationCredential { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(Required(Copy), enumerateCollection: true);

    private MacStoreCopy[] Copy()
    {
        var source = Source();
        var destination = DestinationConnectionString is null
            ? new MacStoreOptions { Path = this.ResolveFile(DestinationPath!) }
            : new MacStoreOptions { ConnectionString = DestinationConnectionString, Credential = DestinationCredential?.GetNetworkCredential() };
        if (!ShouldProcess($"{destination}", $"Copy all of {source}"))
        {
            return [];
        }

        WriteVerbose($"Copying {source} to {destination}.");
        var token = StopToken;
        return [Await(() => DependencyContext.Stores.Copy(source, destination, work.Report, token), "Copying a store", describe: work.Describe)];
    }

    private MacStoreOptions Source()
    {
        if (Path is not null && ConnectionString is not null)
        {
            throw new MacSegmentationException(
                "StoreSourceAmbiguous", MacErrorKind.InvalidArgument, "A store has a path or a connection string, not both. Give one of -Path and -ConnectionString.", Path);
        }

        return Path is not null ? new MacStoreOptions { Path = this.ResolveFile(Path) }
            : ConnectionString is not null ? new MacStoreOptions { ConnectionString = ConnectionString, Credential = Credential?.GetNetworkCredential() }
            : SessionStore.Options;
    }
}

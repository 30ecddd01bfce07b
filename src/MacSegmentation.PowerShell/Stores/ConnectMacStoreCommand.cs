using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>Opens a store for the session's cmdlets.</summary>
[Cmdlet(VerbsCommunications.Connect, "MacStore", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MacStoreConnection))]
public sealed class ConnectMacStoreCommand : StoreCmdlet
{
    private const string PathSet = "Path";
    private const string ServerSet = "Server";

    /// <summary>The store's file, created on first use; none for the one that $env:MACSEG_STORE names, or else the default store of the user.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Where a PostgreSQL store is: Npgsql's keywords and values, or a URI. The store is created in the database on first use.</summary>
    [Parameter(ParameterSetName = ServerSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? ConnectionString { get; set; }

    /// <summary>The user and password for the server, so that the connection string need not hold them.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [Credential]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public PSCredential? Credential { get; set; }

    /// <summary>Reads only, which needs the right to read and no other; the store must exist.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var options = ConnectionString is null
                ? Path is null ? DefaultOptions() : new MacStoreOptions { Path = this.ResolveFile(Path) }
                : new MacStoreOptions { ConnectionString = ConnectionString, Credential = Credential?.GetNetworkCredential() };
            var store = Connect(options with { IsReadOnly = ReadOnly }).Store;
            WriteObject(MacStoreConnection.Of(store));
        }
        catch (MacSegmentationException error)
        {
            // What follows in a script was meant for that store, and for no other.
            SessionStores.Refuse(OwnRunspace);
            ThrowTerminatingError(error.ToRecord());
        }
    }
}

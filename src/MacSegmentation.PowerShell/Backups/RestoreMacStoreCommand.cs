using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Loading;
using MacSegmentation.Stores;

namespace MacSegmentation.Backups;

/// <summary>Makes a store what a backup holds, whole or not at all; refuses to forget addresses that are in use.</summary>
[Cmdlet(VerbsData.Restore, "MacStore", SupportsShouldProcess = true, DefaultParameterSetName = FileSet)]
[OutputType(typeof(MacStoreRestore), typeof(MacRestoreLoss))]
public sealed class RestoreMacStoreCommand : ChangeCmdlet
{
    private const string FileSet = "DestinationPath";
    private const string ServerSet = "DestinationServer";

    private readonly StoreWork work = new();

    /// <summary>The backup.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The store's file; without it and a connection string, the store that the session is connected to.</summary>
    [Parameter(ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public string? DestinationPath { get; set; }

    /// <summary>The database of a PostgreSQL server.</summary>
    [Parameter(ParameterSetName = ServerSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? DestinationConnectionString { get; set; }

    /// <summary>The user and password for that server.</summary>
    [Parameter(ParameterSetName = ServerSet)]
    [Credential]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public PSCredential? DestinationCredential { get; set; }

    /// <summary>Replaces a store that holds something, also what is in use and unknown to the backup.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            string path = this.ResolveFile(Path);
            var destination = Destination();
            var token = StopToken;
            var backup = Await(() => DependencyContext.Stores.ReadBackup(path), "Checking the backup", place: path);
            string action = $"Restore revision {backup.Revision} of {backup.CreatedAt.UtcDateTime:u}";
            if (IsWhatIf)
            {
                var losses = Await(() => DependencyContext.Stores.FindRestoreLosses(path, destination, token), "Comparing the store with the backup", place: path);
                ShouldProcess($"{destination}", losses.Count == 0 ? action : $"{action}, and forget {losses.Count} that are in use");
                WriteObject(losses, enumerateCollection: true);
                return;
            }

            if (!MayDestroy($"{destination}", action, Force))
            {
                return;
            }

            WriteVerbose($"Restoring {path} to {destination}.");
            var restored = Await(
                () => DependencyContext.Stores.Restore(path, destination, Force, Reason, work.Report, token), "Restoring the store", place: path, describe: work.Describe);
            WriteObject(restored);
            if (restored.Lost > 0)
            {
                WriteWarning($"{restored.Lost} that were in use are free in {restored.Destination} now. What providers gave out they tell the store again; give the others to their owners before anyone else gets them.");
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }

    /// <summary>A store that is lost cannot be connected to: without a connection, the user's default store is meant.</summary>
    private MacStoreOptions Destination() =>
        DestinationConnectionString is not null ? new MacStoreOptions { ConnectionString = DestinationConnectionString, Credential = DestinationCredential?.GetNetworkCredential() }
        : DestinationPath is not null ? new MacStoreOptions { Path = this.ResolveFile(DestinationPath) }
        : SessionStores.Find(OwnRunspace) is null && !SessionStores.IsRefused(OwnRunspace) ? new MacStoreOptions { Path = MacStoreOptions.DefaultPath }
        : SessionStore.Options;
}

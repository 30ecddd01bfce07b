using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Loading;
using MacSegmentation.Stores;

namespace MacSegmentation.Backups;

/// <summary>Writes all that the store holds to one file, from which Restore-MacStore makes it again.</summary>
[Cmdlet(VerbsData.Backup, "MacStore", SupportsShouldProcess = true)]
[OutputType(typeof(MacStoreBackup))]
public sealed class BackupMacStoreCommand : StoreCmdlet
{
    private readonly StoreWork work = new();

    /// <summary>The backup's file; a backup that is there is replaced when the new one is whole.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Leaves a backup alone that exists.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var store = SessionStore;
        string path = Required(() => this.ResolveFile(Path));
        if (!ShouldProcess(path, $"Back up {store}"))
        {
            return;
        }

        WriteVerbose($"Backing up {store} to {path}.");
        var token = StopToken;
        WriteObject(Required(() => Await(
            () => DependencyContext.Stores.Backup(store.Options, path, !NoClobber, work.Report, token), "Backing up the store", describe: work.Describe)));
    }
}

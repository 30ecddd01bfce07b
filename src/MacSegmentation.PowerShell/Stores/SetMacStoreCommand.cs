using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Partitions;

namespace MacSegmentation.Stores;

/// <summary>Changes what holds for all partitions of the store.</summary>
[Cmdlet(VerbsCommon.Set, "MacStore", SupportsShouldProcess = true)]
[OutputType(typeof(MacStoreConnection))]
public sealed class SetMacStoreCommand : StoreCmdlet
{
    /// <summary>What counts first where several policies of partitions match.</summary>
    [Parameter]
    [Choice<ConflictResolution>]
    [ArgumentCompleter(typeof(ChoiceCompleter<ConflictResolution>))]
    public ConflictResolution? ConflictResolution { get; set; }

    /// <summary>How long the number of a removed partition is not given to another one.</summary>
    [Parameter]
    [Seconds]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public TimeSpan? PartitionIdReuseDelay { get; set; }

    /// <summary>Writes the store as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string path = Store.Info.Path;
        var wanted = new WantedValues<PartitionSettings>(
            new(nameof(ConflictResolution), settings => settings.ConflictResolution, ConflictResolution),
            new(nameof(PartitionIdReuseDelay), settings => settings.IdReuseDelay, PartitionIdReuseDelay));
        if (!MayChange(path, path, wanted, store => store.PartitionSettings))
        {
            return;
        }

        try
        {
            Change((store, token) => store.WriteStoppable(
                writer => PartitionCatalog.Change(writer, writer.PartitionSettings with
                {
                    ConflictResolution = ConflictResolution ?? writer.PartitionSettings.ConflictResolution,
                    IdReuseDelay = PartitionIdReuseDelay ?? writer.PartitionSettings.IdReuseDelay,
                }),
                token));
        }
        catch (MacSegmentationException error)
        {
            Write(error);
            return;
        }

        if (PassThru)
        {
            var store = Store;
            WriteObject(Required(() => Await(() => MacStoreConnection.Of(store), "Reading the store")));
        }
    }
}

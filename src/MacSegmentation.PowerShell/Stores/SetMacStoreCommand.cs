using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Auditing;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Partitions;

namespace MacSegmentation.Stores;

/// <summary>Changes what holds for the whole store: for all partitions, and for the audit.</summary>
[Cmdlet(VerbsCommon.Set, "MacStore", SupportsShouldProcess = true)]
[OutputType(typeof(MacStoreConnection))]
public sealed class SetMacStoreCommand : ChangeCmdlet
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

    /// <summary>Whether nobody may change the store without -Reason.</summary>
    [Parameter]
    [OnOff]
    [ArgumentCompleter(typeof(OnOffCompleter))]
    public bool? ReasonRequired { get; set; }

    /// <summary>Writes the store as it is then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string path = Store.Info.Path;
        var wanted = new WantedValues<StoreSettings>(
            new(nameof(ConflictResolution), settings => settings.Partitions.ConflictResolution, ConflictResolution),
            new(nameof(PartitionIdReuseDelay), settings => settings.Partitions.IdReuseDelay, PartitionIdReuseDelay),
            new(nameof(ReasonRequired), settings => settings.Audit.IsReasonRequired, ReasonRequired));
        if (!MayChange(path, path, wanted, store => new StoreSettings(store.PartitionSettings, store.AuditSettings)))
        {
            return;
        }

        try
        {
            Change((store, token) => store.WriteStoppable(
                writer =>
                {
                    PartitionCatalog.Change(writer, writer.PartitionSettings with
                    {
                        ConflictResolution = ConflictResolution ?? writer.PartitionSettings.ConflictResolution,
                        IdReuseDelay = PartitionIdReuseDelay ?? writer.PartitionSettings.IdReuseDelay,
                    });
                    return AuditRules.Change(writer, writer.AuditSettings with { IsReasonRequired = ReasonRequired ?? writer.AuditSettings.IsReasonRequired });
                },
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

    /// <summary>What can be changed here.</summary>
    private sealed record StoreSettings(PartitionSettings Partitions, AuditSettings Audit);
}

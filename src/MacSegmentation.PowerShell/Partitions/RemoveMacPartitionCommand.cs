using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Removes partitions with their policies.</summary>
[Cmdlet(VerbsCommon.Remove, "MacPartition", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacPartition))]
public sealed class RemoveMacPartitionCommand : GroupCommitCmdlet<string, MacPartition>
{
    private const string Action = "Remove with its policies";

    /// <summary>The partitions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PartitionName")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(PartitionNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Writes the partitions as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            // Nobody is asked to confirm what would then be refused; the transaction that removes looks once more.
            Read(store => PartitionCatalog.GetRemovable(store, name), partition =>
            {
                if (ShouldProcess($"Partition '{partition.Name}'", Action))
                {
                    Collect(name);
                }
            });
        }
    }

    private protected override MacPartition Change(IStoreWriter writer, string item) => PartitionCatalog.Remove(writer, item);

    private protected override void WriteResult(string item, MacPartition result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}

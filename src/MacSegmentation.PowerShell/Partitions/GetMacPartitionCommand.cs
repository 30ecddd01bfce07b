using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Lists partitions with their policies, or shows how many numbers they use.</summary>
[Cmdlet(VerbsCommon.Get, "MacPartition", DefaultParameterSetName = NameSet)]
[OutputType(typeof(MacPartition), typeof(MacPartitionUsage))]
public sealed class GetMacPartitionCommand : StoreCmdlet
{
    private const string NameSet = "Name";
    private const string UsageSet = "Usage";

    /// <summary>Only partitions with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PartitionName", "Partition")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PartitionNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Shows how many of the 65,535 numbers are used, and the tag that most partitions name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UsageSet)]
    public SwitchParameter Usage { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Usage)
        {
            Read(MacPartitionUsage.Of, WriteObject);
            return;
        }

        foreach (string name in Name)
        {
            Read(
                store => NameFilter.IsExact(name)
                    ? [PartitionCatalog.Get(store, name)]
                    : NameFilter.Select(store.ListPartitions(), partition => partition.Name, [name]),
                partitions => WriteObject(partitions, enumerateCollection: true));
        }
    }
}

using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Lists policies of partitions.</summary>
[Cmdlet(VerbsCommon.Get, "MacPartitionPolicy", DefaultParameterSetName = PartitionSet)]
[OutputType(typeof(MacPartitionPolicy))]
public sealed class GetMacPartitionPolicyCommand : StoreCmdlet
{
    private const string PartitionSet = "Partition";
    private const string IdSet = "Id";

    /// <summary>Only those of partitions with such a name; wildcards allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = PartitionSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PartitionName", "Name")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PartitionNameCompleter))]
    public string[] Partition { get; set; } = ["*"];

    /// <summary>Only those that are about this direction, or both.</summary>
    [Parameter(ParameterSetName = PartitionSet)]
    [Choice<TrafficDirection>]
    [ArgumentCompleter(typeof(ChoiceCompleter<TrafficDirection>))]
    public TrafficDirection? Direction { get; set; }

    /// <summary>Only the policies with these numbers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(PartitionPolicyIdCompleter))]
    public long[] PolicyId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (long policyId in PolicyId)
        {
            Read(store => PartitionCatalog.GetPolicy(store, policyId), WriteObject);
        }

        if (ParameterSetName is PartitionSet)
        {
            foreach (string partition in Partition)
            {
                Read(
                    store => List(store, partition).SelectMany(one => one.Policy).Where(policy => Direction is null || (policy.Direction ?? Direction) == Direction).ToArray(),
                    policies => WriteObject(policies, enumerateCollection: true));
            }
        }
    }

    private static IEnumerable<MacPartition> List(IStoreReader store, string name) => NameFilter.IsExact(name)
        ? [PartitionCatalog.Get(store, name)]
        : NameFilter.Select(store.ListPartitions(), partition => partition.Name, [name]);
}

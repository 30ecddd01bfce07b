using System.Management.Automation;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Finds policies of partitions that tie, never decide, or change nothing, among the interface records that there are.</summary>
[Cmdlet(VerbsCommon.Find, "MacPolicyConflict")]
[OutputType(typeof(MacPolicyConflict))]
public sealed class FindMacPolicyConflictCommand : StoreCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Read(
        store => PolicyConflicts.Find(new PartitionIndex(store.ListPartitions(), store.PartitionSettings.ConflictResolution), store.ListInterfaces(), StopToken).ToArray(),
        conflicts => WriteObject(conflicts, enumerateCollection: true));
}

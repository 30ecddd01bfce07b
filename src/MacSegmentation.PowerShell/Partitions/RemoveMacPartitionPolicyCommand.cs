using System.Management.Automation;
using MacSegmentation.Stores;

namespace MacSegmentation.Partitions;

/// <summary>Removes policies of partitions.</summary>
[Cmdlet(VerbsCommon.Remove, "MacPartitionPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacPartitionPolicy))]
public sealed class RemoveMacPartitionPolicyCommand : GroupCommitCmdlet<long, MacPartitionPolicy>
{
    /// <summary>The policies' numbers, as Get-MacPartitionPolicy shows them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PartitionPolicyIdCompleter))]
    public long[] PolicyId { get; set; } = [];

    /// <summary>Writes the policies as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (long policyId in PolicyId)
        {
            // Nobody is asked to confirm what would then be refused.
            Read(store => PartitionCatalog.GetPolicy(store, policyId), policy =>
            {
                if (ShouldProcess($"Policy {policyId} of partition '{policy.Partition}': {policy}", "Remove"))
                {
                    Collect(policyId);
                }
            });
        }
    }

    private protected override MacPartitionPolicy Change(IStoreWriter writer, long item) => PartitionCatalog.RemovePolicy(writer, item);

    private protected override void WriteResult(long item, MacPartitionPolicy result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}

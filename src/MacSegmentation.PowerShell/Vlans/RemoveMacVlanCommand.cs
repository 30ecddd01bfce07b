using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Vlans;

/// <summary>Removes a VLAN with its pool and its policies.</summary>
[Cmdlet(VerbsCommon.Remove, "MacVlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacVlan))]
public sealed class RemoveMacVlanCommand : GroupCommitCmdlet<int, MacVlan>
{
    /// <summary>The VLANs, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan", "Id")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[] VlanId { get; set; } = [];

    /// <summary>Also if addresses of it are allocated or interface records belong to it; they go with it. Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the VLAN as it was.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (int vlanId in VlanId)
        {
            // Nobody is asked to confirm what would then be refused.
            Read(reader => VlanCatalog.GetRemovable(reader, vlanId, Force), _ =>
            {
                if (MayDestroy($"VLAN {vlanId}", Force ? "Remove with its pool, allocations, interfaces and policies" : "Remove with its pool and policies", Force))
                {
                    Collect(vlanId);
                }
            });
        }
    }

    private protected override MacVlan Change(IStoreWriter writer, int item) => VlanCatalog.Remove(writer, item, Force);

    private protected override void WriteResult(int item, MacVlan result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}

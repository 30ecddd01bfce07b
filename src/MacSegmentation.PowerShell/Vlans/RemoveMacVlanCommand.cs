using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Vlans;

/// <summary>Removes a VLAN with its pool and its policies.</summary>
[Cmdlet(VerbsCommon.Remove, "MacVlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MacVlan))]
public sealed class RemoveMacVlanCommand : RemovalCmdlet<int, MacVlan>
{
    /// <summary>The VLANs, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan", "Id")]
    [VlanNumber(IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[] VlanId { get; set; } = [];

    private protected override string Action => Force ? "Remove with its pool, allocations, interfaces and policies" : "Remove with its pool and policies";

    /// <inheritdoc/>
    protected override void ProcessRecord() => Remove(VlanId);

    private protected override MacVlan GetRemovable(IStoreReader store, int key) => VlanCatalog.GetRemovable(store, key, Force);

    private protected override string Describe(MacVlan record) => $"VLAN {record.VlanId}";

    private protected override MacVlan Change(IStoreWriter writer, int item) => VlanCatalog.Remove(writer, item, Force);
}

using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Pools;

/// <summary>Gives an address of a VLAN's pool to an instance. The call <c>allocate_mac</c>.</summary>
[Cmdlet(VerbsCommon.New, "MacAllocation", SupportsShouldProcess = true)]
[OutputType(typeof(MacAllocation))]
public sealed class NewMacAllocationCommand : GroupCommitCmdlet<AllocationRequest, MacAllocation>
{
    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>Who gets an address: the name or id of a virtual machine, a container, a device.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "VMId", "Name")]
    [Named]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>A certain address of the pool; none for the next one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress")]
    [Parsed<MacAddress>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(NextAddressCompleter))]
    public MacAddress? MacAddress { get; set; }

    /// <summary>Gives the certain address out although it is reserved.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string instanceId in InstanceId)
        {
            if (ShouldProcess($"VLAN {VlanId}", MacAddress is null ? $"Give the next address to '{instanceId}'" : $"Give {MacAddress} to '{instanceId}'"))
            {
                Collect(new AllocationRequest(VlanId, instanceId, MacAddress, Force));
            }
        }
    }

    private protected override MacAllocation Change(IStoreWriter writer, AllocationRequest item) => item.Address is { } address
        ? AddressPool.Allocate(writer, item.VlanId, item.InstanceId, address, evenIfReserved: item.EvenIfReserved)
        : AddressPool.Allocate(writer, item.VlanId, item.InstanceId);

    private protected override void WriteResult(AllocationRequest item, MacAllocation result) => WriteObject(result);
}

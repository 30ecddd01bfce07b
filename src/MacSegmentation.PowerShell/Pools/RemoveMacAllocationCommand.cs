using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Pools;

/// <summary>Takes addresses back: single ones, or all of a terminated instance. The call <c>release_mac</c>.</summary>
[Cmdlet(VerbsCommon.Remove, "MacAllocation", SupportsShouldProcess = true, DefaultParameterSetName = AddressSet)]
[OutputType(typeof(MacAllocation))]
public sealed class RemoveMacAllocationCommand : GroupCommitCmdlet<ReleaseRequest, IReadOnlyList<MacAllocation>>
{
    private const string AddressSet = "Address";
    private const string InstanceSet = "Instance";

    /// <summary>The addresses.</summary>
    /// <remarks>It is in both sets: an object whose address cannot be read would else be taken for one that has none, and all of its instance released.</remarks>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AddressSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = InstanceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress")]
    [Parsed<MacAddress>(IsList = true)]
    [ArgumentCompleter(typeof(AllocatedAddressCompleter))]
    public MacAddress[] MacAddress { get; set; } = [];

    /// <summary>The instances, all of whose addresses come back.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InstanceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "VMId")]
    [Named]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>Only those of this VLAN.</summary>
    [Parameter(ParameterSetName = InstanceSet)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int? VlanId { get; set; }

    /// <summary>Writes the allocations as they were.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // An object with an address means that one, whatever else it names.
        if (MacAddress.Length > 0)
        {
            foreach (var address in MacAddress)
            {
                if (ShouldProcess($"{address}", "Release"))
                {
                    Collect(new ReleaseRequest(address));
                }
            }

            return;
        }

        foreach (string instanceId in InstanceId)
        {
            if (ShouldProcess($"'{instanceId}'", VlanId is null ? "Release all addresses" : $"Release all addresses of VLAN {VlanId}"))
            {
                Collect(new ReleaseRequest(Address: null, instanceId, VlanId));
            }
        }
    }

    private protected override IReadOnlyList<MacAllocation> Change(IStoreWriter writer, ReleaseRequest item) => item.Address is { } address
        ? [AddressPool.Release(writer, address)]
        : AddressPool.ReleaseAll(writer, item.InstanceId!, item.VlanId);

    private protected override void WriteResult(ReleaseRequest item, IReadOnlyList<MacAllocation> result)
    {
        foreach (var allocation in result)
        {
            WriteVerbose($"Released {allocation.MacAddress} of '{allocation.InstanceId}' in VLAN {allocation.VlanId}.");
            if (PassThru)
            {
                WriteObject(allocation);
            }
        }
    }
}

using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>Lists the addresses that are given out.</summary>
[Cmdlet(VerbsCommon.Get, "MacAllocation", DefaultParameterSetName = InstanceSet)]
[OutputType(typeof(MacAllocation))]
public sealed class GetMacAllocationCommand : StoreCmdlet
{
    private const string InstanceSet = "Instance";
    private const string AddressSet = "Address";

    /// <summary>Only those of these VLANs.</summary>
    [Parameter(Position = 0, ParameterSetName = InstanceSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>Only those of these instances; wildcards allowed.</summary>
    [Parameter(Position = 1, ParameterSetName = InstanceSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "VMId")]
    [Named]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(InstanceIdCompleter))]
    public string[]? InstanceId { get; set; }

    /// <summary>Only these addresses.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AddressSet)]
    [Parsed<MacAddress>]
    [ArgumentCompleter(typeof(AllocatedAddressCompleter))]
    public MacAddress[] MacAddress { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var address in MacAddress)
        {
            Read(store => AddressPool.Get(store, address), WriteObject);
        }

        if (ParameterSetName is InstanceSet)
        {
            foreach (int? vlanId in VlanId is null ? [null] : VlanId.Cast<int?>())
            {
                foreach (string? instanceId in InstanceId ?? [null!])
                {
                    Read(store => List(store, vlanId, instanceId), allocations => WriteObject(allocations, enumerateCollection: true));
                }
            }
        }
    }

    private static IEnumerable<MacAllocation> List(IStoreReader store, int? vlanId, string? instanceId)
    {
        if (instanceId is not null && !WildcardPattern.ContainsWildcardCharacters(instanceId))
        {
            return AddressPool.GetAll(store, instanceId, vlanId);
        }

        if (vlanId is { } id)
        {
            VlanCatalog.Get(store, id);
        }

        return NameFilter.Select(store.ListAllocations(vlanId), allocation => allocation.InstanceId, [instanceId ?? "*"]);
    }
}

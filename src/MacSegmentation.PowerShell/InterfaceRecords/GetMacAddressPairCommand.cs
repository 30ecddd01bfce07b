using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Lists allowed address pairs: which addresses the ports of interface records may use besides their own.</summary>
[Cmdlet(VerbsCommon.Get, "MacAddressPair")]
[OutputType(typeof(MacAddressPair))]
public sealed class GetMacAddressPairCommand : StoreCmdlet
{
    /// <summary>Only those of interface records with such a name; wildcards allowed.</summary>
    /// <remarks>Not by the property Name: a VLAN of the pipeline has a name, too, and means its pairs.</remarks>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InterfaceName")]
    [InterfaceName]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] Interface { get; set; } = ["*"];

    /// <summary>Only those with these IP addresses.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(AddressPairIPAddressCompleter))]
    public string[]? IPAddress { get; set; }

    /// <summary>Only those of these VLANs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (int? vlanId in VlanId is null ? [null] : VlanId.Cast<int?>())
        {
            foreach (string name in Interface)
            {
                Read(store => List(store, name, vlanId), pairs => WriteObject(pairs, enumerateCollection: true));
            }
        }
    }

    private MacAddressPair[] List(IStoreReader store, string name, int? vlanId)
    {
        if (vlanId is { } id)
        {
            VlanCatalog.Get(store, id);
        }

        var addresses = IPAddress?.Select(IpText.Parse).ToHashSet();
        var pairs = NameFilter.IsExact(name)
            ? InterfaceCatalog.Get(store, name).AddressPair
            : NameFilter.Select(store.ListAddressPairs(addresses is { Count: 1 } ? addresses.Single() : null), pair => pair.InterfaceName, [name]);
        return [.. pairs.Where(pair => (vlanId is null || pair.VlanId == vlanId) && addresses?.Contains(pair.IPAddress) != false)];
    }
}

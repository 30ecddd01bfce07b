using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Tags;
using MacSegmentation.Vlans;

namespace MacSegmentation.InterfaceRecords;

/// <summary>Lists interface records.</summary>
[Cmdlet(VerbsCommon.Get, "MacInterface")]
[OutputType(typeof(MacInterface))]
public sealed class GetMacInterfaceCommand : StoreCmdlet
{
    /// <summary>Only those with such a name; wildcards allowed.</summary>
    /// <remarks>Not by property name: a VLAN of the pipeline has a name, too, and means its interfaces.</remarks>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [InterfaceName]
    [SupportsWildcards]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only those of these VLANs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>Only those of these machines; wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("VMName", "VMId")]
    [Named]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InterfaceInstanceIdCompleter))]
    public string[]? InstanceId { get; set; }

    /// <summary>Only members of these security groups; wildcards allowed.</summary>
    [Parameter]
    [Named]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SecurityGroupNameCompleter))]
    public string[]? SecurityGroup { get; set; }

    /// <summary>Only those whose port may use one of these MAC addresses: its own, or a pair's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StaticMacAddress")]
    [Parsed<MacAddress>(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(InterfaceMacAddressCompleter))]
    public MacAddress[]? MacAddress { get; set; }

    /// <summary>Only those whose port may use one of these IP addresses: a fixed one, or a pair's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(InterfaceIPAddressCompleter))]
    public string[]? IPAddress { get; set; }

    /// <summary>Only those that have all of these tags; a JSON tag is had by one that contains it.</summary>
    [Parameter]
    [Tag]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[]? Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (int? vlanId in VlanId is null ? [null] : VlanId.Cast<int?>())
        {
            foreach (string name in Name)
            {
                List(name, vlanId);
            }
        }
    }

    private void List(string name, int? vlanId)
    {
        var isInstance = NameFilter.Match(InstanceId);
        var isGroup = NameFilter.Match(SecurityGroup);
        HashSet<System.Net.IPAddress>? addresses;
        try
        {
            addresses = IPAddress?.Select(IpText.Parse).ToHashSet();
        }
        catch (MacSegmentationException error)
        {
            Write(error);
            return;
        }

        bool IsWanted(MacInterface record) => (vlanId is null || record.VlanId == vlanId)
            && isInstance(record.InstanceId)
            && (SecurityGroup is null || record.SecurityGroup.Any(group => isGroup(group)))
            && (Tag is null || Tag.All(tag => MacTags.Have(record.Tag, tag)))
            && (MacAddress is null || MacAddress.Contains(record.MacAddress) || record.AddressPair.Any(pair => MacAddress.Contains(pair.MacAddress)))
            && (addresses is null || record.IPAddress.Any(own => addresses.Contains(own.Address)) || record.AddressPair.Any(pair => addresses.Contains(pair.IPAddress)));

        // A record of the pipeline means one machine: the store need not read all the others for it.
        string? instanceId = InstanceId is [var one] && NameFilter.IsExact(one) ? one : null;
        if (NameFilter.IsExact(name) || instanceId is not null)
        {
            var isNamed = NameFilter.Match([name]);
            Read(
                store =>
                {
                    Require(store, vlanId);
                    return NameFilter.IsExact(name) ? [InterfaceCatalog.Get(store, name)] : store.ListInterfaces(vlanId, instanceId).Where(record => isNamed(record.Name));
                },
                records => WriteObject(records.Where(IsWanted), enumerateCollection: true));
            return;
        }

        var isMatch = NameFilter.Match([name]);
        Stream<MacInterface>(
            (store, last, count) =>
            {
                if (last is null)
                {
                    Require(store, vlanId);
                }

                return store.ListInterfacesAfter(last?.Name ?? string.Empty, vlanId, count);
            },
            record => isMatch(record.Name) && IsWanted(record));
    }

    /// <summary>Makes sure that there is what was named to be looked in.</summary>
    private void Require(IStoreReader store, int? vlanId)
    {
        if (vlanId is { } id)
        {
            VlanCatalog.Get(store, id);
        }

        foreach (string group in SecurityGroup?.Where(NameFilter.IsExact) ?? [])
        {
            SecurityGroupCatalog.Get(store, group);
        }
    }
}

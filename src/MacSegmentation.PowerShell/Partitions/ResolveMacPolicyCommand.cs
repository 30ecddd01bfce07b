using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Tags;

namespace MacSegmentation.Partitions;

/// <summary>Shows the policies of partitions that hold between two interface records, or for tags, as one list in the sequence in which they decide.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "MacPolicy", DefaultParameterSetName = RecordSet)]
[OutputType(typeof(MacResolvedPolicy))]
public sealed class ResolveMacPolicyCommand : StoreCmdlet
{
    private const string RecordSet = "Record";
    private const string TagSet = "Tag";

    /// <summary>The interface record that sends.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RecordSet)]
    [InterfaceName]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string From { get; set; } = string.Empty;

    /// <summary>The interface record that it is for.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = RecordSet)]
    [InterfaceName]
    [ArgumentCompleter(typeof(InterfaceNameCompleter))]
    public string To { get; set; } = string.Empty;

    /// <summary>The tags of a record that there need not be.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TagSet)]
    [Tag]
    [ArgumentCompleter(typeof(TagCompleter))]
    public MacTag[] Tag { get; set; } = [];

    /// <summary>The VLAN that the packet is in; none for that of the two records.</summary>
    [Parameter]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int? VlanId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Read(
        store => ParameterSetName is TagSet ? PolicyResolution.Resolve(store, Tag, VlanId) : PolicyResolution.Resolve(store, From, To, VlanId),
        policies => WriteObject(policies, enumerateCollection: true));
}

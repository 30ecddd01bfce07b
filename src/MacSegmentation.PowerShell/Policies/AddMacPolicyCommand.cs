using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>Adds a policy to a VLAN's list. The call <c>add_policy</c>.</summary>
[Cmdlet(VerbsCommon.Add, "MacPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(MacPolicy))]
public sealed class AddMacPolicyCommand : GroupCommitCmdlet<PolicyRequest, MacPolicy>
{
    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>What the source must match: <c>*</c>, a name such as <c>Multicast</c>, an address, address/length or address/mask.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Source")]
    [Parsed<MacPattern>]
    [ArgumentCompleter(typeof(MacPatternCompleter))]
    public MacPattern SourceAddress { get; set; }

    /// <summary>What the destination must match: <c>*</c>, a name such as <c>Multicast</c>, an address, address/length or address/mask.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [Alias("Destination")]
    [Parsed<MacPattern>]
    [ArgumentCompleter(typeof(MacPatternCompleter))]
    public MacPattern DestinationAddress { get; set; }

    /// <summary>What happens to a frame that matches.</summary>
    [Parameter(Mandatory = true, Position = 3, ValueFromPipelineByPropertyName = true)]
    [Choice<PolicyAction>]
    public PolicyAction Action { get; set; }

    /// <summary>Its place in the list, ascending; none to go last.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Order { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"VLAN {VlanId}", $"Add the policy {SourceAddress} -> {DestinationAddress} {Action}"))
        {
            Collect(new PolicyRequest(VlanId, SourceAddress, DestinationAddress, Action, Order));
        }
    }

    private protected override MacPolicy Change(IStoreWriter writer, PolicyRequest item) =>
        PolicyList.Add(writer, item.VlanId, item.Source, item.Destination, item.Action, item.Order);

    private protected override void WriteResult(PolicyRequest item, MacPolicy result) => WriteObject(result);
}

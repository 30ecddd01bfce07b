using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>Adds a policy to a VLAN's list. The call <c>add_policy</c>.</summary>
[Cmdlet(VerbsCommon.Add, "MacPolicy", SupportsShouldProcess = true, DefaultParameterSetName = OrderSet)]
[OutputType(typeof(MacPolicy))]
public sealed class AddMacPolicyCommand : GroupCommitCmdlet<PolicyRequest, PlacedPolicy>
{
    private const string OrderSet = "Order";
    private const string BeforeSet = "Before";
    private const string AfterSet = "After";

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
    [Parameter(ParameterSetName = OrderSet, ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public int? Order { get; set; }

    /// <summary>The order of the policy that it goes directly in front of.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BeforeSet)]
    [ArgumentCompleter(typeof(PolicyOrderCompleter))]
    public int Before { get; set; }

    /// <summary>The order of the policy that it goes directly behind.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AfterSet)]
    [ArgumentCompleter(typeof(PolicyOrderCompleter))]
    public int After { get; set; }

    /// <summary>What people say of it, such as the number of a change request.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Text]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Description { get; set; }

    /// <summary>When it expires: from then on it matches nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PointInTime(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>It matches nothing until it is enabled.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OnOff(EmptyIsNone = true, NoneIsOff = true)]
    public SwitchParameter Disabled { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess($"VLAN {VlanId}", $"Add the policy {SourceAddress} -> {DestinationAddress} {Action}"))
        {
            var policy = new MacPolicy
            {
                VlanId = VlanId,
                Order = Order ?? 0,
                SourceAddress = SourceAddress,
                DestinationAddress = DestinationAddress,
                Action = Action,
                Description = Description ?? string.Empty,
                Disabled = Disabled,
                ExpiresAt = ExpiresAt,
            };

            // An order of 0 that is given is refused; one that is not given is none.
            Collect(new PolicyRequest(Order == 0 ? policy with { Order = -1 } : policy, ParameterSetName switch
            {
                BeforeSet => PolicyPlace.Before(Before),
                AfterSet => PolicyPlace.After(After),
                _ => null,
            }));
        }
    }

    private protected override PlacedPolicy Change(IStoreWriter writer, PolicyRequest item) => PolicyList.Add(writer, item.Policy, item.Place);

    private protected override void WriteResult(PolicyRequest item, PlacedPolicy result)
    {
        this.TellOf(result);
        WriteObject(result.Policy);
    }
}

using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Errors;
using MacSegmentation.Providers;
using MacSegmentation.Stores;

namespace MacSegmentation.Policies;

/// <summary>Moves policies to another place of their VLAN's list, all in one transaction. What is moved together keeps its sequence.</summary>
[Cmdlet(VerbsCommon.Move, "MacPolicy", SupportsShouldProcess = true, DefaultParameterSetName = OrderBeforeSet)]
[OutputType(typeof(MacPolicy))]
public sealed class MoveMacPolicyCommand : ChangeCmdlet
{
    private const string OrderBeforeSet = "OrderBefore";
    private const string OrderAfterSet = "OrderAfter";
    private const string OrderFirstSet = "OrderFirst";
    private const string OrderLastSet = "OrderLast";
    private const string IdBeforeSet = "IdBefore";
    private const string IdAfterSet = "IdAfter";
    private const string IdFirstSet = "IdFirst";
    private const string IdLastSet = "IdLast";

    private readonly List<ListedPolicy> listed = [];

    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OrderBeforeSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OrderAfterSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OrderFirstSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OrderLastSet)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>The policies' places in the VLAN's list.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = OrderBeforeSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = OrderAfterSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = OrderFirstSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = OrderLastSet)]
    [ArgumentCompleter(typeof(PolicyOrderCompleter))]
    public int[] Order { get; set; } = [];

    /// <summary>The policies' ids, as Get-MacPolicy shows them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdBeforeSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = IdAfterSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = IdFirstSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Mandatory = true, ParameterSetName = IdLastSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PolicyIdCompleter))]
    public long[] PolicyId { get; set; } = [];

    /// <summary>The order of the policy that they go directly in front of.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OrderBeforeSet)]
    [Parameter(Mandatory = true, ParameterSetName = IdBeforeSet)]
    [ArgumentCompleter(typeof(PolicyOrderCompleter))]
    public int Before { get; set; }

    /// <summary>The order of the policy that they go directly behind.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OrderAfterSet)]
    [Parameter(Mandatory = true, ParameterSetName = IdAfterSet)]
    [ArgumentCompleter(typeof(PolicyOrderCompleter))]
    public int After { get; set; }

    /// <summary>They go in front of all others.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OrderFirstSet)]
    [Parameter(Mandatory = true, ParameterSetName = IdFirstSet)]
    public SwitchParameter First { get; set; }

    /// <summary>They go behind all others.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OrderLastSet)]
    [Parameter(Mandatory = true, ParameterSetName = IdLastSet)]
    public SwitchParameter Last { get; set; }

    /// <summary>Writes the policies.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private PolicyPlace Place => ParameterSetName switch
    {
        OrderBeforeSet or IdBeforeSet => PolicyPlace.Before(Before),
        OrderAfterSet or IdAfterSet => PolicyPlace.After(After),
        OrderFirstSet or IdFirstSet => PolicyPlace.First,
        _ => PolicyPlace.Last,
    };

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var policy in PolicyId.Length > 0 ? PolicyId.Select(id => new ListedPolicy(id)) : Order.Select(order => new ListedPolicy(PolicyId: null, VlanId, order)))
        {
            if (ShouldProcess($"{policy}", Place.AfterOrder is null && Place.BeforeOrder is null ? $"Move to be the {Place}" : $"Move {Place}"))
            {
                listed.Add(policy);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (listed.Count == 0)
        {
            return;
        }

        try
        {
            var place = Place;
            var moved = Change((store, stopping) => store.WriteStoppable(
                writer =>
                {
                    SharedStore.Require(writer);
                    return PolicyList.Move(writer, [.. listed.Select(policy => policy.Resolve(writer))], place);
                },
                stopping));
            foreach (var one in moved)
            {
                this.TellOf(one);
                if (PassThru)
                {
                    WriteObject(one.Policy);
                }
            }
        }
        catch (MacSegmentationException error)
        {
            Write(error);
        }
    }
}

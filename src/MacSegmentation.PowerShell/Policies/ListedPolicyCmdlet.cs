using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;

namespace MacSegmentation.Policies;

/// <summary>A cmdlet that changes policies which exist.</summary>
public abstract class ListedPolicyCmdlet : GroupCommitCmdlet<ListedPolicy, MacPolicy>
{
    /// <summary>The parameter set by id.</summary>
    protected const string IdSet = "Id";

    /// <summary>The parameter set by place.</summary>
    protected const string OrderSet = "Order";

    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = OrderSet)]
    [Alias("Vlan")]
    [VlanNumber]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int VlanId { get; set; }

    /// <summary>The policies' places in the VLAN's list.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = OrderSet)]
    [ArgumentCompleter(typeof(PolicyOrderCompleter))]
    public int[] Order { get; set; } = [];

    /// <summary>The policies' ids, as Get-MacPolicy shows them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PolicyIdCompleter))]
    public long[] PolicyId { get; set; } = [];

    /// <summary>Writes the policy.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, for the question whether to do it.</summary>
    private protected abstract string Operation { get; }

    /// <summary>Asks whether to do it.</summary>
    private protected virtual bool MayDo(ListedPolicy policy) => ShouldProcess($"{policy}", Operation);

    /// <summary>What is to become of the policies of the present record, or null if that is in the cmdlet's name.</summary>
    private protected virtual PolicyChange? Wanted => null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var listed = ParameterSetName is IdSet
            ? PolicyId.Select(id => new ListedPolicy(id))
            : Order.Select(order => new ListedPolicy(PolicyId: null, VlanId, order));
        foreach (var policy in listed)
        {
            if (MayDo(policy))
            {
                Collect(policy with { Change = Wanted });
            }
        }
    }

    private protected sealed override void WriteResult(ListedPolicy item, MacPolicy result)
    {
        if (PassThru)
        {
            WriteObject(result);
        }
    }
}

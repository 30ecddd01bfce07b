using System.Management.Automation;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Policies;

/// <summary>Lists policies in the order in which they are asked. The call <c>get_policies</c>.</summary>
[Cmdlet(VerbsCommon.Get, "MacPolicy", DefaultParameterSetName = OrderSet)]
[OutputType(typeof(MacPolicy))]
public sealed class GetMacPolicyCommand : StoreCmdlet
{
    private const string OrderSet = "Order";
    private const string IdSet = "Id";

    /// <summary>Only those of these VLANs.</summary>
    [Parameter(Position = 0, ParameterSetName = OrderSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Vlan")]
    [VlanNumber(EmptyIsNone = true, IsList = true)]
    [ArgumentCompleter(typeof(VlanIdCompleter))]
    public int[]? VlanId { get; set; }

    /// <summary>Only those at these places of their VLAN's list.</summary>
    [Parameter(Position = 1, ParameterSetName = OrderSet)]
    [ArgumentCompleter(typeof(PolicyOrderCompleter))]
    public int[]? Order { get; set; }

    /// <summary>Only the policies with these ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ArgumentCompleter(typeof(PolicyIdCompleter))]
    public long[] PolicyId { get; set; } = [];

    /// <summary>Only those whose time is over; with <c>$false</c>, only the others.</summary>
    [Parameter]
    public SwitchParameter Expired { get; set; }

    /// <summary>Only those that are disabled; with <c>$false</c>, only the others.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (long policyId in PolicyId)
        {
            Read(store => PolicyList.Get(store, policyId), WriteWanted);
        }

        if (ParameterSetName is OrderSet)
        {
            foreach (int? vlanId in VlanId is null ? [null] : VlanId.Cast<int?>())
            {
                List(vlanId);
            }
        }
    }

    private void List(int? vlanId)
    {
        if (vlanId is { } id && Order is not null)
        {
            foreach (int order in Order)
            {
                Read(store => PolicyList.GetByOrder(store, id, order), WriteWanted);
            }

            return;
        }

        // A list may be long, and the VLANs are few: their lists come one after the other.
        IReadOnlyList<int> vlans = [];
        Read<IReadOnlyList<int>>(store => vlanId is { } one ? [VlanCatalog.Get(store, one).VlanId] : [.. store.ListVlans().Select(vlan => vlan.VlanId)], found => vlans = found);
        foreach (int vlan in vlans)
        {
            Stream<MacPolicy>((store, last, count) => store.ListPoliciesAfter(vlan, last?.Order ?? long.MinValue, count), policy => Order?.Contains(policy.Order) != false && IsWanted(policy));
        }
    }

    private void WriteWanted(MacPolicy policy)
    {
        if (IsWanted(policy))
        {
            WriteObject(policy);
        }
    }

    private bool IsWanted(MacPolicy policy) =>
        (!MyInvocation.BoundParameters.ContainsKey(nameof(Expired)) || policy.IsExpiredAt(TimeProvider.System.GetUtcNow()) == Expired)
        && (!MyInvocation.BoundParameters.ContainsKey(nameof(Disabled)) || policy.Disabled == Disabled);
}

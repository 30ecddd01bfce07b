using System.Management.Automation;
using MacSegmentation.Addressing;
using MacSegmentation.Arguments;
using MacSegmentation.Completion;
using MacSegmentation.Stores;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Policies;

/// <summary>Changes a policy's place, match or action.</summary>
[Cmdlet(VerbsCommon.Set, "MacPolicy", SupportsShouldProcess = true, DefaultParameterSetName = IdSet)]
[OutputType(typeof(MacPolicy))]
public sealed class SetMacPolicyCommand : ListedPolicyCmdlet
{
    /// <summary>The new place in the list.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [WholeNumber(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(PolicyOrderCompleter))]
    public int? NewOrder { get; set; }

    /// <summary>What the source must match from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<MacPattern>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(MacPatternCompleter))]
    public MacPattern? SourceAddress { get; set; }

    /// <summary>What the destination must match from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Parsed<MacPattern>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(MacPatternCompleter))]
    public MacPattern? DestinationAddress { get; set; }

    /// <summary>What happens from now on to a frame that matches.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Choice<PolicyAction>(EmptyIsNone = true)]
    [ArgumentCompleter(typeof(ChoiceCompleter<PolicyAction>))]
    public PolicyAction? Action { get; set; }

    private protected override string Operation => "Change";

    private protected override bool MayDo(ListedPolicy policy) => MayChange(
        $"{policy}",
        policy,
        new WantedValues<MacPolicy>(
            new(nameof(SourceAddress), before => before.SourceAddress, SourceAddress),
            new(nameof(DestinationAddress), before => before.DestinationAddress, DestinationAddress),
            new(nameof(Action), before => before.Action, Action),
            new(nameof(NewOrder), before => before.Order, NewOrder) { Shown = nameof(MacPolicy.Order) }),
        store => PolicyList.Get(store, policy.Resolve(store)));

    private protected override PolicyChange Wanted =>
        new() { Order = NewOrder, SourceAddress = SourceAddress, DestinationAddress = DestinationAddress, Action = Action };

    private protected override MacPolicy Change(IStoreWriter writer, ListedPolicy item) => PolicyList.Change(writer, item.Resolve(writer), item.Change!);
}

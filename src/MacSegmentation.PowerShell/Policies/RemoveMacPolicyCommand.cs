using System.Management.Automation;
using MacSegmentation.Stores;

namespace MacSegmentation.Policies;

/// <summary>Removes policies. The call <c>remove_policy</c>.</summary>
[Cmdlet(VerbsCommon.Remove, "MacPolicy", SupportsShouldProcess = true, DefaultParameterSetName = IdSet)]
[OutputType(typeof(MacPolicy))]
public sealed class RemoveMacPolicyCommand : ListedPolicyCmdlet
{
    private protected override string Operation => "Remove";

    private protected override MacPolicy Change(IStoreWriter writer, ListedPolicy item) => PolicyList.Remove(writer, item.Resolve(writer));
}

using MacSegmentation.Stores;

namespace MacSegmentation.Policies;

/// <summary>Which policy a record of the pipeline means: by its id, or by its place in a VLAN's list.</summary>
/// <param name="PolicyId">Its id, or null if it is named by its place.</param>
/// <param name="VlanId">The VLAN.</param>
/// <param name="Order">The place.</param>
/// <param name="Change">What becomes of it, or null if that is in the cmdlet's name.</param>
public readonly record struct ListedPolicy(long? PolicyId, int VlanId = 0, int Order = 0, PolicyChange? Change = null)
{
    /// <summary>The policy, as a user names it.</summary>
    public override string ToString() => PolicyId is { } id ? $"Policy {id}" : $"Policy {Order} of VLAN {VlanId}";

    /// <summary>The policy's id.</summary>
    /// <exception cref="Errors.MacSegmentationException">InvalidVlanId, VlanNotFound, PolicyNotFound.</exception>
    internal long Resolve(IStoreReader store) => PolicyId ?? PolicyList.GetByOrder(store, VlanId, Order).PolicyId;
}

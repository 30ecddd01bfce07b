using MacSegmentation.Stores;

namespace MacSegmentation.Configuration;

/// <summary>The document that a store equals.</summary>
public static class StoreConfiguration
{
    /// <summary>The document that a store equals: everything explicit and in ascending sequence, so that equal stores give equal texts.</summary>
    /// <param name="store">The transaction.</param>
    public static MacConfiguration Read(IStoreReader store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new MacConfiguration
        {
            Vlans = [.. store.ListVlans().Select(vlan => new VlanConfiguration
            {
                Id = vlan.VlanId,
                Name = vlan.Name,
                Ranges = vlan.Ranges,
                DefaultAction = vlan.DefaultAction,
                ReuseDelay = vlan.ReuseDelay,
                Allocations = [.. store.ListAllocations(vlan.VlanId).Select(
                    allocation => new AllocationConfiguration { InstanceId = allocation.InstanceId, MacAddress = allocation.MacAddress })],
                Policies = [.. store.ListPolicies(vlan.VlanId).Select(policy => new PolicyConfiguration
                {
                    Order = policy.Order,
                    Source = policy.SourceAddress,
                    Destination = policy.DestinationAddress,
                    Action = policy.Action,
                })],
            })],
        };
    }
}

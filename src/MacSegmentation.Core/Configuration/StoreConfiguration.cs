using MacSegmentation.InterfaceRecords;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

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
            Vlans = [.. store.ListVlans().Select(vlan => Read(store, vlan))],
            SecurityGroups = [.. store.ListSecurityGroups().Select(group => new SecurityGroupConfiguration
            {
                Name = group.Name,
                Description = group.Description,
                IsStateless = group.IsStateless,
                Rules = [.. group.Rule.OrderBy(rule => rule.ToString(), StringComparer.Ordinal).Select(Read)],
            })],
        };
    }

    private static VlanConfiguration Read(IStoreReader store, MacVlan vlan)
    {
        var records = store.ListInterfaces(vlan.VlanId);

        // What was taken from the pool for a record comes and goes with the record.
        var recordsOwn = records.Where(record => record.HoldsAllocation).Select(record => record.MacAddress).ToHashSet();
        return new VlanConfiguration
        {
            Id = vlan.VlanId,
            Name = vlan.Name,
            Ranges = vlan.Ranges,
            DefaultAction = vlan.DefaultAction,
            ReuseDelay = vlan.ReuseDelay,
            ArpResponder = vlan.ArpResponder,
            ForeignAddresses = vlan.AdmitsForeignAddresses,
            Allocations = [.. store.ListAllocations(vlan.VlanId).Where(allocation => allocation.Handle.Length == 0 && !recordsOwn.Contains(allocation.MacAddress)).Select(
                allocation => new AllocationConfiguration { InstanceId = allocation.InstanceId, MacAddress = allocation.MacAddress })],
            Policies = [.. store.ListPolicies(vlan.VlanId).Select(policy => new PolicyConfiguration
            {
                Order = policy.Order,
                Source = policy.SourceAddress,
                Destination = policy.DestinationAddress,
                Action = policy.Action,
            })],
            Interfaces = [.. records.Select(Read)],
        };
    }

    private static InterfaceConfiguration Read(MacInterface record) => new()
    {
        Name = record.Name,
        MacAddress = record.MacAddress,
        IPAddresses = [.. record.IPAddress.Select(address => address.ToString())],
        InstanceId = string.Equals(record.InstanceId, record.Name, StringComparison.Ordinal) ? null : record.InstanceId,
        PortSecurity = record.PortSecurity,
        DhcpGuard = record.DhcpGuard,
        RouterGuard = record.RouterGuard,
        ArpRateLimit = record.ArpRateLimit,
        AddressPairs = [.. record.AddressPair.Select(
            pair => new AddressPairConfiguration { IPAddress = pair.IPAddress.ToString(), MacAddress = pair.HasOwnMacAddress ? pair.MacAddress : null })],
        SecurityGroups = record.SecurityGroup,
    };

    private static SecurityGroupRuleConfiguration Read(MacSecurityGroupRule rule) => new()
    {
        Direction = rule.Direction,
        Protocol = rule.Protocol,
        Ports = rule.Port,
        RemoteAddress = rule.RemoteAddress?.ToString(),
        RemoteGroup = rule.RemoteGroup,
    };
}

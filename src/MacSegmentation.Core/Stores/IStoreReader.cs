using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Blocks;
using MacSegmentation.Clients;
using MacSegmentation.Handles;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
using MacSegmentation.Providers;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Verdicts;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores;

/// <summary>
/// What a transaction sees of the store: one consistent state, its own changes included. The store answers plain questions; every rule
/// stands in the domain, once for all stores.
/// </summary>
public interface IStoreReader
{
    /// <summary>The time of the transaction.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Number of changes committed before this transaction.</summary>
    long Revision { get; }

    /// <summary>The VLAN with its ranges, or null.</summary>
    MacVlan? FindVlan(int vlanId);

    /// <summary>All VLANs with their ranges, by ascending id.</summary>
    IReadOnlyList<MacVlan> ListVlans();

    /// <summary>The lowest stored range, of any VLAN, that shares an address with the given one, or null.</summary>
    VlanRange? FindOverlap(MacRange range);

    /// <summary>The allocation of an address, or null.</summary>
    MacAllocation? FindAllocation(MacAddress address);

    /// <summary>Allocations by ascending address; what is null does not restrict. The instance is compared without regard to case.</summary>
    IReadOnlyList<MacAllocation> ListAllocations(int? vlanId = null, string? instanceId = null);

    /// <summary>Number of the VLAN's allocations, in all of it or within a range.</summary>
    long CountAllocations(int vlanId, MacRange? within = null);

    /// <summary>The VLAN's lowest interval of addresses that were never given out, or null.</summary>
    MacRange? FindLowestFree(int vlanId);

    /// <summary>The interval of never-used addresses that holds this one, or null.</summary>
    MacRange? FindFree(int vlanId, MacAddress address);

    /// <summary>The VLAN's intervals of never-used addresses, ascending.</summary>
    IReadOnlyList<MacRange> ListFree(int vlanId);

    /// <summary>
    /// The released address that has rested longest (the lowest of them if several came back at once), or null. One whose recovery has it rest for
    /// longer than now does not count.
    /// </summary>
    RestingAddress? FindLongestResting(int vlanId);

    /// <summary>The released address, or null if it is allocated, was never used, or is in no pool.</summary>
    RestingAddress? FindResting(MacAddress address);

    /// <summary>The VLAN's released addresses, ascending.</summary>
    IReadOnlyList<RestingAddress> ListResting(int vlanId);

    /// <summary>Policies by ascending VLAN and order, of one VLAN or of all.</summary>
    IReadOnlyList<MacPolicy> ListPolicies(int? vlanId = null);

    /// <summary>The policy with this id, or null.</summary>
    MacPolicy? FindPolicy(long policyId);

    /// <summary>The policy at this place of the VLAN's list, or null.</summary>
    MacPolicy? FindPolicyByOrder(int vlanId, int order);

    /// <summary>The VLAN's policy that matches and does the same, or null.</summary>
    MacPolicy? FindSamePolicy(int vlanId, MacPattern source, MacPattern destination, PolicyAction action);

    /// <summary>The highest order in the VLAN's list, or null if it is empty.</summary>
    int? FindLastOrder(int vlanId);

    /// <summary>The interface record with this name, in any case, or null.</summary>
    MacInterface? FindInterface(string name);

    /// <summary>The VLAN's interface record with this MAC address as its own, or null.</summary>
    MacInterface? FindInterfaceByAddress(int vlanId, MacAddress address);

    /// <summary>The VLAN's interface record with this fixed address, or null.</summary>
    MacInterface? FindInterfaceByIPAddress(int vlanId, IPAddress address);

    /// <summary>The interface record, of any VLAN, with the lowest MAC address of its own in a range, or null.</summary>
    MacInterface? FindInterfaceIn(MacRange range);

    /// <summary>Interface records by name; what is null does not restrict. The instance is compared without regard to case.</summary>
    IReadOnlyList<MacInterface> ListInterfaces(int? vlanId = null, string? instanceId = null);

    /// <summary>Number of the VLAN's interface records.</summary>
    long CountInterfaces(int vlanId);

    /// <summary>Allowed address pairs by IP address, MAC address and interface: those with this IP address, or all.</summary>
    IReadOnlyList<MacAddressPair> ListAddressPairs(IPAddress? address = null);

    /// <summary>Which enforcers said that they use an interface record, however long ago, by their ids.</summary>
    IReadOnlyList<InterfaceUse> ListInterfaceUses(long interfaceId);

    /// <summary>The security group with this name, in any case, with its rules and members, or null.</summary>
    MacSecurityGroup? FindSecurityGroup(string name);

    /// <summary>The name of a security group as it was given, or null if there is no such group. Costs less than the group with all its members.</summary>
    string? FindSecurityGroupName(string name);

    /// <summary>The security groups with their rules and members, by name.</summary>
    IReadOnlyList<MacSecurityGroup> ListSecurityGroups();

    /// <summary>The security group rule with this number, or null.</summary>
    MacSecurityGroupRule? FindSecurityGroupRule(long ruleId);

    /// <summary>Rules of security groups by number; what is null does not restrict. Names are compared without regard to case.</summary>
    IReadOnlyList<MacSecurityGroupRule> ListSecurityGroupRules(string? groupName = null, string? remoteGroup = null);

    /// <summary>Identity of the store: a text that no other store has, however it is reached.</summary>
    string StoreId { get; }

    /// <summary>The lowest allocation, of any VLAN, in a range, or null.</summary>
    MacAllocation? FindAllocationIn(MacRange range);

    /// <summary>The handle's record, or null.</summary>
    /// <param name="handle">The handle, normalised.</param>
    /// <param name="copyInstance">The clone whose record it is, compared without regard to case; empty for the record of the handle itself.</param>
    MacHandle? FindHandle(string handle, string copyInstance = "");

    /// <summary>Those of these handles that have a record of their own, in no sequence; a few questions at most, however many they are.</summary>
    /// <param name="handles">Handles, normalised.</param>
    IReadOnlyList<string> ListKnown(IReadOnlyList<string> handles);

    /// <summary>Those of these addresses that are allocated, in no sequence; a few questions at most, however many they are.</summary>
    /// <param name="addresses">Addresses.</param>
    IReadOnlyList<MacAddress> ListAllocated(IReadOnlyList<MacAddress> addresses);

    /// <summary>The handle that owns an address, or null.</summary>
    MacHandle? FindHandleByAddress(MacAddress address);

    /// <summary>Handles by handle and instance; what is null does not restrict.</summary>
    IReadOnlyList<MacHandle> ListHandles(int? vlanId = null);

    /// <summary>Handles from one text to another, both included and compared ordinally, by handle and instance: those of one text with its clones, or of one beginning.</summary>
    /// <param name="first">The lowest handle, normalised.</param>
    /// <param name="last">The highest.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MacHandle> ListHandlesBetween(string first, string last, int limit);

    /// <summary>The handles that own an address in a range, by address.</summary>
    IReadOnlyList<MacHandle> ListHandlesIn(MacRange range);

    /// <summary>The handles that were changed after a place in the store's history, oldest change first.</summary>
    /// <param name="revision">Revision of the last one that is known.</param>
    /// <param name="handleId">Number of the last one that is known of that revision.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MacHandle> ListHandlesSince(long revision, long handleId, int limit);

    /// <summary>Handles that have still to be told to the shared store, oldest change first.</summary>
    IReadOnlyList<MacHandle> ListUnreportedHandles(int limit);

    /// <summary>The provider with this name, in any case, or null.</summary>
    MacProvider? FindProvider(string name);

    /// <summary>Providers by name.</summary>
    IReadOnlyList<MacProvider> ListProviders();

    /// <summary>The block with this number, or null.</summary>
    MacBlock? FindBlock(long blockId);

    /// <summary>The lowest block, not closed, that shares an address with a range, or null. What is given out of it is not counted.</summary>
    MacBlock? FindBlockIn(MacRange range);

    /// <summary>Blocks by VLAN and address, closed ones too; what is null does not restrict. The provider is compared without regard to case.</summary>
    IReadOnlyList<MacBlock> ListBlocks(int? vlanId = null, string? provider = null);

    /// <summary>Whose the store is if it is a provider's own, or null if it is a shared store.</summary>
    ProviderState? FindProviderState();

    /// <summary>The client of the provider service with this name, in any case, or null.</summary>
    MacProviderClient? FindProviderClient(string name);

    /// <summary>Clients of the provider service by name.</summary>
    IReadOnlyList<MacProviderClient> ListProviderClients();

    /// <summary>Audit events, oldest first.</summary>
    IReadOnlyList<MacAuditEvent> ListAuditEvents(AuditQuery query);
}

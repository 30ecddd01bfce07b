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
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores;

/// <summary>
/// A transaction that changes the store, alone: no other writer is under way anywhere. The methods record what the domain decided and
/// check nothing beyond the schema's own constraints.
/// </summary>
public interface IStoreWriter : IStoreReader
{
    /// <summary>Records a new VLAN and its ranges. Its free intervals are the caller's to add.</summary>
    void InsertVlan(MacVlan vlan);

    /// <summary>Records a VLAN's name, ranges, default action, reuse delay, ARP responder and foreign addresses anew. Its free intervals are the caller's to change.</summary>
    void UpdateVlan(MacVlan vlan);

    /// <summary>Removes a VLAN with its ranges, free intervals, resting addresses, allocations, policies and interface records.</summary>
    void DeleteVlan(int vlanId);

    /// <summary>Adds an interval of never-used addresses. The caller makes sure that it meets no other.</summary>
    void InsertFree(int vlanId, MacRange interval);

    /// <summary>Removes an interval that <see cref="IStoreReader.FindFree"/>, FindLowestFree or ListFree returned.</summary>
    void DeleteFree(int vlanId, MacRange interval);

    /// <summary>Records that an address is given out.</summary>
    void InsertAllocation(MacAllocation allocation);

    /// <summary>Removes an allocation.</summary>
    void DeleteAllocation(MacAddress address);

    /// <summary>Records that an address came back.</summary>
    void InsertResting(RestingAddress resting);

    /// <summary>Removes a resting address.</summary>
    void DeleteResting(MacAddress address);

    /// <summary>Removes all resting addresses of a VLAN that lie in a range.</summary>
    void DeleteRestingIn(int vlanId, MacRange range);

    /// <summary>Records a policy and returns it with its new id.</summary>
    MacPolicy InsertPolicy(MacPolicy policy);

    /// <summary>Records a policy's order, patterns and action anew, by its id.</summary>
    void UpdatePolicy(MacPolicy policy);

    /// <summary>Removes a policy.</summary>
    void DeletePolicy(MacPolicy policy);

    /// <summary>Records an interface with its fixed addresses, without pairs and memberships, and returns it with its new id.</summary>
    MacInterface InsertInterface(MacInterface record);

    /// <summary>
    /// Records an interface's addresses, instance and settings anew, by its id. Its pairs and memberships stay; pairs without a MAC address of
    /// their own follow the interface's.
    /// </summary>
    void UpdateInterface(MacInterface record);

    /// <summary>Removes an interface record with its addresses, pairs, memberships and uses.</summary>
    void DeleteInterface(long interfaceId);

    /// <summary>Records an allowed address pair of an interface.</summary>
    void InsertAddressPair(long interfaceId, MacAddressPair pair);

    /// <summary>Removes an allowed address pair of an interface.</summary>
    void DeleteAddressPair(long interfaceId, MacAddressPair pair);

    /// <summary>
    /// Records that an enforcer uses an interface, or still does; nothing if the interface is gone. A sign of life, not a change: it needs no
    /// audit entry.
    /// </summary>
    void UpsertInterfaceUse(InterfaceUse use);

    /// <summary>Removes all uses by an enforcer.</summary>
    void DeleteInterfaceUses(string enforcerId);

    /// <summary>Records a new security group, without rules and members.</summary>
    void InsertSecurityGroup(MacSecurityGroup group);

    /// <summary>Removes a security group with its rules and memberships, and the rules of other groups that name it.</summary>
    void DeleteSecurityGroup(string name);

    /// <summary>Records a rule of an existing group and returns it with its new number.</summary>
    MacSecurityGroupRule InsertSecurityGroupRule(MacSecurityGroupRule rule);

    /// <summary>Removes a rule.</summary>
    void DeleteSecurityGroupRule(long ruleId);

    /// <summary>Records that an interface is a member of a security group.</summary>
    void InsertSecurityGroupMember(string groupName, long interfaceId);

    /// <summary>Removes an interface from a security group.</summary>
    void DeleteSecurityGroupMember(string groupName, long interfaceId);

    /// <summary>Records a handle, under a new number.</summary>
    void InsertHandle(MacHandle handle);

    /// <summary>Records anew what a handle has, by its number.</summary>
    void UpdateHandle(MacHandle handle);

    /// <summary>Forgets a handle.</summary>
    void DeleteHandle(long handleId);

    /// <summary>
    /// Records that the shared store knows of a handle as it was in a revision; nothing if it was changed since. A note for the provider itself, not a
    /// change: it needs no audit entry.
    /// </summary>
    void MarkHandleReported(long handleId, long revision);

    /// <summary>Records a provider and returns it with its new number.</summary>
    MacProvider InsertProvider(MacProvider provider);

    /// <summary>Records a provider anew, by its number. That it was seen is a sign of life, not a change: it needs no audit entry.</summary>
    void UpdateProvider(MacProvider provider);

    /// <summary>Removes a provider, which has no blocks.</summary>
    void DeleteProvider(long providerId);

    /// <summary>Records a block and returns it with its number: the one that it has, or a new one if it has none.</summary>
    MacBlock InsertBlock(MacBlock block);

    /// <summary>Records a block's range, epoch and state anew, by its number.</summary>
    void UpdateBlock(MacBlock block);

    /// <summary>Removes a block.</summary>
    void DeleteBlock(long blockId);

    /// <summary>Records whose the store is. A note for the provider itself, not a change: it needs no audit entry.</summary>
    void SetProviderState(ProviderState state);

    /// <summary>Records a client of the provider service and returns it with its new number.</summary>
    MacProviderClient InsertProviderClient(MacProviderClient client);

    /// <summary>Removes a client of the provider service.</summary>
    void DeleteProviderClient(long clientId);

    /// <summary>Records who changed what. A transaction that writes at least one entry raises the store's revision by one when it commits.</summary>
    void AppendAudit(AuditEntry entry);
}

using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Policies;
using MacSegmentation.Pools;
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

    /// <summary>Records a VLAN's name, ranges, default action and reuse delay anew. Its free intervals are the caller's to change.</summary>
    void UpdateVlan(MacVlan vlan);

    /// <summary>Removes a VLAN with its ranges, free intervals, resting addresses, allocations and policies.</summary>
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

    /// <summary>Records who changed what. A transaction that writes at least one entry raises the store's revision by one when it commits.</summary>
    void AppendAudit(AuditEntry entry);
}

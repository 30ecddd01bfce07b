using MacSegmentation.Transactions;

namespace MacSegmentation.Vlans;

/// <summary>Writes the rows of VLANs.</summary>
public interface IVlanWriter : IVlanReader, IFreeSpaceWriter, IChangeTransaction
{
    /// <summary>Records a new VLAN and its ranges. Its free intervals are the caller's to add.</summary>
    void InsertVlan(MacVlan vlan);

    /// <summary>Records a VLAN's name, ranges, default action, reuse delay, ARP responder and out-of-pool addresses anew. Its free intervals are the caller's to change.</summary>
    void UpdateVlan(MacVlan vlan);

    /// <summary>Removes a VLAN with its ranges, free intervals, addresses that are held down, allocations, policies and interface records, and the policies of partitions that have it as their peer.</summary>
    void DeleteVlan(int vlanId);
}

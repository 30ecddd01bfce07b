using MacSegmentation.Addressing;
using MacSegmentation.Transactions;

namespace MacSegmentation.Vlans;

/// <summary>The rows of VLANs.</summary>
public interface IVlanReader : ITransaction, IVlanUses
{
    /// <summary>The VLAN with its ranges, or null.</summary>
    MacVlan? FindVlan(int vlanId);

    /// <summary>All VLANs with their ranges, by ascending id.</summary>
    IReadOnlyList<MacVlan> ListVlans();

    /// <summary>The lowest stored range, of any VLAN, that shares an address with the given one, or null.</summary>
    VlanRange? FindOverlap(MacRange range);
}

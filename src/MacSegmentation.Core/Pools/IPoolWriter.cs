using MacSegmentation.Addressing;
using MacSegmentation.Transactions;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>Writes the rows of addresses that are given out, or came back.</summary>
public interface IPoolWriter : IPoolReader, IFreeSpaceWriter, IChangeTransaction
{
    /// <summary>Records that an address is given out.</summary>
    void InsertAllocation(MacAllocation allocation);

    /// <summary>Removes an allocation.</summary>
    void DeleteAllocation(MacAddress address);

    /// <summary>Records that an address came back.</summary>
    void InsertHeldDown(HeldDownAddress heldDown);

    /// <summary>Removes an address that is held down.</summary>
    void DeleteHeldDown(MacAddress address);
}

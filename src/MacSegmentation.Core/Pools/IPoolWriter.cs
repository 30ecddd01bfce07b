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

    /// <summary>Records a reservation.</summary>
    void InsertReservation(MacReservation reservation);

    /// <summary>Records a reservation's description anew.</summary>
    void UpdateReservation(MacReservation reservation);

    /// <summary>Removes the reservation that begins with an address.</summary>
    void DeleteReservation(MacAddress first);

    /// <summary>Records that an address of a reservation came back.</summary>
    void InsertReservedHeldDown(HeldDownAddress heldDown);

    /// <summary>Forgets that an address of a reservation came back, if it did.</summary>
    void DeleteReservedHeldDown(MacAddress address);

    /// <summary>Keeps the VLAN's addresses of a range that are held down apart, as they are.</summary>
    void ReserveHeldDown(int vlanId, MacRange range);

    /// <summary>Holds down again what was kept apart of a range.</summary>
    void ReleaseReservedHeldDown(int vlanId, MacRange range);
}

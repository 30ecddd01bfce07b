using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Pools;

/// <summary>The changes of addresses that are given out, or came back, as statements.</summary>
internal interface ISqlPoolWriter : ISqlPoolReader, IPoolWriter, ISqlChange
{
    void IPoolWriter.InsertAllocation(MacAllocation allocation) => AllocationTable.Rows.Insert(this, allocation);

    void IPoolWriter.DeleteAllocation(MacAddress address) => AllocationTable.Rows.Delete(this, (long)address.Value);

    void IPoolWriter.InsertHeldDown(HeldDownAddress heldDown) => HeldDownTable.Rows.Insert(this, heldDown);

    void IPoolWriter.DeleteHeldDown(MacAddress address) => HeldDownTable.Rows.Delete(this, (long)address.Value);

    void IPoolWriter.InsertReservation(MacReservation reservation) => ReservationTable.Rows.Insert(this, reservation);

    void IPoolWriter.UpdateReservation(MacReservation reservation) =>
        Connection.Prepare(ReservationTable.UpdateDescription).Bind(1, reservation.Description).Bind(2, reservation.Range.First).Run();

    void IPoolWriter.DeleteReservation(MacAddress first) => Connection.Prepare(ReservationTable.DeleteByFirst).Bind(1, first).Run();

    void IPoolWriter.InsertReservedHeldDown(HeldDownAddress heldDown) => ReservationTable.HeldDown.Insert(this, heldDown);

    void IPoolWriter.DeleteReservedHeldDown(MacAddress address) => ReservationTable.HeldDown.Delete(this, (long)address.Value);

    void IPoolWriter.ReserveHeldDown(int vlanId, MacRange range)
    {
        RunOver(ReservationTable.KeepApart, vlanId, range);
        RunOver(ReservationTable.DeleteFromHeldDown, vlanId, range);
    }

    void IPoolWriter.ReleaseReservedHeldDown(int vlanId, MacRange range)
    {
        RunOver(ReservationTable.HoldDownAgain, vlanId, range);
        RunOver(ReservationTable.DeleteKeptApart, vlanId, range);
    }

    private void RunOver(string statement, int vlanId, MacRange range) => Connection.Prepare(statement).Bind(1, vlanId).Bind(2, range.First).Bind(3, range.Last).Run();

    void IFreeSpaceWriter.DeleteHeldDownIn(int vlanId, MacRange range) => Connection
        .Prepare("DELETE FROM resting WHERE vlan_id = ? AND address BETWEEN ? AND ?")
        .Bind(1, vlanId)
        .Bind(2, range.First)
        .Bind(3, range.Last)
        .Run();
}

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

    void IFreeSpaceWriter.DeleteHeldDownIn(int vlanId, MacRange range) => Connection
        .Prepare("DELETE FROM resting WHERE vlan_id = ? AND address BETWEEN ? AND ?")
        .Bind(1, vlanId)
        .Bind(2, range.First)
        .Bind(3, range.Last)
        .Run();
}

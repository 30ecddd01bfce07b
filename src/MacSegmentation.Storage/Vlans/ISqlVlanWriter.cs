using MacSegmentation.Addressing;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Vlans;

/// <summary>The changes of VLANs and their never-used addresses, as statements.</summary>
internal interface ISqlVlanWriter : ISqlVlanReader, IVlanWriter, ISqlChange
{
    /// <summary>What leaves the tombstones of a VLAN's rows in the tables that snapshots are read from, for those that do not go with the VLAN itself.</summary>
    IReadOnlyList<string> TombstonesOfVlan { get; }

    void IVlanWriter.InsertVlan(MacVlan vlan)
    {
        VlanTable.Rows.Insert(this, vlan);
        InsertRanges(vlan);
    }

    void IVlanWriter.UpdateVlan(MacVlan vlan)
    {
        VlanTable.Rows.Update(this, vlan);
        Connection.Prepare("DELETE FROM vlan_range WHERE vlan_id = ?").Bind(1, vlan.VlanId).Run();
        InsertRanges(vlan);
    }

    void IVlanWriter.DeleteVlan(int vlanId)
    {
        foreach (string tombstone in TombstonesOfVlan)
        {
            Table<MacVlan>.LeaveTombstone(this, tombstone, vlanId);
        }

        VlanTable.Rows.Delete(this, vlanId);
    }

    void IFreeSpaceWriter.InsertFree(int vlanId, MacRange interval) => Connection
        .Prepare("INSERT INTO free_interval (vlan_id, first, last) VALUES (?, ?, ?)")
        .Bind(1, vlanId)
        .Bind(2, interval.First)
        .Bind(3, interval.Last)
        .Run();

    void IFreeSpaceWriter.DeleteFree(int vlanId, MacRange interval) => Connection
        .Prepare("DELETE FROM free_interval WHERE vlan_id = ? AND first = ?")
        .Bind(1, vlanId)
        .Bind(2, interval.First)
        .Run();

    private void InsertRanges(MacVlan vlan)
    {
        foreach (var range in vlan.Ranges)
        {
            Connection
                .Prepare("INSERT INTO vlan_range (first, last, vlan_id) VALUES (?, ?, ?)")
                .Bind(1, range.First)
                .Bind(2, range.Last)
                .Bind(3, vlan.VlanId)
                .Run();
        }
    }
}

using MacSegmentation.Addressing;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Vlans;

/// <summary>The questions about VLANs and their never-used addresses, as queries.</summary>
internal interface ISqlVlanReader : IVlanReader, IFreeSpaceReader, ISqlSession
{
    MacVlan? IVlanReader.FindVlan(int vlanId) => Connection.Prepare(VlanTable.SelectById).Bind(1, vlanId).First(ToVlan);

    IReadOnlyList<MacVlan> IVlanReader.ListVlans() => Connection.Prepare(VlanTable.SelectSorted).All(ToVlan);

    VlanRange? IVlanReader.FindOverlap(MacRange range)
    {
        // Stored ranges share no address: the last that begins before the given one reaches farthest into it.
        var before = Connection
            .Prepare("SELECT vlan_id, first, last FROM vlan_range WHERE first <= ? ORDER BY first DESC LIMIT 1")
            .Bind(1, range.First)
            .FirstValue(ToVlanRange);
        return before?.Range.Overlaps(range) == true
            ? before
            : Connection
                .Prepare("SELECT vlan_id, first, last FROM vlan_range WHERE first BETWEEN ? AND ? ORDER BY first LIMIT 1")
                .Bind(1, range.First)
                .Bind(2, range.Last)
                .FirstValue(ToVlanRange);
    }

    MacRange? IFreeSpaceReader.FindLowestFree(int vlanId) => Connection
        .Prepare("SELECT first, last FROM free_interval WHERE vlan_id = ? ORDER BY first LIMIT 1")
        .Bind(1, vlanId)
        .FirstValue(ToRange);

    MacRange? IFreeSpaceReader.FindFree(int vlanId, MacAddress address)
    {
        var nearest = Connection
            .Prepare("SELECT first, last FROM free_interval WHERE vlan_id = ? AND first <= ? ORDER BY first DESC LIMIT 1")
            .Bind(1, vlanId)
            .Bind(2, address)
            .FirstValue(ToRange);
        return nearest?.Contains(address) == true ? nearest : null;
    }

    MacRange? IFreeSpaceReader.FindLowestFreeIn(int vlanId, MacRange range) => FindFree(vlanId, range.First) ?? Connection
        .Prepare("SELECT first, last FROM free_interval WHERE vlan_id = ? AND first BETWEEN ? AND ? ORDER BY first LIMIT 1")
        .Bind(1, vlanId)
        .Bind(2, range.First)
        .Bind(3, range.Last)
        .FirstValue(ToRange);

    // Of the intervals that begin before the range only the last can reach into it: they do not touch.
    MacRange? IFreeSpaceReader.FindLowestRun(int vlanId, MacRange range, long count)
    {
        if (FindFree(vlanId, range.First) is { } around && IFreeSpaceReader.RunIn(around, range, count) is { } run)
        {
            return run;
        }

        var found = Connection
            .Prepare("SELECT first, last FROM free_interval WHERE vlan_id = ? AND first BETWEEN ? AND ? AND last - first >= ? ORDER BY first LIMIT 1")
            .Bind(1, vlanId)
            .Bind(2, range.First)
            .Bind(3, range.Last)
            .Bind(4, count - 1)
            .FirstValue(ToRange);
        return found is { } free ? IFreeSpaceReader.RunIn(free, range, count) : null;
    }

    IReadOnlyList<MacRange> IFreeSpaceReader.ListFree(int vlanId) => Connection
        .Prepare("SELECT first, last FROM free_interval WHERE vlan_id = ? ORDER BY first")
        .Bind(1, vlanId)
        .All(ToRange);

    private static MacRange ToRange(SqlStatement row) => row.MacRange(0);

    private static VlanRange ToVlanRange(SqlStatement row) => new((int)row.Number(0), row.MacRange(1));

    private MacVlan ToVlan(SqlStatement row)
    {
        var vlan = VlanTable.Rows.Read(row);
        return vlan with { Ranges = Connection.Prepare("SELECT first, last FROM vlan_range WHERE vlan_id = ? ORDER BY first").Bind(1, vlan.VlanId).All(ToRange) };
    }
}

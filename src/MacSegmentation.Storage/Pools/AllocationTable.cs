using MacSegmentation.Pools;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Pools;

/// <summary>The table of addresses that are given out.</summary>
internal static class AllocationTable
{
    public static readonly Table<MacAllocation> Rows = new(
        "allocation",
        static () => new MacAllocation { MacAddress = default, VlanId = 0, InstanceId = string.Empty, AllocatedAt = default },
        Table<MacAllocation>.NaturalKey("address", ColumnTypes.MacAddress, allocation => allocation.MacAddress),
        Table<MacAllocation>.Property("vlan_id", ColumnTypes.Integer, allocation => allocation.VlanId),
        Table<MacAllocation>.Property("instance_id", ColumnTypes.Text, allocation => allocation.InstanceId),
        Table<MacAllocation>.Property("allocated_at", ColumnTypes.Time, allocation => allocation.AllocatedAt),
        Table<MacAllocation>.Property("handle", ColumnTypes.Text, allocation => allocation.Handle))
    {
        IsQuiet = true,
    };

    public static readonly string SelectByAddress = Rows.Select("WHERE address = ?");
    public static readonly string SelectLowestBetween = Rows.Select("WHERE address BETWEEN ? AND ? ORDER BY address LIMIT 1");
    public static readonly string SelectSorted = Rows.Select("ORDER BY address");
    public static readonly string SelectOfVlan = Rows.Select("WHERE vlan_id = ? ORDER BY address");
    public static readonly string SelectBetween = Rows.Select("WHERE address BETWEEN ? AND ? ORDER BY address LIMIT ?");
    public static readonly string SelectBetweenOfVlan = Rows.Select("WHERE vlan_id = ? AND address BETWEEN ? AND ? ORDER BY address LIMIT ?");
    public static readonly string SelectOfInstances =
        Rows.Select("WHERE instance_id >= ? COLLATE NOCASE AND instance_id < ? COLLATE NOCASE ORDER BY instance_id COLLATE NOCASE, address LIMIT ?");
    public static readonly string SelectOfInstance = Rows.Select("WHERE instance_id = ? COLLATE NOCASE ORDER BY address");
    public static readonly string SelectOfInstanceAndVlan = Rows.Select("WHERE instance_id = ? COLLATE NOCASE AND +vlan_id = ? ORDER BY address");
}

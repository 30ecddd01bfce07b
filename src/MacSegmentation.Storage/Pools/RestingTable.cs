using MacSegmentation.Pools;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Pools;

/// <summary>The table of addresses that came back.</summary>
internal static class RestingTable
{
    public static readonly Table<RestingAddress> Rows = new(
        "resting",
        static () => new RestingAddress(default, 0, default),
        Table<RestingAddress>.NaturalKey("address", ColumnTypes.MacAddress, resting => resting.Address),
        Table<RestingAddress>.Property("vlan_id", ColumnTypes.Integer, resting => resting.VlanId),
        Table<RestingAddress>.Property("released_at", ColumnTypes.Time, resting => resting.ReleasedAt),
        Table<RestingAddress>.Property("rests_until", ColumnTypes.TimeOrZero, resting => resting.RestsUntil))
    {
        IsQuiet = true,
    };

    public static readonly string SelectLongest = Rows.Select("WHERE vlan_id = ? AND rests_until <= ? ORDER BY released_at, address LIMIT 1");
    public static readonly string SelectByAddress = Rows.Select("WHERE address = ?");
    public static readonly string SelectOfVlan = Rows.Select("WHERE vlan_id = ? ORDER BY address");
}

using MacSegmentation.Pools;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Pools;

/// <summary>The table of addresses that came back.</summary>
internal static class HeldDownTable
{
    public static readonly Table<HeldDownAddress> Rows = new(
        "resting",
        static () => new HeldDownAddress(default, 0, default),
        Table<HeldDownAddress>.NaturalKey("address", ColumnTypes.MacAddress, heldDown => heldDown.Address),
        Table<HeldDownAddress>.Property("vlan_id", ColumnTypes.Integer, heldDown => heldDown.VlanId),
        Table<HeldDownAddress>.Property("released_at", ColumnTypes.Time, heldDown => heldDown.ReleasedAt),
        Table<HeldDownAddress>.Property("rests_until", ColumnTypes.TimeOrZero, heldDown => heldDown.HeldDownUntil))
    {
        IsQuiet = true,
    };

    public static readonly string SelectLongest = Rows.Select("WHERE vlan_id = ? AND rests_until <= ? ORDER BY released_at, address LIMIT 1");
    public static readonly string SelectLongestBetween =
        Rows.Select("WHERE vlan_id = ? AND rests_until <= ? AND address BETWEEN ? AND ? ORDER BY released_at, address LIMIT 1");

    public static readonly string SelectByAddress = Rows.Select("WHERE address = ?");
    public static readonly string SelectOfVlan = Rows.Select("WHERE vlan_id = ? ORDER BY address");
}

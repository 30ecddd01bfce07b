using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Pools;

/// <summary>The tables of reserved addresses.</summary>
internal static class ReservationTable
{
    /// <summary>The reservations. They decide over nothing that enforcers do.</summary>
    public static readonly Table<MacReservation> Rows = new(
        "reservation",
        static () => new MacReservation { VlanId = 0, Range = default },
        Table<MacReservation>.Property("first", "last", ColumnTypes.MacRange, reservation => reservation.Range),
        Table<MacReservation>.Property("vlan_id", ColumnTypes.Integer, reservation => reservation.VlanId),
        Table<MacReservation>.Property("description", ColumnTypes.Text, reservation => reservation.Description))
    {
        IsQuiet = true,
    };

    /// <summary>Addresses in reservations that came back.</summary>
    public static readonly Table<HeldDownAddress> HeldDown = new(
        "reserved_resting",
        static () => new HeldDownAddress(default, 0, default),
        Table<HeldDownAddress>.NaturalKey("address", ColumnTypes.MacAddress, heldDown => heldDown.Address),
        Table<HeldDownAddress>.Property("vlan_id", ColumnTypes.Integer, heldDown => heldDown.VlanId),
        Table<HeldDownAddress>.Property("released_at", ColumnTypes.Time, heldDown => heldDown.ReleasedAt),
        Table<HeldDownAddress>.Property("rests_until", ColumnTypes.TimeOrZero, heldDown => heldDown.HeldDownUntil))
    {
        IsQuiet = true,
    };

    public static readonly string SelectSorted = Rows.Select("ORDER BY first");
    public static readonly string SelectOfVlan = Rows.Select("WHERE vlan_id = ? ORDER BY first");
    public static readonly string SelectFrom = Rows.Select("WHERE first <= ? ORDER BY first DESC LIMIT 1");
    public static readonly string SelectBetween = Rows.Select("WHERE first BETWEEN ? AND ? ORDER BY first LIMIT 1");
    public static readonly string SelectHeldDownBetween = HeldDown.Select("WHERE address BETWEEN ? AND ? ORDER BY address");
    public const string UpdateDescription = "UPDATE reservation SET description = ? WHERE first = ?";
    public const string DeleteByFirst = "DELETE FROM reservation WHERE first = ?";
    public const string KeepApart =
        "INSERT INTO reserved_resting (address, vlan_id, released_at, rests_until) SELECT address, vlan_id, released_at, rests_until FROM resting WHERE vlan_id = ? AND address BETWEEN ? AND ?";

    public const string DeleteFromHeldDown = "DELETE FROM resting WHERE vlan_id = ? AND address BETWEEN ? AND ?";
    public const string HoldDownAgain =
        "INSERT INTO resting (address, vlan_id, released_at, rests_until) SELECT address, vlan_id, released_at, rests_until FROM reserved_resting WHERE vlan_id = ? AND address BETWEEN ? AND ?";

    public const string DeleteKeptApart = "DELETE FROM reserved_resting WHERE vlan_id = ? AND address BETWEEN ? AND ?";
}

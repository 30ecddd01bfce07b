using MacSegmentation.Handles;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Handles;

/// <summary>The table of handles.</summary>
internal static class HandleTable
{
    public static readonly Table<MacHandle> Rows = new(
        "handle",
        static () => new MacHandle { HandleId = 0, Handle = string.Empty, VlanId = 0, MacAddress = default, State = default, AssignedAt = default },
        Table<MacHandle>.GivenKey("handle_id", handle => handle.HandleId),
        Table<MacHandle>.Property("handle", ColumnTypes.Text, handle => handle.Handle, ColumnUse.Once),
        Table<MacHandle>.WriteOnly("copy_key", ColumnTypes.NameKey, handle => handle.IsCopy ? handle.InstanceId : string.Empty),
        Table<MacHandle>.ReadOnly("copy_key", IsNamed, handle => handle.IsCopy),
        Table<MacHandle>.Property("client", ColumnTypes.Text, handle => handle.Client),
        Table<MacHandle>.WriteOnly("client_key", ColumnTypes.NameKey, handle => handle.Client),
        Table<MacHandle>.Property("vlan_id", ColumnTypes.Integer, handle => handle.VlanId),
        Table<MacHandle>.Property("address", ColumnTypes.MacAddress, handle => handle.MacAddress),
        Table<MacHandle>.Property("state", ColumnTypes.Choice(HandleState.Held, HandleState.Released, HandleState.Revoked), handle => handle.State),
        Table<MacHandle>.Property("instance_id", ColumnTypes.Text, handle => handle.InstanceId),
        Table<MacHandle>.Property("provider", ColumnTypes.Text, handle => handle.Provider),
        Table<MacHandle>.Property("assigned_at", ColumnTypes.Time, handle => handle.AssignedAt),
        Table<MacHandle>.Property("assignment", ColumnTypes.Number, handle => handle.Assignment),
        Table<MacHandle>.Property("ended_at", ColumnTypes.OptionalTime, handle => handle.EndedAt),
        Table<MacHandle>.Property("rests_until", ColumnTypes.OptionalTime, handle => handle.HeldDownUntil),
        Table<MacHandle>.Property("reason", ColumnTypes.Text, handle => handle.Reason),
        Table<MacHandle>.Property("notice", ColumnTypes.Text, handle => handle.Notice),
        Table<MacHandle>.Property("is_reported", ColumnTypes.Flag, handle => handle.IsReported),
        Table<MacHandle>.Revision(),
        Table<MacHandle>.ReadOnly("revision", ColumnTypes.Number, handle => handle.Revision))
    {
        IsQuiet = true,
    };

    public static readonly string SelectByHandle = Rows.Select("WHERE handle = ? AND copy_key = ?");
    public static readonly string CountOfClient = "SELECT count(*) FROM (SELECT handle_id FROM handle WHERE client_key = ? AND state = 0 LIMIT ?) AS held";
    public static readonly string SelectByAddress = Rows.Select("WHERE address = ? AND state = 0");
    public static readonly string SelectSorted = Rows.Select("ORDER BY handle, copy_key, client_key");
    public static readonly string SelectOfVlan = Rows.Select("WHERE vlan_id = ? ORDER BY handle, copy_key, client_key");
    public static readonly string SelectOfInstance = Rows.Select("WHERE instance_id = ? COLLATE NOCASE ORDER BY handle, copy_key, client_key");
    public static readonly string SelectNamed = Rows.Select("WHERE handle BETWEEN ? AND ? ORDER BY handle, copy_key, client_key LIMIT ?");
    public static readonly string SelectAfter = Rows.Select("WHERE (handle, copy_key, client_key) > (?, ?, ?) ORDER BY handle, copy_key, client_key LIMIT ?");
    public static readonly string SelectBetween = Rows.Select("WHERE address BETWEEN ? AND ? AND state = 0 ORDER BY address LIMIT ?");

    // In two parts, each of which an index leads through: what is left of the last revision, and what is newer.
    public static readonly string SelectOfRevision = Rows.Select("WHERE revision = ? AND handle_id > ? ORDER BY handle_id LIMIT ?");
    public static readonly string SelectSince = Rows.Select("WHERE revision > ? ORDER BY revision, handle_id LIMIT ?");
    public static readonly string SelectUnreported = Rows.Select("WHERE is_reported = 0 ORDER BY revision, handle_id LIMIT ?");

    /// <summary>So many are asked about in one question; where there are fewer, the last is named again.</summary>
    public const int Several = 32;

    public static readonly string SelectKnown = $"SELECT handle FROM handle WHERE copy_key = '' AND handle IN ({Places})";
    public static readonly string SelectAllocated = $"SELECT address FROM allocation WHERE address IN ({Places})";

    private static string Places => string.Join(", ", Enumerable.Repeat("?", Several));

    private static ColumnType<bool> IsNamed => new(static (to, place, value) => to.Bind(place, value), static (row, place) => row.Text(place).Length > 0);
}

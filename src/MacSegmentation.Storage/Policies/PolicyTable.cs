using MacSegmentation.Policies;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Stores.Vlans;

namespace MacSegmentation.Stores.Policies;

/// <summary>The table of policies.</summary>
internal static class PolicyTable
{
    public static readonly Table<MacPolicy> Rows = new(
        "policy",
        static () => new MacPolicy { VlanId = 0, Order = 0, SourceAddress = default, DestinationAddress = default, Action = default },
        Table<MacPolicy>.GivenKey("policy_id", policy => policy.PolicyId),
        Table<MacPolicy>.Property("vlan_id", ColumnTypes.Integer, policy => policy.VlanId, ColumnUse.Once),
        Table<MacPolicy>.Property("position", ColumnTypes.Integer, policy => policy.Order),
        Table<MacPolicy>.Property("source", "source_length", "source_mask", ColumnTypes.MacPattern, policy => policy.SourceAddress),
        Table<MacPolicy>.Property("destination", "destination_length", "destination_mask", ColumnTypes.MacPattern, policy => policy.DestinationAddress),
        Table<MacPolicy>.Property("action", VlanTable.Action, policy => policy.Action),
        Table<MacPolicy>.Property("description", ColumnTypes.Text, policy => policy.Description),
        Table<MacPolicy>.Property("is_disabled", ColumnTypes.Flag, policy => policy.Disabled),
        Table<MacPolicy>.Property("expires_at", ColumnTypes.OptionalTime, policy => policy.ExpiresAt),
        Table<MacPolicy>.Revision())
    {
        Tombstones = "removed_policy",
        TombstoneColumns = ["policy_id", "vlan_id"],
    };

    public static readonly string SelectUnsorted = Rows.Select();
    public static readonly string SelectSorted = Rows.Select("ORDER BY vlan_id, position");
    public static readonly string SelectOfVlan = Rows.Select("WHERE vlan_id = ? ORDER BY position");
    public static readonly string SelectAfter = Rows.Select("WHERE vlan_id = ? AND position > ? ORDER BY position LIMIT ?");
    public static readonly string SelectBefore = Rows.Select("WHERE vlan_id = ? AND position < ? ORDER BY position DESC LIMIT 1");
    public static readonly string SelectAfterId = Rows.Select("WHERE policy_id > ? ORDER BY policy_id LIMIT ?");
    public static readonly string SelectById = Rows.Select("WHERE policy_id = ?");
    public static readonly string SelectByPosition = Rows.Select("WHERE vlan_id = ? AND position = ?");
    public static readonly string SelectByMeaning =
        Rows.Select("WHERE vlan_id = ? AND source = ? AND source_length = ? AND source_mask = ? AND destination = ? AND destination_length = ? AND destination_mask = ? AND action = ?");

    public static readonly string SelectSince = Rows.Select("WHERE revision > ?");
}

using MacSegmentation.Blocks;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Blocks;

/// <summary>The table of blocks.</summary>
internal static class BlockTable
{
    public static readonly Table<MacBlock> Rows = new(
        "block",
        "JOIN provider USING (provider_id)",
        static () => new MacBlock { Provider = string.Empty, VlanId = 0, Range = default },
        Table<MacBlock>.GivenKey("block_id", block => block.BlockId),
        Table<MacBlock>.Reference(
            "provider_id", "provider.name", "(SELECT provider_id FROM provider WHERE name_key = ?)", ColumnTypes.NameKey, block => block.Provider, ColumnUse.Once),
        Table<MacBlock>.Property("vlan_id", ColumnTypes.Integer, block => block.VlanId, ColumnUse.Once),
        Table<MacBlock>.Property("first", "last", ColumnTypes.MacRange, block => block.Range),
        Table<MacBlock>.Property("epoch", ColumnTypes.Number, block => block.Epoch),
        Table<MacBlock>.Property("state", ColumnTypes.Choice(BlockState.Active, BlockState.Recalled, BlockState.Closed), block => block.State),
        Table<MacBlock>.Property("granted_at", ColumnTypes.Time, block => block.GrantedAt, ColumnUse.Once));

    public static readonly string SelectById = Rows.Select("WHERE block_id = ?");
    public static readonly string SelectByFirst = Rows.Select("WHERE first <= ? AND state < 2 ORDER BY first DESC LIMIT 1");
    public static readonly string SelectBetween = Rows.Select("WHERE first BETWEEN ? AND ? AND state < 2 ORDER BY first LIMIT 1");
    public static readonly string SelectSorted = Rows.Select("ORDER BY vlan_id, first, block_id");
    public static readonly string SelectOfVlan = Rows.Select("WHERE vlan_id = ? ORDER BY first, block_id");
    public static readonly string SelectOfProvider = Rows.Select("WHERE name_key = ? ORDER BY vlan_id, first, block_id");
    public static readonly string SelectOfVlanAndProvider = Rows.Select("WHERE vlan_id = ? AND name_key = ? ORDER BY first, block_id");
}

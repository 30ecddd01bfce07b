using MacSegmentation.Addressing;
using MacSegmentation.Blocks;

namespace MacSegmentation.Stores.Sql;

/// <summary>A block as a row: which columns are read, in which order.</summary>
internal static class BlockRow
{
    public const string Select =
        "SELECT block_id, provider.name, vlan_id, first, last, epoch, state, granted_at FROM block JOIN provider USING (provider_id)";

    public const string SelectById = Select + " WHERE block_id = ?";
    public const string SelectByFirst = Select + " WHERE first <= ? AND state < 2 ORDER BY first DESC LIMIT 1";
    public const string SelectBetween = Select + " WHERE first BETWEEN ? AND ? AND state < 2 ORDER BY first LIMIT 1";
    public const string SelectSorted = Select + " ORDER BY vlan_id, first, block_id";
    public const string SelectOfVlan = Select + " WHERE vlan_id = ? ORDER BY first, block_id";
    public const string SelectOfProvider = Select + " WHERE name_key = ? ORDER BY vlan_id, first, block_id";
    public const string SelectOfVlanAndProvider = Select + " WHERE vlan_id = ? AND name_key = ? ORDER BY first, block_id";

    public static MacBlock Read(SqlStatement row) => new()
    {
        BlockId = row.Number(0),
        Provider = row.Text(1),
        VlanId = (int)row.Number(2),
        Range = new MacRange(new MacAddress((ulong)row.Number(3)), new MacAddress((ulong)row.Number(4))),
        Epoch = row.Number(5),
        State = StoredNumbers.BlockStates.To(row.Number(6)),
        GrantedAt = StoredNumbers.ToTime(row.Number(7)),
    };
}

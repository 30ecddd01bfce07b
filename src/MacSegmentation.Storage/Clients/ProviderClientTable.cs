using MacSegmentation.Clients;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Clients;

/// <summary>The table of clients of the provider service.</summary>
internal static class ProviderClientTable
{
    public static readonly Table<MacProviderClient> Rows = new(
        "provider_client",
        static () => new MacProviderClient { Name = string.Empty, TokenDigest = [] },
        Table<MacProviderClient>.GivenKey("client_id", client => client.ClientId),
        Table<MacProviderClient>.Property("name", ColumnTypes.Text, client => client.Name),
        Table<MacProviderClient>.WriteOnly("name_key", ColumnTypes.NameKey, client => client.Name),
        Table<MacProviderClient>.Property("token_digest", ColumnTypes.Bytes, client => client.TokenDigest),
        Table<MacProviderClient>.Property("vlan_ids", ColumnTypes.Integers, client => client.VlanId),
        Table<MacProviderClient>.Property("created_at", ColumnTypes.Time, client => client.CreatedAt));

    public static readonly string SelectByName = Rows.Select("WHERE name_key = ?");
    public static readonly string SelectSorted = Rows.Select("ORDER BY name_key");
}

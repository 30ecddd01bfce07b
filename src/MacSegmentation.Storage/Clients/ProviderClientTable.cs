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
        Table<MacProviderClient>.Property("scope", Scopes, client => client.Scope),
        Table<MacProviderClient>.Property("client_group", ColumnTypes.Text, client => client.Group),
        Table<MacProviderClient>.Property("quota", ColumnTypes.Number, client => client.Quota),
        Table<MacProviderClient>.Property("expires_at", ColumnTypes.OptionalTime, client => client.ExpiresAt),
        Table<MacProviderClient>.Property("former_digest", Digest, client => client.FormerDigest),
        Table<MacProviderClient>.Property("former_until", ColumnTypes.OptionalTime, client => client.FormerUntil),
        Table<MacProviderClient>.Property("created_at", ColumnTypes.Time, client => client.CreatedAt));

    public static readonly string SelectByName = Rows.Select("WHERE name_key = ?");
    public static readonly string SelectSorted = Rows.Select("ORDER BY name_key");

    private static ColumnType<IReadOnlyList<byte>> Digest => new(
        static (to, place, value) => to.Bind(place, (ReadOnlySpan<byte>)value.ToArray()),
        static (row, place) => row.IsNull(place) ? [] : row.Bytes(place).ToArray());

    /// <summary>The sum of what it may do: Request 1, Read 2, Administer 4.</summary>
    private static ColumnType<ClientScopes> Scopes => new(static (to, place, value) => to.Bind(place, (long)value), static (row, place) => (ClientScopes)row.Number(place));
}

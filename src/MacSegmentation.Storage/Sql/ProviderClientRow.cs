using System.Globalization;
using MacSegmentation.Clients;

namespace MacSegmentation.Stores.Sql;

/// <summary>A client of the provider service as a row: which columns are read, in which order.</summary>
internal static class ProviderClientRow
{
    public const string Select = "SELECT client_id, name, token_digest, vlan_ids, created_at FROM provider_client";
    public const string SelectByName = Select + " WHERE name_key = ?";
    public const string SelectSorted = Select + " ORDER BY name_key";

    public static MacProviderClient Read(SqlStatement row) => new()
    {
        ClientId = row.Number(0),
        Name = row.Text(1),
        TokenDigest = row.Bytes(2).ToArray(),
        VlanId = [.. row.Text(3).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(vlanId => int.Parse(vlanId, CultureInfo.InvariantCulture))],
        CreatedAt = StoredNumbers.ToTime(row.Number(4)),
    };
}

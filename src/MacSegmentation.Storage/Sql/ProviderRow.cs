using MacSegmentation.Providers;

namespace MacSegmentation.Stores.Sql;

/// <summary>A provider as a row: which columns are read, in which order.</summary>
internal static class ProviderRow
{
    public const string Select = "SELECT provider_id, name, low_water, block_size, created_at, seen_at, uri, home_id FROM provider";
    public const string SelectByName = Select + " WHERE name_key = ?";
    public const string SelectSorted = Select + " ORDER BY name_key";

    public static MacProvider Read(SqlStatement row) => new()
    {
        ProviderId = row.Number(0),
        Name = row.Text(1),
        LowWater = (int)row.Number(2),
        BlockSize = row.Number(3),
        CreatedAt = StoredNumbers.ToTime(row.Number(4)),
        SeenAt = row.IsNull(5) ? null : StoredNumbers.ToTime(row.Number(5)),
        Uri = row.Text(6),
        HomeId = row.Text(7),
    };
}

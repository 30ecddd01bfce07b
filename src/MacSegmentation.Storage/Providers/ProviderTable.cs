using MacSegmentation.Providers;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Providers;

/// <summary>The table of providers, and the one row of whose own the store is.</summary>
internal static class ProviderTable
{
    public static readonly Table<MacProvider> Rows = new(
        "provider",
        static () => new MacProvider { Name = string.Empty },
        Table<MacProvider>.GivenKey("provider_id", provider => provider.ProviderId),
        Table<MacProvider>.Property("name", ColumnTypes.Text, provider => provider.Name, ColumnUse.Once),
        Table<MacProvider>.WriteOnly("name_key", ColumnTypes.NameKey, provider => provider.Name, ColumnUse.Once),
        Table<MacProvider>.Property("low_water", ColumnTypes.Integer, provider => provider.LowWater),
        Table<MacProvider>.Property("block_size", ColumnTypes.Number, provider => provider.BlockSize),
        Table<MacProvider>.Property("created_at", ColumnTypes.Time, provider => provider.CreatedAt),
        Table<MacProvider>.Property("seen_at", ColumnTypes.OptionalTime, provider => provider.SeenAt, ColumnUse.Once),
        Table<MacProvider>.Property("uri", ColumnTypes.Text, provider => provider.Uri),
        Table<MacProvider>.Property("home_id", ColumnTypes.Text, provider => provider.ReplicaId),
        Table<MacProvider>.Property("generation", ColumnTypes.Text, provider => provider.Generation));

    public static readonly Table<ProviderState> State = new(
        "provider_state",
        static () => new ProviderState(string.Empty, string.Empty, 0, 0),
        Table<ProviderState>.Property("provider", ColumnTypes.Text, state => state.Provider),
        Table<ProviderState>.Property("root_id", ColumnTypes.Text, state => state.CentralStoreId),
        Table<ProviderState>.Property("root_revision", ColumnTypes.Number, state => state.CentralStoreRevision),
        Table<ProviderState>.Property("last_handle_id", ColumnTypes.Number, state => state.LastHandleId),
        Table<ProviderState>.Property("mark_revision", ColumnTypes.Number, state => state.MarkRevision),
        Table<ProviderState>.Property("mark_token", ColumnTypes.Text, state => state.MarkToken),
        Table<ProviderState>.Property("generation", ColumnTypes.Text, state => state.Generation),
        Table<ProviderState>.Property("drawn_generations", ColumnTypes.Text, state => state.DrawnGenerations),
        Table<ProviderState>.Property("is_telling_again", ColumnTypes.Flag, state => state.IsTellingAgain));

    public static readonly string SelectByName = Rows.Select("WHERE name_key = ?");
    public static readonly string SelectSorted = Rows.Select("ORDER BY name_key");
    public static readonly string SelectState = State.Select();
}

using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Sessions;

/// <summary>
/// The place that a store is at. What it holds may be replaced there by a restore, which goes through the database as every change does; who has it open tells that by the count from a file
/// that somebody else put in its place.
/// </summary>
/// <param name="PlaceId">What no other place has.</param>
/// <param name="Restores">How often the store was restored there.</param>
internal sealed record StoredPlace(string PlaceId, long Restores)
{
    /// <summary>The place of a store.</summary>
    public static StoredPlace Read(SqlConnection connection) =>
        connection.Prepare("SELECT place_id, restores FROM store_place").First(static row => new StoredPlace(row.Text(0), row.Number(1))) ?? new StoredPlace(string.Empty, 0);

    /// <summary>Counts a restore, in its transaction.</summary>
    public static void CountRestore(SqlConnection connection) => connection.Prepare("UPDATE store_place SET restores = restores + 1").Run();

    /// <summary>True if the store was restored here since the other was read.</summary>
    public bool IsAfter(StoredPlace other) => string.Equals(PlaceId, other.PlaceId, StringComparison.Ordinal) && Restores > other.Restores;
}

namespace MacSegmentation.Auditing;

/// <summary>What a record was before and after changes, as it stands in the store: numbers and texts by the names of its columns.</summary>
/// <param name="Table">The table that it stands in.</param>
/// <param name="Key">What names it there, several parts with a stroke between; empty where there is one only.</param>
/// <param name="Before">Before them; null if there was none.</param>
/// <param name="After">After them; null if there is none any more.</param>
public sealed record RecordChange(string Table, string Key, IReadOnlyDictionary<string, object?>? Before, IReadOnlyDictionary<string, object?>? After)
{
    /// <summary>True if two images of a record say the same.</summary>
    public static bool AreEqual(IReadOnlyDictionary<string, object?>? one, IReadOnlyDictionary<string, object?>? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Count == other.Count && one.All(column => other.TryGetValue(column.Key, out object? value) && Equals(column.Value, value));
}

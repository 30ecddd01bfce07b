using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.Stores;

namespace MacSegmentation.Undoing;

/// <summary>Says in what a store differs between two of its revisions, from what the audit keeps of each record.</summary>
public static class RevisionComparison
{
    /// <summary>Compares two revisions.</summary>
    /// <param name="store">The store.</param>
    /// <param name="first">The one.</param>
    /// <param name="second">The other; it may be the older one, and what came then went.</param>
    /// <returns>By table and record.</returns>
    /// <exception cref="MacSegmentationException">RevisionNotFound, RevisionNotRecorded.</exception>
    public static IReadOnlyList<MacRevisionDifference> Compare(IStoreReader store, long first, long second)
    {
        ArgumentNullException.ThrowIfNull(store);
        Require(store, Math.Max(first, second));
        Require(store, Math.Min(first, second), isBase: true);
        var changes = store.ListRecordChanges(Math.Min(first, second), Math.Max(first, second));
        return [.. changes.Select(change => first <= second ? change : change with { Before = change.After, After = change.Before }).SelectMany(change => Describe(store, change))];
    }

    /// <summary>Makes sure that a store knows a revision, and what records were then.</summary>
    /// <param name="store">The store.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="isBase">True if only what came after it is asked for.</param>
    /// <exception cref="MacSegmentationException">RevisionNotFound, RevisionNotRecorded.</exception>
    internal static void Require(IStoreReader store, long revision, bool isBase = false)
    {
        if (revision < (isBase ? 0 : 1) || revision > store.Revision)
        {
            throw new MacSegmentationException(
                "RevisionNotFound", MacErrorKind.NotFound, $"The store has no revision {revision}: it stands at {store.Revision}. Find the revisions of changes with Get-MacAuditEvent.", revision);
        }

        if (revision < store.RecordedFrom - (isBase ? 1 : 0))
        {
            throw new MacSegmentationException(
                "RevisionNotRecorded",
                MacErrorKind.InvalidOperation,
                $"Of revision {revision} the store does not know what records were before it: it does from revision {store.RecordedFrom} on.",
                revision);
        }
    }

    private static IEnumerable<MacRevisionDifference> Describe(IStoreReader store, RecordChange change)
    {
        if (change.Before is null || change.After is null)
        {
            yield return new MacRevisionDifference
            {
                Kind = change.Before is null ? RecordDifferenceKind.Added : RecordDifferenceKind.Removed,
                Table = change.Table,
                Record = store.DescribeKey(change.Table, change.Key),
                Name = NameOf(change),
                Before = All(store, change.Table, change.Before),
                After = All(store, change.Table, change.After),
            };
            yield break;
        }

        foreach (string column in change.Before.Keys.Union(change.After.Keys, StringComparer.Ordinal))
        {
            object? before = change.Before.GetValueOrDefault(column);
            object? after = change.After.GetValueOrDefault(column);
            if (!Equals(before, after))
            {
                yield return new MacRevisionDifference
                {
                    Kind = RecordDifferenceKind.Changed,
                    Table = change.Table,
                    Record = store.DescribeKey(change.Table, change.Key),
                    Name = NameOf(change),
                    Property = column,
                    Before = store.Describe(change.Table, column, before),
                    After = store.Describe(change.Table, column, after),
                };
            }
        }
    }

    private static string NameOf(RecordChange change) => (change.After ?? change.Before)!.GetValueOrDefault("name") as string ?? string.Empty;

    private static string? All(IStoreReader store, string table, IReadOnlyDictionary<string, object?>? image) => image is null
        ? null
        : string.Join(", ", image.Where(column => column.Value is not (null or "")).Select(column => $"{column.Key} {store.Describe(table, column.Key, column.Value)}"));
}

using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Sessions;

/// <summary>
/// Reads the configuration, from a snapshot on: what was written since then replaces or joins what it holds, and what was removed leaves. Without a snapshot, or with one too old
/// to know what was removed since, everything is new.
/// </summary>
internal static class SnapshotReader
{
    /// <summary>
    /// So many revisions back it is known what was removed. A reader that polls is a few behind; one that fell this far behind reads all.
    /// </summary>
    private const long FollowedRevisions = 10_000;

    /// <summary>The oldest revision from which the changes up to the given one are known.</summary>
    public static long OldestFollowed(long revision) => revision - FollowedRevisions;

    public static ConfigurationSnapshot Read(SqlConnection connection, ConfigurationSnapshot? previous)
    {
        long revision = SqlStoreReader.ReadRevision(connection);
        if (previous?.Revision == revision)
        {
            return previous;
        }

        var followed = previous?.Revision < revision && previous.Revision >= OldestFollowed(revision) ? previous : null;
        return SqlStoreReader.ReadSnapshot(connection, revision, followed);
    }
}

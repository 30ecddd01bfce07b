using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Sessions;

/// <summary>
/// Reads the configuration, from a snapshot on: what was written since then replaces or joins what it holds, and what was removed leaves. Without a snapshot, or with one that the store does not stand on any more, or too old
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
        var newest = StoredMark.ReadNewest(connection);
        if (previous is not null && StoredMark.Of(previous) == newest)
        {
            return previous;
        }

        bool stands = previous is not null && previous.Revision < newest.Revision && StoredMark.IsIn(connection, StoredMark.Of(previous));
        var followed = stands && previous!.Revision >= OldestFollowed(newest.Revision) ? previous : null;
        return SqlStoreReader.ReadSnapshot(connection, newest.Revision, followed) with { Token = newest.Token, StartsOver = previous is not null && !stands };
    }
}

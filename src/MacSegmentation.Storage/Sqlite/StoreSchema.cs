using MacSegmentation.Errors;
using MacSegmentation.Stores.Schema;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>The store's tables in a file, as steps from each version to the next.</summary>
/// <param name="steps">The step at index n leads from version n to n + 1; version 0 is an empty file.</param>
internal sealed class StoreSchema(IReadOnlyList<string> steps)
{
    /// <summary>Marks a database as ours in its header ("MACS"; sqlite.org/pragma.html#pragma_application_id).</summary>
    private const long ApplicationId = 0x4D414353;

    /// <summary>The schema of this version of the program.</summary>
    public static StoreSchema Current { get; } = new(StoreTables.Steps);

    public int Version => steps.Count;

    /// <summary>Makes the database one of this version, or refuses it.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="mayCreate">True to make the tables in an empty one.</param>
    public void Prepare(StoreConnection connection, bool mayCreate)
    {
        // A foreign database is not touched, and a store that is up to date is opened without waiting for writers.
        int found = ReadConsistentVersion(connection);
        if (found == 0 && !mayCreate)
        {
            throw StoreFailure.Emptied(connection.File.Path);
        }

        if (connection.File.IsReadOnly)
        {
            if (found < Version)
            {
                throw StoreFailure.TooOldToRead(connection.File.Path, found, Version);
            }

            return;
        }

        // For good. The switch needs the file for itself for a moment: several processes that open a new file at once refuse each other.
        connection.SetWait(TimeSpan.Zero);
        connection.WaitFor((SqliteStatement)connection.Prepare("PRAGMA journal_mode = WAL"));
        if (found == Version)
        {
            return;
        }

        connection.BeginWrite();
        try
        {
            // Others may have done it while this process waited.
            for (int version = ReadVersion(connection); version < Version; version++)
            {
                Take(connection, version);
                connection.Execute($"PRAGMA user_version = {version + 1}");
            }

            connection.Execute($"PRAGMA application_id = {ApplicationId}");
            connection.Prepare("COMMIT").Run();
        }
        catch
        {
            connection.RollBack();
            throw;
        }
    }

    /// <summary>Makes all tables in an empty database, without a word of what they are.</summary>
    public void Create(StoreConnection connection)
    {
        for (int version = 0; version < Version; version++)
        {
            Take(connection, version);
        }
    }

    private void Take(StoreConnection connection, int version) =>
        connection.Execute(steps[version].Replace(StoreTables.NewStoreId, Guid.NewGuid().ToString("N"), StringComparison.Ordinal));

    private int ReadConsistentVersion(StoreConnection connection)
    {
        connection.BeginRead();
        try
        {
            return ReadVersion(connection);
        }
        finally
        {
            connection.RollBack();
        }
    }

    private int ReadVersion(StoreConnection connection)
    {
        string path = connection.File.Path;
        long application = connection.Prepare("PRAGMA application_id").Scalar();
        long version = connection.Prepare("PRAGMA user_version").Scalar();
        bool isEmpty = connection.Prepare("SELECT count(*) FROM sqlite_master").Scalar() == 0;
        if (application != ApplicationId && (application != 0 || version != 0 || !isEmpty))
        {
            throw new MacSegmentationException(
                "StoreForeign",
                MacErrorKind.InvalidData,
                $"'{path}' is a database of another program. Give the path of a store, or of a file that does not exist yet.",
                path);
        }

        return version <= Version
            ? (int)version
            : throw new MacSegmentationException(
                "StoreTooNew",
                MacErrorKind.InvalidData,
                $"The store '{path}' has schema version {version}, and this version of MacSegmentation knows up to {Version}. Update MacSegmentation.",
                path);
    }
}

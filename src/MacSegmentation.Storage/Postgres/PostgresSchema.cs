using System.Globalization;
using MacSegmentation.Stores.Schema;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>The store's tables on a server: the steps of <see cref="StoreTables"/> in a schema of its own, and what only a server needs.</summary>
/// <param name="steps">The step at index n leads from version n to n + 1; version 0 is a database without that schema.</param>
internal sealed class PostgresSchema(IReadOnlyList<string> steps)
{
    /// <summary>The tokens by which a change is known whose commit was not answered.</summary>
    private const string Tokens =
        """
        ALTER TABLE change ADD COLUMN token bytea;
        CREATE TABLE write_token (
            token bytea PRIMARY KEY,
            written_at bigint NOT NULL);
        CREATE INDEX write_token_age ON write_token (written_at)
        """;

    /// <summary>The schema of this version of the program.</summary>
    public static PostgresSchema Current { get; } = new(StoreTables.Steps);

    public int Version => steps.Count;

    /// <summary>Makes the database's store one of this version, or refuses it.</summary>
    /// <param name="place">The store.</param>
    /// <param name="connection">A connection to its server.</param>
    /// <param name="options">Whether a database without a store, or with one of an older version, is refused.</param>
    public void Prepare(PostgresPlace place, PostgresConnection connection, MacStoreOptions options)
    {
        // A store that is up to date is opened without waiting for writers.
        long before = ReadVersion(place, connection);
        if (before == Version)
        {
            return;
        }

        if (before == 0 && (options.MustExist || options.IsReadOnly))
        {
            throw PostgresFailure.NotFound(place);
        }

        if (options.IsReadOnly)
        {
            throw PostgresFailure.TooOldToRead(place, before, Version);
        }

        connection.BeginAlone();
        try
        {
            // Others may have done it while this process waited.
            long found = ReadVersion(place, connection);
            if (found == 0)
            {
                connection.Execute($"CREATE SCHEMA {PostgresPlace.Schema}");
                connection.Execute("CREATE TABLE store_version (version bigint NOT NULL);\nINSERT INTO store_version VALUES (0)");
            }

            for (long version = found; version < Version; version++)
            {
                string step = steps[(int)version].Replace(StoreTables.NewStoreId, Guid.NewGuid().ToString("N"), StringComparison.Ordinal);
                connection.Execute(PostgresDialect.TranslateSchema(step));
                if (version == 0)
                {
                    connection.Execute(Tokens);
                }
            }

            if (Version == StoreTables.Steps.Count)
            {
                connection.Execute(PostgresRecorder.Script);
            }

            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"UPDATE store_version SET version = {Version}"));
            connection.Commit();
        }
        catch
        {
            if (connection.IsOpen)
            {
                connection.RollBack();
            }

            throw;
        }
    }

    private long ReadVersion(PostgresPlace place, PostgresConnection connection)
    {
        var (schemas, versions) = connection
            .Prepare(
                """
                SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = 'macsegmentation'),
                    (SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                        WHERE nspname = 'macsegmentation' AND relname = 'store_version')
                """)
            .FirstValue(static row => (row.Number(0), row.Number(1)))!.Value;
        if (schemas == 0)
        {
            return 0;
        }

        if (versions == 0)
        {
            throw PostgresFailure.Foreign(place);
        }

        long version = connection.Prepare("SELECT max(version) FROM macsegmentation.store_version").Scalar();
        return version <= Version ? version : throw PostgresFailure.TooNew(place, version, Version);
    }
}

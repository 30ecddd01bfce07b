using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Errors;
using MacSegmentation.Stores.Schema;
using MacSegmentation.Vlans;
using Npgsql;
using MacSegmentation.Windows.Wine;

namespace MacSegmentation.Stores.Postgres;

/// <summary>What a server may have against a store, and what of it the user is told.</summary>
public sealed class PostgresErrorTests : IDisposable
{
    private readonly PostgresDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public void A_store_says_what_it_is_and_keeps_to_a_schema_of_its_own()
    {
        database.Query("CREATE TABLE vlan (note text)");
        using (var store = database.Open())
        {
            Assert.Equal(("PostgreSQL", StoreTables.Steps.Count), (store.Info.Provider, store.Info.SchemaVersion));
            Assert.StartsWith(store.Info.ProviderVersion, database.Query("SHOW server_version"), StringComparison.Ordinal);
            Assert.Equal(database.Cluster.PathOf(database.Name), store.Info.Path);
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
        }

        Assert.Equal("0", database.Query("SELECT count(*) FROM public.vlan"));
        Assert.Equal("1", database.Query("SELECT count(*) FROM macsegmentation.vlan"));
        Assert.Equal("vlan", database.Query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
    }

    [Fact]
    public void Every_table_column_and_index_of_a_file_is_there_too()
    {
        database.Open().Dispose();
        using var file = new Sqlite.SqliteFile();
        new StoreFactory().Open(new MacStoreOptions { Path = file.Path }).Dispose();
        string? columns = file.Query(
            """
            SELECT group_concat(line, ' ') FROM (
                SELECT tables.name || '.' || columns.name AS line
                FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
                WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' ORDER BY 1)
            """);
        Assert.Equal(columns, database.Query(
            """
            SELECT string_agg(table_name || '.' || column_name, ' ' ORDER BY (table_name || '.' || column_name) COLLATE "C")
            FROM information_schema.columns
            WHERE table_schema = 'macsegmentation' AND table_name NOT IN ('store_version', 'write_token')
            """));
        string? indexes = file.Query("SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name)");
        Assert.Equal(indexes, database.Query(
            """
            SELECT string_agg(indexname, ' ' ORDER BY indexname COLLATE "C") FROM pg_indexes
            WHERE schemaname = 'macsegmentation' AND indexname NOT LIKE '%\_pkey' AND indexname NOT LIKE '%\_key' AND indexname <> 'write_token_age'
            """));
        Assert.Equal("0", database.Query("SELECT count(*) FROM information_schema.columns WHERE table_schema = 'macsegmentation' AND data_type NOT IN ('bigint', 'text', 'bytea')"));
        Assert.Equal("0", database.Query("SELECT count(*) FROM information_schema.columns WHERE table_schema = 'macsegmentation' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"));
    }

    [Fact]
    public void A_store_of_an_older_version_is_led_forward_once_however_many_do_it()
    {
        string[] later = [.. StoreTables.Steps, "ALTER TABLE vlan ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'", "CREATE TABLE later (id INTEGER PRIMARY KEY);\nINSERT INTO later VALUES (7)"];
        using (var store = database.Open())
        {
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Name = "cameras" }));
        }

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Open(later).Dispose());
        using (var store = Open(later))
        {
            Assert.Equal(later.Length, store.Info.SchemaVersion);
            Assert.Equal("cameras", store.Read(reader => reader.FindVlan(10))?.Name);
        }

        Assert.Equal("7|red", database.Query("SELECT id, colour FROM macsegmentation.later, macsegmentation.vlan"));
        Refuses("StoreTooNew", MacErrorKind.InvalidData, database.Place);
    }

    [Fact]
    public void A_step_that_fails_leaves_the_database_as_it_was()
    {
        Assert.Throws<PostgresException>(() => Open([.. StoreTables.Steps, "CREATE TABLE half (id INTEGER);\nDROP FUNCTION nothing(int)"]));
        Assert.Equal("0", database.Query("SELECT count(*) FROM pg_namespace WHERE nspname = 'macsegmentation'"));
        database.Open().Dispose();
    }

    [Fact]
    public void A_database_without_a_store_is_refused_where_there_must_be_one()
    {
        Refuses("StoreNotFound", MacErrorKind.NotFound, database.Place with { MustExist = true });
        Assert.Equal("0", database.Query("SELECT count(*) FROM pg_namespace WHERE nspname = 'macsegmentation'"));
        database.Open().Dispose();
        new StoreFactory().Open(database.Place with { MustExist = true }).Dispose();
    }

    [Fact]
    public void A_schema_of_another_program_is_refused_and_left_alone()
    {
        database.Query("CREATE SCHEMA macsegmentation; CREATE TABLE macsegmentation.notes (text text)");
        Refuses("StoreForeign", MacErrorKind.InvalidData, database.Place);
        Assert.Equal("notes", database.Query("SELECT relname FROM pg_class WHERE relnamespace = 'macsegmentation'::regnamespace"));
    }

    [Fact]
    public void A_store_that_lacks_a_table_is_damaged()
    {
        database.Open().Dispose();
        database.Query("DROP TABLE macsegmentation.resting");
        using var store = database.Open();
        Assert.Equal("StoreDamaged", Assert.Throws<MacSegmentationException>(() => store.Read(reader => reader.ListHeldDown(10))).ErrorId);
    }

    [Fact]
    public void A_database_that_does_not_exist_is_named()
    {
        var error = Refuses("StoreDatabaseNotFound", MacErrorKind.NotFound, new MacStoreOptions { ConnectionString = database.Cluster.ConnectionString("nowhere") });
        Assert.Contains("'nowhere'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_in_another_encoding_is_refused()
    {
        using var other = new PostgresDatabase(properties: "ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0");
        Assert.Contains("LATIN1", Refuses("StoreEncodingUnsupported", MacErrorKind.InvalidData, other.Place).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_may_only_be_read_is_refused()
    {
        database.Open().Dispose();
        database.Query($"ALTER DATABASE {database.Name} SET default_transaction_read_only = on");
        Refuses("StoreReadOnly", MacErrorKind.PermissionDenied, database.Place);
    }

    [Fact]
    public void A_user_without_rights_is_told_which()
    {
        string role = $"guest_{database.Name}";
        database.Query($"CREATE ROLE {role} LOGIN");
        try
        {
            var guest = new MacStoreOptions { ConnectionString = database.Cluster.ConnectionString(database.Name).Replace("Username=macseg", $"Username={role}", StringComparison.Ordinal) };
            Assert.Contains("CREATE", Refuses("StoreAccessDenied", MacErrorKind.PermissionDenied, guest).Message, StringComparison.Ordinal);

            database.Open().Dispose();
            Refuses("StoreAccessDenied", MacErrorKind.PermissionDenied, guest);

            database.Query($"GRANT USAGE ON SCHEMA macsegmentation TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA macsegmentation TO {role}");
            using var store = new StoreFactory().Open(guest);
            Assert.Empty(store.Read(reader => reader.ListVlans()));
            var error = Assert.Throws<MacSegmentationException>(() => store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 })));
            Assert.Equal("StoreAccessDenied", error.ErrorId);
            Assert.Empty(store.Read(reader => reader.ListVlans()));
        }
        finally
        {
            database.Query($"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    [Fact]
    public void A_wrong_password_is_refused_and_not_shown_and_a_right_one_may_come_apart_from_the_string()
    {
        OnWine.Skip("its cryptography derives no key from a password (PBKDF2), which SCRAM needs.");
        string role = $"secretive_{database.Name}";
        database.Query($"CREATE ROLE {role} LOGIN PASSWORD 'S3cret'; GRANT ALL ON DATABASE {database.Name} TO {role}");

        // By the server itself, which may be elsewhere. The first rule that matches counts. Read before it is written: COPY empties the file first.
        string rules = database.Query("SELECT pg_read_file(current_setting('hba_file'))");
        database.Query(
            $"""
            COPY (SELECT unnest(string_to_array('local all {role} scram-sha-256' || E'\n' || 'host all {role} all scram-sha-256' || E'\n' || $rules${rules}$rules$, E'\n')))
            TO '{database.Query("SHOW hba_file")}'
            """);
        database.Query("SELECT pg_reload_conf()");

        // Without one the server must ask for it, or the rest proves nothing.
        string place = database.Cluster.ConnectionString(database.Name).Replace("Username=macseg", $"Username={role}", StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(() => IsRefused(place), TimeSpan.FromSeconds(20)));
        Refuses("StoreAccessDenied", MacErrorKind.PermissionDenied, new MacStoreOptions { ConnectionString = place });
        var error = Refuses("StoreAccessDenied", MacErrorKind.PermissionDenied, new MacStoreOptions { ConnectionString = place + ";Password=Wr0ng" });
        Assert.DoesNotContain("Wr0ng", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(role, error.Message, StringComparison.Ordinal);

        using var store = new StoreFactory().Open(new MacStoreOptions { ConnectionString = place, Credential = new NetworkCredential(role, "S3cret") });
        store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10, Ranges = [MacRange.Parse("02:00:00:00:00:00/24")] }));
        Assert.DoesNotContain("S3cret", $"{store.Info} {database.Query("SELECT * FROM macsegmentation.audit JOIN macsegmentation.change USING (revision)")}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DiskFull, "StoreFull")]
    [InlineData(PostgresErrorCodes.DataCorrupted, "StoreDamaged")]
    [InlineData(PostgresErrorCodes.IndexCorrupted, "StoreDamaged")]
    [InlineData(PostgresErrorCodes.OutOfMemory, "StoreUnavailable")]
    [InlineData(PostgresErrorCodes.AdminShutdown, "StoreUnavailable")]
    [InlineData(PostgresErrorCodes.QueryCanceled, "StoreUnavailable")]
    [InlineData(PostgresErrorCodes.LockNotAvailable, "StoreBusy")]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, "StoreReadOnly")]
    public void What_a_server_reports_becomes_a_sentence_that_ends_the_transaction(string code, string errorId)
    {
        var place = PostgresPlace.Parse(database.Place);
        var cause = new PostgresException("reason", "ERROR", "ERROR", code);
        var error = Assert.IsType<MacSegmentationException>(PostgresFailure.From(place, cause));
        Assert.Equal(errorId, error.ErrorId);
        Assert.True(error.EndsTransaction);
        Assert.Same(cause, error.InnerException);
        Assert.Contains(place.Path, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        Assert.Null(PostgresFailure.From(place, new PostgresException("the program's fault", "ERROR", "ERROR", PostgresErrorCodes.SyntaxError)));
    }

    [Fact]
    public void A_server_that_is_too_old_is_named_with_what_is_needed()
    {
        var error = PostgresFailure.ServerTooOld(PostgresPlace.Parse(database.Place), new Version(14, 2));
        Assert.Equal("StoreServerTooOld", error.ErrorId);
        Assert.Contains("PostgreSQL 14.2", error.Message, StringComparison.Ordinal);
        Assert.Contains("version 15", error.Message, StringComparison.Ordinal);
    }

    private static bool IsRefused(string connectionString)
    {
        try
        {
            new StoreFactory().Open(new MacStoreOptions { ConnectionString = connectionString }).Dispose();
            return false;
        }
        catch (MacSegmentationException)
        {
            return true;
        }
    }

    private static MacSegmentationException Refuses(string errorId, MacErrorKind kind, MacStoreOptions options)
    {
        var error = Assert.Throws<MacSegmentationException>(() => new StoreFactory().Open(options));
        Assert.True((errorId, kind) == (error.ErrorId, error.Kind), $"{error.ErrorId}: {error}");
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        return error;
    }

    private PostgresStore Open(string[] steps) =>
        PostgresStore.Open(PostgresPlace.Parse(database.Place), database.Place, new PostgresSchema(steps), TimeSpan.FromSeconds(30));
}

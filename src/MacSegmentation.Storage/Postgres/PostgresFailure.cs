using System.Security.Authentication;
using MacSegmentation.Errors;
using Npgsql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>Turns the server's error codes (PostgreSQL's manual, appendix "PostgreSQL Error Codes") and the network's failures into sentences.</summary>
internal static class PostgresFailure
{
    /// <summary>The oldest major version of PostgreSQL that a store may be on.</summary>
    public const int OldestServer = 15;

    /// <summary>True if the same may succeed on a new connection: the server, the network or another transaction was in the way.</summary>
    /// <param name="place">The store.</param>
    /// <param name="connection">The connection on which it went wrong, if there was one.</param>
    /// <param name="error">What went wrong.</param>
    public static bool IsPassing(PostgresPlace place, PostgresConnection? connection, Exception error) =>
        IsTransient(place, error) || IsOfBrokenConnection(connection, error);

    /// <summary>The error for what went wrong; null where the program, not its surroundings, is at fault.</summary>
    /// <param name="place">The store.</param>
    /// <param name="connection">The connection on which it went wrong, if there was one.</param>
    /// <param name="error">What went wrong.</param>
    public static MacSegmentationException? From(PostgresPlace place, PostgresConnection? connection, Exception error) =>
        From(place, error) ?? (IsOfBrokenConnection(connection, error) ? Unavailable(place, "the connection broke", error) : null);

    /// <summary>True if the same may succeed on a new connection, as far as the error itself tells.</summary>
    /// <param name="place">The store.</param>
    /// <param name="error">What went wrong.</param>
    public static bool IsTransient(PostgresPlace place, Exception error) => error switch
    {
        PostgresException server => server.SqlState switch
        {
            // The server was the one that can be written, and another has become that.
            PostgresErrorCodes.ReadOnlySqlTransaction => place.HasSeveralHosts,

            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => true,
            PostgresErrorCodes.TooManyConnections => true,

            // The idle session's and the idle transaction's timeouts; plans of a schema that another version has led forward meanwhile.
            "57P05" or "25P03" or "0A000" => true,
            _ => server.SqlState.StartsWith("08", StringComparison.Ordinal),
        },

        // Whatever the stream says that the connection reads from; what Npgsql itself says has nothing behind it.
        NpgsqlException network => network.IsTransient || network.InnerException is not (null or AuthenticationException),
        _ => false,
    };

    /// <summary>True if the server cannot be expected to be there in a moment: nobody listens at that address, or it has no such name.</summary>
    public static bool IsAbsent(Exception error) => error is not PostgresException;

    /// <summary>The error for what the server or the network says; null where the program, not its surroundings, is at fault.</summary>
    public static MacSegmentationException? From(PostgresPlace place, Exception error) => error switch
    {
        PostgresException server => From(place, server),
        NpgsqlException { InnerException: AuthenticationException inner } => Create(
            place,
            "StoreUnavailable",
            MacErrorKind.Unavailable,
            $"The server of the store '{place.Path}' could not be reached by TLS: {inner.Message.TrimEnd('.')}. Check its certificate and the connection string's SSL Mode and Root Certificate.",
            error),
        NpgsqlException { InnerException: null } unasked when unasked.Message.Contains("password", StringComparison.OrdinalIgnoreCase) =>
            AccessDenied(place, unasked.Message, unasked),
        NpgsqlException network => Unavailable(place, Innermost(network).Message, error),
        _ => null,
    };

    public static MacSegmentationException Busy(PostgresPlace place, Exception? cause = null) => Create(
        place,
        "StoreBusy",
        MacErrorKind.Unavailable,
        $"The store '{place.Path}' was kept by other writers for {place.BusyTimeout.TotalSeconds:0.###} s. Try again, or end the program that keeps it.",
        cause);

    public static MacSegmentationException Unavailable(PostgresPlace place, string why, Exception? cause = null) => Create(
        place,
        "StoreUnavailable",
        MacErrorKind.Unavailable,
        $"The store '{place.Path}' cannot be reached: {why.TrimEnd('.')}. Check the server, the network and the connection string, then try again.",
        cause);

    public static MacSegmentationException OutcomeUnknown(PostgresPlace place, Exception cause) => Create(
        place,
        "StoreOutcomeUnknown",
        MacErrorKind.Unavailable,
        $"The connection to the store '{place.Path}' broke while a change was being committed, and the server could not be asked since what became of it. When the server is back, look whether the change is there before you make it again.",
        cause);

    public static MacSegmentationException ReadOnly(PostgresPlace place, Exception? cause = null) => Create(
        place,
        "StoreReadOnly",
        MacErrorKind.PermissionDenied,
        $"The store '{place.Path}' cannot be written: its server is a standby, or read-only for this user. Connect to the primary server, or give several hosts, of which the one that can be written is taken.",
        cause);

    public static MacSegmentationException ConnectedToRead(PostgresPlace place) => Create(
        place,
        "StoreReadOnly",
        MacErrorKind.PermissionDenied,
        $"The store '{place.Path}' cannot be changed: it was connected with -ReadOnly. Connect to it without that.",
        cause: null);

    public static MacSegmentationException TooOldToRead(PostgresPlace place, long found, int known) => Create(
        place,
        "StoreReadOnly",
        MacErrorKind.PermissionDenied,
        $"The store '{place.Path}' has schema version {found}, and this version of MacSegmentation reads {known}. Connect to it once with the right to write, which brings it up to date.",
        cause: null);

    public static MacSegmentationException ServerTooOld(PostgresPlace place, Version version) => Create(
        place,
        "StoreServerTooOld",
        MacErrorKind.InvalidData,
        $"The server of the store '{place.Path}' is PostgreSQL {version}, and a store needs version {OldestServer} or later. Upgrade the server, or give another.",
        cause: null);

    public static MacSegmentationException Encoding(PostgresPlace place, string encoding) => Create(
        place,
        "StoreEncodingUnsupported",
        MacErrorKind.InvalidData,
        $"The database of the store '{place.Path}' has the encoding {encoding}, and a store needs UTF8. Create a database with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and give that.",
        cause: null);

    public static MacSegmentationException NotFound(PostgresPlace place) => Create(
        place,
        "StoreNotFound",
        MacErrorKind.NotFound,
        $"There is no store in the database of '{place.Path}'. Make it with Connect-MacStore -ConnectionString, or with macseg apply --store.",
        cause: null);

    public static MacSegmentationException Foreign(PostgresPlace place) => Create(
        place,
        "StoreForeign",
        MacErrorKind.InvalidData,
        $"The database of '{place.Path}' has a schema '{PostgresPlace.Schema}' that is another program's. Give another database, or rename that schema.",
        cause: null);

    public static MacSegmentationException TooNew(PostgresPlace place, long found, int known) => Create(
        place,
        "StoreTooNew",
        MacErrorKind.InvalidData,
        $"The store '{place.Path}' has schema version {found}, and this version of MacSegmentation knows up to {known}. Update MacSegmentation.",
        cause: null);

    /// <summary>A connection that breaks while a message is being sent and answered may end in any exception of Npgsql's.</summary>
    private static bool IsOfBrokenConnection(PostgresConnection? connection, Exception error) =>
        connection is { IsOpen: false } && error is not MacSegmentationException;

    private static MacSegmentationException? From(PostgresPlace place, PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.LockNotAvailable => Busy(place, error),
        PostgresErrorCodes.ReadOnlySqlTransaction => ReadOnly(place, error),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            AccessDenied(place, error.MessageText, error),
        PostgresErrorCodes.InsufficientPrivilege => Create(
            place,
            "StoreAccessDenied",
            MacErrorKind.PermissionDenied,
            $"The store '{place.Path}' refuses this user: {error.MessageText.TrimEnd('.')}. Have the database's owner grant CREATE on the database to whoever makes the store, and the rights on the schema '{PostgresPlace.Schema}' and its tables to whoever uses it.",
            error),
        PostgresErrorCodes.InvalidCatalogName => Create(
            place,
            "StoreDatabaseNotFound",
            MacErrorKind.NotFound,
            $"The server has no database '{place.Database}' for the store '{place.Path}'. Create it with CREATE DATABASE, or correct the connection string.",
            error),
        PostgresErrorCodes.DiskFull => Create(
            place,
            "StoreFull",
            MacErrorKind.Exhausted,
            $"The disk of the store '{place.Path}' is full; nothing was changed. Make room on it, then try again.",
            error),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => Damaged(place, error.MessageText, error),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => Damaged(place, $"it lacks what it should have ({error.MessageText})", error),
        PostgresErrorCodes.QueryCanceled => Unavailable(place, "the server ended a question that took too long", error),
        _ => IsTransient(place, error) || error.SqlState[..2] is "53" or "57" or "58" ? Unavailable(place, error.MessageText, error) : null,
    };

    private static MacSegmentationException AccessDenied(PostgresPlace place, string why, Exception cause) => Create(
        place,
        "StoreAccessDenied",
        MacErrorKind.PermissionDenied,
        $"The server of the store '{place.Path}' does not let this user in: {why.TrimEnd('.')}. Check the user's name and password, and the server's pg_hba.conf.",
        cause);

    private static MacSegmentationException Damaged(PostgresPlace place, string why, Exception cause) => Create(
        place,
        "StoreDamaged",
        MacErrorKind.InvalidData,
        $"The store '{place.Path}' is damaged: {why.TrimEnd('.')}. Restore the schema '{PostgresPlace.Schema}' from a backup.",
        cause);

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;

    private static MacSegmentationException Create(PostgresPlace place, string id, MacErrorKind kind, string message, Exception? cause) =>
        new(id, kind, message, place.Path, cause) { EndsTransaction = true };
}

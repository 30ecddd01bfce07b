using System.Net;
using MacSegmentation.Auditing;

namespace MacSegmentation.Stores;

/// <summary>How a store is opened.</summary>
public sealed record MacStoreOptions
{
    private static readonly string[] ConnectionBeginnings = ["Host=", "Server=", "postgresql://", "postgres://"];

    /// <summary>
    /// The file; created with its folders if it does not exist. Null, and no connection string either: a temporary store, gone when it is disposed.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// Where a PostgreSQL store is, in Npgsql's keywords (<c>Host=db;Database=macseg;Username=anna</c>) or as a URI
    /// (<c>postgresql://anna@db/macseg</c>); null for a file. May hold a password, so it is never shown.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary>The user and password for a server, if they are not in the connection string; null to leave them to that and to the system.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>True to refuse a place where there is no store yet, instead of making one.</summary>
    public bool MustExist { get; init; }

    /// <summary>True to read only, which needs the right to read and no other: changes are refused, and a place where there is no store yet.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>How long a transaction waits for other processes before it gives up.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a call tries again what a server or the network broke. Whoever can do without the store for a while gives less, and learns of it sooner.
    /// </summary>
    public TimeSpan RetryTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Who makes the changes.</summary>
    public AuditActor Actor { get; init; } = AuditActor.Current;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The variable of the environment that names the store where nothing else does: a path or a connection string.</summary>
    public const string PlaceVariable = "MACSEG_STORE";

    /// <summary>What <see cref="PlaceVariable"/> says, or null. May hold a password, so it is never shown.</summary>
    public static string? DefaultPlace => Environment.GetEnvironmentVariable(PlaceVariable) is { } place && !string.IsNullOrWhiteSpace(place) ? place : null;

    /// <summary>Where a user's store is when no path is given: the folder for local application data.</summary>
    public static string DefaultPath => System.IO.Path.Join(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "MacSegmentation",
        "macsegmentation.db");

    /// <summary>
    /// True if a text that may be a path or a connection string is a connection string: a URI of PostgreSQL, or keywords that begin with the host.
    /// </summary>
    /// <param name="text">The text.</param>
    public static bool IsConnectionString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string first = text.TrimStart();
        return ConnectionBeginnings.Any(beginning => first.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The store at a place that is given in words: a connection string or a path.</summary>
    /// <param name="place">The words.</param>
    public static MacStoreOptions At(string place) =>
        IsConnectionString(place) ? new MacStoreOptions { ConnectionString = place } : new MacStoreOptions { Path = place };

    /// <summary>Without the connection string, which may hold a password.</summary>
    public override string ToString() =>
        ConnectionString is not null ? "a PostgreSQL store" : Path is not null ? $"the store '{Path}'" : "a temporary store";
}

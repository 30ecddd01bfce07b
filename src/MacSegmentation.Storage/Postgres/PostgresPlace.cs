using MacSegmentation.Errors;
using Npgsql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>Where a store is, taken from a connection string; and how long to wait for others. What it shows holds no secret.</summary>
internal sealed class PostgresPlace
{
    /// <summary>The schema, in the words of PostgreSQL, that holds the store's tables.</summary>
    public const string Schema = "macsegmentation";

    /// <summary>After so many seconds without a sign of life of the other side, it is asked for one; see tcp(7).</summary>
    public const int KeepAliveSeconds = 15;

    private readonly string connectionString;

    private PostgresPlace(NpgsqlConnectionStringBuilder settings, TimeSpan busyTimeout)
    {
        BusyTimeout = busyTimeout;
        string host = settings.Host!;
        Database = settings.Database ?? settings.Username ?? string.Empty;
        HasSeveralHosts = host.Contains(',', StringComparison.Ordinal);
        bool isLocal = host.StartsWith('/') || host.StartsWith('@');
        Path = isLocal
            ? $"postgresql:///{Database}?host={host}&port={settings.Port}"
            : $"postgresql://{(HasSeveralHosts || host.Contains(':', StringComparison.Ordinal) ? host : $"{host}:{settings.Port}")}/{Database}";

        // Connections are kept here, each with its statements; a pool below would only hide that one was replaced.
        settings.Pooling = false;
        settings.Multiplexing = false;
        settings.Enlist = false;
        settings.SearchPath = Schema;
        settings.ApplicationName ??= "MacSegmentation";

        // The one message of a commit has two statements, and which of them failed decides what became of the change.
        settings.IncludeFailedBatchedCommand = true;
        if (!isLocal)
        {
            settings.TcpKeepAlive = true;
            settings.TcpKeepAliveTime = KeepAliveSeconds;
            settings.TcpKeepAliveInterval = KeepAliveSeconds / 3;
        }

        if (!settings.Keys.OfType<string>().Contains("Max Auto Prepare", StringComparer.OrdinalIgnoreCase))
        {
            // Whoever has a pooler between that mixes connections up may forbid it.
            settings.MaxAutoPrepare = 250;
            settings.AutoPrepareMinUsages = 2;
        }

        // The server ends a wait for the lock by itself; this is for one that does not answer.
        int longestAnswer = (int)Math.Min(busyTimeout.TotalSeconds + 30, int.MaxValue / 1000);
        settings.CommandTimeout = settings.CommandTimeout == 0 ? 0 : Math.Max(settings.CommandTimeout, longestAnswer);
        if (HasSeveralHosts && settings.TargetSessionAttributes is null)
        {
            // Of several servers, one that can be written: after a failover, that is another.
            settings.TargetSessionAttributes = "read-write";
        }

        connectionString = settings.ConnectionString;
    }

    /// <summary>Where it is, for people: <c>postgresql://db:5432/macseg</c>.</summary>
    public string Path { get; }

    /// <summary>True if there are other servers to go to when one fails.</summary>
    public bool HasSeveralHosts { get; }

    /// <summary>The database's name.</summary>
    public string Database { get; }

    /// <summary>How long to wait for other processes.</summary>
    public TimeSpan BusyTimeout { get; }

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="MacSegmentationException">InvalidConnectionString. No part of the string is in it: any may be a part of a password.</exception>
    public static PostgresPlace Parse(MacStoreOptions options)
    {
        string connectionString = options.ConnectionString!;
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(PostgresUri.IsUri(connectionString) ? PostgresUri.ToKeywords(connectionString) : connectionString);
            if (options.Credential is { } credential)
            {
                settings.Username = credential.UserName;
                settings.Password = credential.Password;
            }
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or InvalidCastException or NotSupportedException)
        {
            throw Invalid(
                "The connection string cannot be understood. Give keywords and values such as 'Host=db;Database=macseg;Username=anna', with quotes round a value that holds ; or =, or a URI such as 'postgresql://anna@db/macseg'.");
        }

        return string.IsNullOrWhiteSpace(settings.Host)
            ? throw Invalid("The connection string names no server. Begin it with the server's name, such as 'Host=db;Database=macseg'.")
            : new PostgresPlace(settings, options.BusyTimeout);
    }

    /// <summary>What makes connections. It is used for one connection at a time and needs no disposal, as nothing is pooled in it.</summary>
    /// <exception cref="MacSegmentationException">InvalidConnectionString: the settings contradict each other.</exception>
    public NpgsqlDataSource CreateSource()
    {
        try
        {
            var builder = new NpgsqlDataSourceBuilder(connectionString);
            return HasSeveralHosts ? builder.BuildMultiHost() : builder.Build();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw Invalid(
                "The settings of the connection string cannot be used together. Compare them with Npgsql's connection string parameters (www.npgsql.org/doc/connection-string-parameters.html).");
        }
    }

    private static MacSegmentationException Invalid(string message) => new("InvalidConnectionString", MacErrorKind.InvalidArgument, message);
}

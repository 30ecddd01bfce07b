using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own, with a database for each test: a temporary cluster on a Unix socket, run by an ordinary user
/// (serve-cluster.sh), gone when this process is. Or one elsewhere that somebody runs for these tests, where this system cannot.
/// </summary>
internal sealed class PostgresCluster : IDisposable
{
    /// <summary>Names the variable that says where a server elsewhere is, as host:port. The administrator and the user macseg need no password there.</summary>
    public const string ElsewhereVariable = "MACSEG_TEST_POSTGRES";

    private const int UsualPort = 5432;

    private static readonly Lazy<string?> Programs = new(FindPrograms);
    private static readonly Lazy<PostgresCluster> OfProcess = new(() => Elsewhere is { } place ? Find(place) : Start("fsync = off"));

    private readonly Process? server;
    private readonly Lock stopping = new();
    /// <summary>Another process may make databases on the same server.</summary>
    private readonly string mark = Guid.NewGuid().ToString("N")[..8];
    private int databases;
    private bool isStopped;

    private PostgresCluster(string host, int port, Process? server)
    {
        Host = host;
        Port = port;
        this.server = server;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The cluster of this process's tests. It is quick, as it does not wait for the disk: a test that ends the server loses nothing by that.</summary>
    public static PostgresCluster Shared => OfProcess.Value;

    /// <summary>Why there can be no cluster, or null.</summary>
    public static string? WhyAbsent => Elsewhere is not null
        ? null
        : OperatingSystem.IsWindows()
        ? $"The tests' PostgreSQL needs a Unix, or a server elsewhere that {ElsewhereVariable} names."
        : Programs.Value is null ? "PostgreSQL is not installed: pg_ctl is neither on the PATH nor under /usr/lib/postgresql." : null;

    /// <summary>Why a test can have no cluster to end and to start again, or null.</summary>
    public static string? WhyNoneToEnd => WhyAbsent ?? (Elsewhere is null ? null : "The server is elsewhere: from here it cannot be ended.");

    /// <summary>Where it is: a machine, or the folder of its socket and its data.</summary>
    public string Host { get; }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>What the store says of a database's place.</summary>
    public string PathOf(string database) => Host.StartsWith('/') ? $"postgresql:///{database}?host={Host}&port={Port}" : $"postgresql://{Host}:{Port}/{database}";

    /// <summary>Makes and starts a cluster.</summary>
    /// <param name="settings">Settings as in postgresql.conf.</param>
    public static PostgresCluster Start(params string[] settings)
    {
        var (folder, server) = Serve(UsualPort, settings);
        return new PostgresCluster(folder, UsualPort, server);
    }

    /// <summary>Makes and starts a cluster that is reached at a loopback port, and has databases made and ended there.</summary>
    /// <param name="settings">Settings as in postgresql.conf.</param>
    public static PostgresCluster StartOnTcp(params string[] settings)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var (_, server) = Serve(port, ["listen_addresses = '127.0.0.1'", .. settings]);
        return new PostgresCluster("127.0.0.1", port, server);
    }

    private static string? Elsewhere => Environment.GetEnvironmentVariable(ElsewhereVariable);

    private static PostgresCluster Find(string place) =>
        new(place[..place.LastIndexOf(':')], int.Parse(place[(place.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture), null);

    private static (string Folder, Process Server) Serve(int port, string[] settings)
    {
        string folder = Directory.CreateTempSubdirectory("macseg-pg-").FullName;
        var start = new ProcessStartInfo("sh", [Path.Join(AppContext.BaseDirectory, "serve-cluster.sh"), folder, .. settings])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PGPORT"] = $"{port}";
        var server = Process.Start(start)!;
        string? said = server.StandardOutput.ReadLine();
        if (!string.Equals(said, "ready", StringComparison.Ordinal))
        {
            string rest = server.StandardOutput.ReadToEnd();
            server.Dispose();
            Directory.Delete(folder, recursive: true);
            throw new InvalidOperationException($"PostgreSQL did not start: {said}\n{rest}");
        }

        return (folder, server);
    }

    /// <summary>Makes an empty database, which belongs to the ordinary user macseg.</summary>
    /// <param name="properties">Properties in the words of CREATE DATABASE.</param>
    /// <returns>Its name.</returns>
    public string CreateDatabase(string properties = "")
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{mark}_{Interlocked.Increment(ref databases)}");
        Query("postgres", $"CREATE DATABASE {name} OWNER macseg {properties}");
        return name;
    }

    /// <summary>Removes a database, whoever is connected to it.</summary>
    public void DropDatabase(string name) => Query("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>How the ordinary user connects to a database.</summary>
    public string ConnectionString(string database) => $"Host={Host};Port={Port};Database={database};Username=macseg";

    /// <summary>Runs SQL as the server's administrator, past the store; the rows that it yields, columns separated by bars.</summary>
    public string Query(string database, string sql)
    {
        using var connection = new NpgsqlConnection($"Host={Host};Port={Port};Database={database};Username=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        do
        {
            while (reader.Read())
            {
                lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
            }
        }
        while (reader.NextResult());
        return string.Join('\n', lines);
    }

    /// <summary>Ends the server as a power cut would, and starts it again.</summary>
    public void Crash()
    {
        Break();
        Resume();
    }

    /// <summary>Ends the server as a power cut would.</summary>
    public void Break() => Control("stop", "-m", "immediate");

    /// <summary>Ends the server as its administrator would, with all connections.</summary>
    public void Pause() => Control("stop", "-m", "fast");

    /// <summary>Starts the server again.</summary>
    public void Resume() => Control("start", "-l", Path.Join(Host, "server.log"));

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        lock (stopping)
        {
            if (!isStopped && server is not null)
            {
                isStopped = true;
                server.StandardInput.Close();
                server.WaitForExit();
                server.Dispose();
            }
        }
    }

    private static string? FindPrograms()
    {
        const string packaged = "/usr/lib/postgresql";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).ToList();
        if (Directory.Exists(packaged))
        {
            folders.AddRange(Directory.GetDirectories(packaged).OrderDescending(StringComparer.Ordinal).Select(version => Path.Join(version, "bin")));
        }

        return folders.Find(folder => File.Exists(Path.Join(folder, "pg_ctl")) && File.Exists(Path.Join(folder, "psql")));
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();

    private void Control(params string[] words)
    {
        string[] command = [Path.Join(Programs.Value!, "pg_ctl"), "-D", Path.Join(Host, "data"), "-w", "-s", .. words];
        if (Environment.IsPrivilegedProcess)
        {
            // The data's owner: the user that serve-cluster.sh handed over to.
            string owner = Run("stat", "-c", "%u:%g", Path.Join(Host, "data")).Trim();
            string[] ids = owner.Split(':');
            command = ["setpriv", $"--reuid={ids[0]}", $"--regid={ids[1]}", "--clear-groups", .. command];
        }

        Run(command[0], command[1..]);
    }

    private static string Run(string program, params string[] words)
    {
        if (File.Exists(Path.Join(Programs.Value, program)))
        {
            program = Path.Join(Programs.Value, program);
        }

        // A server that is started so inherits the streams, and would keep them open for good.
        bool reads = !words.Contains("start", StringComparer.Ordinal);
        var start = new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = reads, RedirectStandardError = reads, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        var error = reads ? process.StandardError.ReadToEndAsync() : Task.FromResult(string.Empty);
        string output = reads ? process.StandardOutput.ReadToEnd() : string.Empty;
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.TrimEnd('\n')
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}{error.GetAwaiter().GetResult()}");
    }
}

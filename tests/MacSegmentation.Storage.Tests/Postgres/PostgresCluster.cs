using System.Diagnostics;
using System.Globalization;

namespace MacSegmentation.Stores.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own, with a database for each test: a temporary cluster on a Unix socket, run by an ordinary user
/// (serve-cluster.sh), gone when this process is.
/// </summary>
internal sealed class PostgresCluster : IDisposable
{
    private static readonly Lazy<string?> Programs = new(FindPrograms);
    private static readonly Lazy<PostgresCluster> OfProcess = new(() => Start("fsync = off"));

    private readonly Process server;
    private readonly Lock stopping = new();
    private int databases;
    private bool isStopped;

    private PostgresCluster(string folder, Process server)
    {
        Folder = folder;
        this.server = server;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The cluster of this process's tests. It is quick, as it does not wait for the disk: a test that ends the server loses nothing by that.</summary>
    public static PostgresCluster Shared => OfProcess.Value;

    /// <summary>Why there can be no cluster, or null.</summary>
    public static string? WhyAbsent => OperatingSystem.IsWindows()
        ? "The tests' PostgreSQL needs a Unix."
        : Programs.Value is null ? "PostgreSQL is not installed: pg_ctl is neither on the PATH nor under /usr/lib/postgresql." : null;

    /// <summary>Where its data and its socket are.</summary>
    public string Folder { get; }

    /// <summary>Makes and starts a cluster.</summary>
    /// <param name="settings">Settings as in postgresql.conf.</param>
    public static PostgresCluster Start(params string[] settings)
    {
        string folder = Directory.CreateTempSubdirectory("macseg-pg-").FullName;
        var start = new ProcessStartInfo("sh", [Path.Join(AppContext.BaseDirectory, "serve-cluster.sh"), folder, .. settings])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var server = Process.Start(start)!;
        string? said = server.StandardOutput.ReadLine();
        if (!string.Equals(said, "ready", StringComparison.Ordinal))
        {
            string rest = server.StandardOutput.ReadToEnd();
            server.Dispose();
            Directory.Delete(folder, recursive: true);
            throw new InvalidOperationException($"PostgreSQL did not start: {said}\n{rest}");
        }

        return new PostgresCluster(folder, server);
    }

    /// <summary>Makes an empty database, which belongs to the ordinary user macseg.</summary>
    /// <param name="properties">Properties in the words of CREATE DATABASE.</param>
    /// <returns>Its name.</returns>
    public string CreateDatabase(string properties = "")
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        Query("postgres", $"CREATE DATABASE {name} OWNER macseg {properties}");
        return name;
    }

    /// <summary>Removes a database, whoever is connected to it.</summary>
    public void DropDatabase(string name) => Query("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>How the ordinary user connects to a database.</summary>
    public string ConnectionString(string database) => $"Host={Folder};Database={database};Username=macseg";

    /// <summary>Runs SQL as the server's administrator, past the store; the rows that it yields, columns separated by bars.</summary>
    public string Query(string database, string sql) => Run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", Folder, "-U", "postgres", "-d", database, "-c", sql);

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
    public void Resume() => Control("start", "-l", Path.Join(Folder, "server.log"));

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        lock (stopping)
        {
            if (!isStopped)
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
        string[] command = [Path.Join(Programs.Value!, "pg_ctl"), "-D", Path.Join(Folder, "data"), "-w", "-s", .. words];
        if (Environment.IsPrivilegedProcess)
        {
            // The data's owner: the user that serve-cluster.sh handed over to.
            string owner = Run("stat", "-c", "%u:%g", Path.Join(Folder, "data")).Trim();
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

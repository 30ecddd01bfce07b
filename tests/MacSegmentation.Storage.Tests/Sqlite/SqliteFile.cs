using Microsoft.Data.Sqlite;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>A place for a SQLite file, in a folder that is gone after the test, and a look at it past the store.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const UnixFileMode OnlyRead = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OnlyEnter = OnlyRead | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string Folder { get; } = Directory.CreateTempSubdirectory("macseg-").FullName;

    public string Path => System.IO.Path.Join(Folder, "lab.db");

    /// <summary>Runs SQL on a connection of its own; the first value of the first row, or null.</summary>
    public string? Query(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar()?.ToString();
    }

    public SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Does something while nobody may write a file, or into a folder.</summary>
    public static void Protect(string path, Action action)
    {
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(path, FileAttributes.ReadOnly);
            action();
            File.SetAttributes(path, FileAttributes.Normal);
            return;
        }

        var before = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, Directory.Exists(path) ? OnlyEnter : OnlyRead);
        try
        {
            action();
        }
        finally
        {
            File.SetUnixFileMode(path, before);
        }
    }
}

namespace MacSegmentation.Stores.Backups;

/// <summary>A folder for what is on its way, which only this user may read; it goes with all that is in it.</summary>
internal sealed class WorkFolder : IDisposable
{
    private const UnixFileMode OwnOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private WorkFolder(string path) => Path = path;

    /// <summary>The folder's path.</summary>
    public string Path { get; }

    /// <summary>A folder beside a file, on its disk: what is made in it becomes that file by a change of name.</summary>
    public static WorkFolder Beside(string file)
    {
        string folder = System.IO.Path.GetDirectoryName(file)!;
        string path = System.IO.Path.Join(folder, $".{System.IO.Path.GetFileName(file)}.{Guid.NewGuid():N}");
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        }

        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnOnly);
        return new WorkFolder(path);
    }

    /// <summary>A folder where the system keeps what is of no value tomorrow.</summary>
    public static WorkFolder Temporary() => new(Directory.CreateTempSubdirectory("macsegmentation-").FullName);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

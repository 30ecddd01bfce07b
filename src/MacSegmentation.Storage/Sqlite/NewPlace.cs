namespace MacSegmentation.Stores.Sqlite;

/// <summary>What there was not yet at a path before a store was opened there, so that one that could not be opened leaves nothing behind.</summary>
internal sealed class NewPlace
{
    private readonly string path;
    private readonly bool isNewFile;
    private readonly List<string> newFolders = [];

    /// <summary>Looks what is there.</summary>
    /// <param name="path">The store's full path.</param>
    public NewPlace(string path)
    {
        this.path = path;
        isNewFile = !Path.Exists(path);
        for (string? folder = Path.GetDirectoryName(path); folder is not null && !Path.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            newFolders.Add(folder);
        }
    }

    /// <summary>Removes what has been made since, as far as nobody has put anything in it.</summary>
    public void Remove() => Remove(hasTables: false);

    /// <summary>Removes the store, too, that was made since and has been closed, unless another process has it open.</summary>
    public void RemoveStore() => Remove(hasTables: true);

    private void Remove(bool hasTables)
    {
        try
        {
            if (isNewFile && new FileInfo(path) is { Exists: true } file && (hasTables || file.Length == 0) && !Path.Exists($"{path}-wal") && !Path.Exists($"{path}-shm"))
            {
                File.Delete(path);
            }

            foreach (string folder in newFolders.Where(Directory.Exists))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What somebody else has put there stays; the error that is told is the one before.
        }
    }
}

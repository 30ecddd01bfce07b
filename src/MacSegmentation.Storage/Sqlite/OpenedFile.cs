using System.Collections.Concurrent;
using MacSegmentation.Errors;
using MacSegmentation.Stores.Sessions;
using MacSegmentation.Transactions;
using Microsoft.Data.Sqlite;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>
/// The file that a store's path led to when it was opened, with the connections to it: one that writes, and as many that read as there are readers at once. It is left
/// when the path leads to another file, or somebody who is not SQLite has written into it.
/// </summary>
internal sealed class OpenedFile
{
    private readonly StoreFile file;
    private readonly ConcurrentBag<StoreConnection> idleReaders = [];
    private readonly FileStamp? log;
    private readonly FileStamp? index;
    private volatile FileStamp stamp;
    private volatile StoredPlace place;
    private volatile int generation;
    private volatile bool isLeft;
    private volatile bool isClosed;

    private OpenedFile(StoreFile file, StoreConnection first, FileStamp stamp, bool hasLog)
    {
        this.file = file;
        this.stamp = stamp;
        Known = StoredMark.ReadNewest(first);
        place = StoredPlace.Read(first);
        log = hasLog ? FileStamp.Read(file.LogPath) : null;
        index = hasLog ? FileStamp.Read(file.IndexPath) : null;
        if (file.IsReadOnly)
        {
            idleReaders.Add(first);
        }
        else
        {
            Writing = first;
        }
    }

    /// <summary>The connection that writes, for whoever has the store's write lock; null if the store is read only.</summary>
    public StoreConnection? Writing { get; }

    /// <summary>The revision that was seen in it last.</summary>
    public StoreMark Known { get; set; }

    /// <summary>Opens what the path leads to.</summary>
    /// <param name="file">The store's place.</param>
    /// <param name="schema">The schema that it must have.</param>
    /// <param name="mayCreate">True to make a store where there is no file, or an empty one.</param>
    public static OpenedFile Open(StoreFile file, StoreSchema schema, bool mayCreate)
    {
        // Taken first: what happens to the file from here on is seen at the next look.
        var before = FileStamp.Read(file.Path);
        bool hasLog = !file.IsReadOnly || Path.Exists(file.LogPath);
        var connection = file.IsReadOnly ? StoreConnection.OpenReader(file) : StoreConnection.Open(file, mayCreate);
        try
        {
            schema.Prepare(connection, mayCreate);
            if (!file.IsReadOnly)
            {
                connection.Execute("PRAGMA foreign_keys = ON");
                connection.Execute(file.IsTemporary ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL");

                // A group of many thousand changes stays in memory until it commits; the log that it leaves is shortened by the next.
                connection.Execute("PRAGMA cache_size = -32768");
                connection.Execute($"PRAGMA journal_size_limit = {SqliteStore.MaxLogLength}");
                connection.Execute("PRAGMA wal_autocheckpoint = 0");
                connection.RecordChanges();
            }

            return new OpenedFile(file, connection, before ?? FileStamp.Read(file.Path) ?? throw StoreFailure.Removed(file.Path), hasLog);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>True if the path leads to this file in the state that is known. Costs two questions to the system.</summary>
    public bool IsAt(FileStamp state) => !isLeft && stamp == state && HasItsIndex;

    /// <summary>
    /// True if the path leads to this file, and what was written to it since the last look was SQLite's own: its pages are in order, and a revision that was known is
    /// there, or it was restored since. What was read before is not trusted for it.
    /// </summary>
    public bool IsStillAt(FileStamp state)
    {
        if (isLeft || !stamp.IsSameFile(state) || !HasItsIndex)
        {
            return false;
        }

        DropReaders();
        try
        {
            using var fresh = StoreConnection.OpenReader(file);
            fresh.BeginRead();
            var now = StoredPlace.Read(fresh);
            bool isKnown = Known.Revision == 0 || StoredMark.IsIn(fresh, Known) || now.IsAfter(place);
            long length = fresh.Prepare("PRAGMA page_count").Scalar() * fresh.Prepare("PRAGMA page_size").Scalar();

            // With nothing in the log, the file has as many pages as SQLite knows of; only another hand makes it longer or shorter.
            bool isWhole = length == state.Length || new FileInfo(file.LogPath) is { Exists: true, Length: > 0 };
            if (FileStamp.Read(file.Path) != state)
            {
                return true;
            }

            if (isKnown && isWhole)
            {
                Known = now.IsAfter(place) ? StoredMark.ReadNewest(fresh) : Known;
                place = now;
            }

            stamp = state;
            return isKnown && isWhole;
        }
        catch (MacSegmentationException error) when (error.ErrorId is StoreFailure.DamagedId or StoreFailure.NotADatabaseId)
        {
            return false;
        }
        catch (SqliteException)
        {
            // It has no such tables.
            return false;
        }
    }

    public StoreConnection TakeReader()
    {
        if (!idleReaders.TryTake(out var reader))
        {
            int opened = generation;
            reader = StoreConnection.OpenReader(file);
            reader.Generation = opened;
        }

        return reader;
    }

    public void GiveReader(StoreConnection reader)
    {
        if (IsOfUse(reader))
        {
            idleReaders.Add(reader);
            if (IsOfUse(reader))
            {
                return;
            }

            DropReaders();
        }
        else
        {
            Close(reader);
        }
    }

    /// <summary>Lets go of the file as one that is another's by now: closing writes nothing to it any more. The connection that writes is closed apart.</summary>
    /// <param name="state">What the path leads to now, or null.</param>
    public void Leave(FileStamp? state)
    {
        if (state is null || !stamp.IsSameFile(state))
        {
            WriteLogBack();
        }

        isLeft = true;
        DropReaders();
    }

    /// <summary>Closes the connection that writes, of a file that was left.</summary>
    public void CloseWriting()
    {
        if (Writing is not null)
        {
            Close(Writing);
        }
    }

    /// <summary>
    /// Removes the log and the index that the file had, if they still stand at their paths: beside another file SQLite would take them for that file's, and write
    /// them into it. Processes do it one at a time, and none removes what another has made anew.
    /// </summary>
    public void RemoveCompanions()
    {
        try
        {
            using var alone = new FileStream(file.LogPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Remove(file.IndexPath, index);
            Remove(file.LogPath, log);
        }
        catch (FileNotFoundException)
        {
            Remove(file.IndexPath, index);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process is at it, or the folder is not ours: what is wrong then is told when the file is opened.
        }
    }

    /// <summary>Closes all connections as one who is done with the file: the last of all writes its log back and removes it.</summary>
    public void Close()
    {
        isClosed = true;
        while (idleReaders.TryTake(out var reader))
        {
            reader.Dispose();
        }

        Writing?.Dispose();
    }

    /// <summary>An index that somebody removed or made anew is one whose locks are not ours; one that came to a file which was read as it stands tells of a writer.</summary>
    private bool HasItsIndex => FileStamp.Read(file.IndexPath) is { } now ? index is { } known && known.IsSameFile(now) : index is null;

    /// <summary>A file that has another name now, or none, has its log at the old one still: it gets what stands in there.</summary>
    private void WriteLogBack()
    {
        if (!file.IsReadOnly && idleReaders.TryTake(out var reader))
        {
            try
            {
                reader.Prepare("PRAGMA wal_checkpoint(PASSIVE)").Run();
            }
            catch (Exception error) when (error is MacSegmentationException or SqliteException)
            {
                // It is gone for good.
            }

            Close(reader);
        }
    }

    private bool IsOfUse(StoreConnection reader) => !isLeft && !isClosed && reader.Generation == generation;

    private static void Remove(string path, FileStamp? known)
    {
        if (known is { } was && FileStamp.Read(path) is { } now && now.IsSameFile(was))
        {
            File.Delete(path);
        }
    }

    private void DropReaders()
    {
        Interlocked.Increment(ref generation);
        while (idleReaders.TryTake(out var reader))
        {
            Close(reader);
        }
    }

    private void Close(StoreConnection connection)
    {
        if (isLeft)
        {
            connection.KeepFromCheckpoint();
        }

        connection.Dispose();
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MacSegmentation.Backups;
using MacSegmentation.Errors;

namespace MacSegmentation.Stores.Backups;

/// <summary>
/// The file of a backup: a ZIP archive of the manifest, the manifest's digest, and the store as a SQLite file. Any unzip takes it apart, and what it holds opens like any store.
/// </summary>
internal sealed class BackupFile : IDisposable
{
    /// <summary>The part that holds the store.</summary>
    public const string StoreName = "store.db";

    private const string ManifestName = "manifest.json";
    private const string ManifestDigestName = "manifest.sha256";
    private const int MaxManifest = 1024 * 1024;

    private readonly string path;
    private readonly ZipArchive archive;

    private BackupFile(string path, ZipArchive archive, BackupManifest manifest)
    {
        this.path = path;
        this.archive = archive;
        Manifest = manifest;
    }

    /// <summary>What the backup says of itself.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>Writes a backup.</summary>
    /// <param name="target">The file, which does not exist yet.</param>
    /// <param name="manifest">Makes the manifest of the parts.</param>
    /// <param name="database">The store's file, closed.</param>
    /// <param name="time">When the backup was made.</param>
    public static BackupManifest Write(string target, Func<IReadOnlyList<BackupPart>, BackupManifest> manifest, string database, DateTimeOffset time)
    {
        BackupPart part;
        using (var store = File.OpenRead(database))
        {
            part = new BackupPart(StoreName, store.Length, Convert.ToHexStringLower(SHA256.HashData(store)));
        }

        var made = manifest([part]);
        byte[] text = made.ToJson();
        using var stream = new FileStream(target, FileMode.CreateNew, FileAccess.ReadWrite);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, ManifestName, time, entry => entry.Write(text));
            Add(archive, ManifestDigestName, time, entry => entry.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(text)))));
            Add(archive, StoreName, time, entry =>
            {
                using var store = File.OpenRead(database);
                store.CopyTo(entry);
            });
        }

        stream.Flush(flushToDisk: true);
        return made;
    }

    /// <summary>Opens a backup and reads its manifest; what the parts hold is checked when they are read.</summary>
    /// <exception cref="MacSegmentationException">BackupNotFound, BackupUnreadable, BackupForeign, BackupDamaged, BackupTooNew.</exception>
    public static BackupFile Open(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            RequireArchive(path, stream);
            var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            return new BackupFile(path, archive, ReadManifest(path, archive));
        }
        catch (InvalidDataException error)
        {
            stream?.Dispose();
            throw BackupFailure.Damaged(path, "it ends too early, or its directory is not in order", error);
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            stream?.Dispose();
            throw BackupFailure.Unreadable(path, error);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>True if a file is a backup, in whatever state.</summary>
    public static bool IsBackup(string path)
    {
        try
        {
            Open(path).Dispose();
            return true;
        }
        catch (MacSegmentationException error) when (error.ErrorId is "BackupDamaged" or "BackupTooNew")
        {
            return true;
        }
        catch (MacSegmentationException error) when (error.ErrorId is "BackupForeign")
        {
            return false;
        }
    }

    /// <summary>Writes the store to a file, and makes sure that it is the one that was backed up.</summary>
    /// <param name="target">The file, which does not exist yet; null only to look.</param>
    /// <exception cref="MacSegmentationException">BackupDamaged.</exception>
    public void ExtractStore(string? target)
    {
        if (Manifest.Parts.SingleOrDefault(part => string.Equals(part.Name, StoreName, StringComparison.Ordinal)) is not { } part || archive.GetEntry(StoreName) is not { } entry)
        {
            throw BackupFailure.Damaged(path, $"its part {StoreName} is missing");
        }

        try
        {
            using var from = entry.Open();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using Stream to = target is null ? Stream.Null : new FileStream(target, FileMode.CreateNew, FileAccess.Write);
            byte[] buffer = new byte[81920];
            long length = 0;
            for (int read = from.Read(buffer); read > 0 && length <= part.Length; read = from.Read(buffer))
            {
                length += read;
                hash.AppendData(buffer, 0, read);
                to.Write(buffer, 0, read);
            }

            if (length != part.Length || !string.Equals(Convert.ToHexStringLower(hash.GetHashAndReset()), part.Sha256, StringComparison.Ordinal))
            {
                throw BackupFailure.Damaged(path, $"its part {StoreName} is not what was written");
            }
        }
        catch (InvalidDataException error)
        {
            throw BackupFailure.Damaged(path, $"its part {StoreName} cannot be unpacked", error);
        }
    }

    /// <summary>What the backup is, for whoever asks.</summary>
    public MacStoreBackup Describe() => new()
    {
        Path = path,
        CreatedAt = Manifest.CreatedAt,
        Source = Manifest.Source,
        Provider = Manifest.Provider,
        FormatVersion = Manifest.FormatVersion,
        SchemaVersion = Manifest.SchemaVersion,
        StoreId = Manifest.StoreId,
        Revision = Manifest.Revision,
        Token = Manifest.Token,
        Vlans = Rows("vlan"),
        Allocations = Rows("allocation"),
        Handles = Rows("handle"),
        Blocks = Rows("block"),
        Rows = Manifest.Tables.Values.Sum(),
        Digest = Manifest.Digest,
        Length = new FileInfo(path).Length,
    };

    public void Dispose() => archive.Dispose();

    private long Rows(string table) => Manifest.Tables.GetValueOrDefault(table);

    private static void Add(ZipArchive archive, string name, DateTimeOffset time, Action<Stream> write)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = time;
        using var stream = entry.Open();
        write(stream);
    }

    /// <summary>What does not begin like an archive is another file, and no damaged one.</summary>
    private static void RequireArchive(string path, FileStream stream)
    {
        Span<byte> beginning = stackalloc byte[4];
        if (stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false) < beginning.Length || !beginning.SequenceEqual("PK\u0003\u0004"u8))
        {
            throw BackupFailure.Foreign(path);
        }

        stream.Position = 0;
    }

    private static BackupManifest ReadManifest(string path, ZipArchive archive)
    {
        if (archive.GetEntry(ManifestName) is not { } entry)
        {
            throw BackupFailure.Foreign(path);
        }

        byte[] text = ReadSmall(path, entry);
        try
        {
            using var manifest = JsonDocument.Parse(text);
            int format = BackupManifest.ReadFormat(manifest.RootElement) ?? throw BackupFailure.Foreign(path);
            if (format > BackupManifest.PresentFormat)
            {
                throw BackupFailure.TooNew(path, $"it has form {format}, and this version knows up to {BackupManifest.PresentFormat}");
            }

            if (archive.GetEntry(ManifestDigestName) is not { } digest
                || !string.Equals(Encoding.ASCII.GetString(ReadSmall(path, digest)), Convert.ToHexStringLower(SHA256.HashData(text)), StringComparison.Ordinal))
            {
                throw BackupFailure.Damaged(path, $"its part {ManifestName} is not what was written");
            }

            var read = BackupManifest.Read(manifest.RootElement);
            int known = Sqlite.StoreSchema.Current.Version;
            return read.SchemaVersion <= known
                ? read
                : throw BackupFailure.TooNew(path, $"its store has schema version {read.SchemaVersion}, and this version knows up to {known}");
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw BackupFailure.Damaged(path, $"its part {ManifestName} cannot be read", error);
        }
    }

    private static byte[] ReadSmall(string path, ZipArchiveEntry entry)
    {
        if (entry.Length > MaxManifest)
        {
            throw BackupFailure.Damaged(path, $"its part {entry.FullName} is too long");
        }

        using var stream = entry.Open();
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return text.ToArray();
    }
}

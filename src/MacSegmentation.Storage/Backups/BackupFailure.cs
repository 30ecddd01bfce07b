using MacSegmentation.Backups;
using MacSegmentation.Errors;

namespace MacSegmentation.Stores.Backups;

/// <summary>What is said when a backup cannot be made or restored.</summary>
internal static class BackupFailure
{
    private const int Named = 3;

    public static MacSegmentationException NotFound(string path, Exception? cause = null) =>
        new("BackupNotFound", MacErrorKind.NotFound, $"The backup '{path}' does not exist. Give the path of a file that Backup-MacStore has made.", path, cause);

    public static MacSegmentationException Unreadable(string path, Exception cause)
    {
        var fault = FileFault.Of(path, cause);
        return fault.Kind is MacErrorKind.NotFound
            ? NotFound(path, cause)
            : new("BackupUnreadable", fault.Kind, $"The backup '{path}' cannot be read: {fault.Reason}. {fault.WayOut}", path, cause);
    }

    public static MacSegmentationException Unwritable(string path, FileFault fault, Exception? cause = null) =>
        new("BackupUnwritable", fault.Kind, $"The backup '{path}' cannot be written: {fault.Reason}. {fault.WayOut}", path, cause);

    public static MacSegmentationException Foreign(string path) =>
        new("BackupForeign", MacErrorKind.InvalidData, $"The file '{path}' is no backup of a store. Give one that Backup-MacStore has made.", path);

    public static MacSegmentationException Damaged(string path, string what, Exception? cause = null) =>
        new("BackupDamaged", MacErrorKind.InvalidData, $"The backup '{path}' is damaged: {what}. Nothing was restored. Copy it again from where it was made, or take an older one.", path, cause);

    public static MacSegmentationException TooNew(string path, string what) =>
        new("BackupTooNew", MacErrorKind.InvalidData, $"The backup '{path}' was made by a newer version of MacSegmentation: {what}. Update MacSegmentation.", path);

    public static MacSegmentationException Exists(string path) =>
        new("BackupExists", MacErrorKind.AlreadyExists, $"The file '{path}' exists already. Give another path, or leave out -NoClobber.", path);

    public static MacSegmentationException WouldReplaceFile(string path) => new(
        "BackupExists", MacErrorKind.AlreadyExists, $"The file '{path}' exists already and is no backup: it is left alone. Give another path, or remove the file.", path);

    public static MacSegmentationException WouldReplaceStore(string place, long revision, MacStoreBackup backup) => new(
        "RestoreWouldReplaceStore",
        MacErrorKind.AlreadyExists,
        $"The store '{place}' holds something, at revision {revision}; a restore would replace it by revision {backup.Revision} of {backup.CreatedAt.UtcDateTime:u}. Restore to a new place, or replace it with -Force.",
        place);

    /// <summary>Names the first few of what would be lost, and the way.</summary>
    public static MacSegmentationException WouldLose(string place, long revision, MacStoreBackup backup, IReadOnlyList<MacRestoreLoss> losses) => new(
        "RestoreWouldLoseAddresses",
        MacErrorKind.InUse,
        $"The store '{place}' knows {Count(losses)} in use that the backup of {backup.CreatedAt.UtcDateTime:u} does not, and that a restore would have given out twice: "
        + $"{string.Join("; ", losses.Take(Named))}{(losses.Count > Named ? "; and more" : string.Empty)}. Restore-MacStore -WhatIf lists them all. Restore with -Force and give them to their owners again; "
        + "what providers gave out they tell the store again by themselves. Or undo single changes of the store as it is.",
        place);

    /// <summary>How many there are of each kind, in words.</summary>
    private static string Count(IReadOnlyList<MacRestoreLoss> losses)
    {
        string[] parts =
        [
            .. losses.GroupBy(loss => loss.Kind).OrderBy(kind => kind.Key).Select(kind => (kind.Key, Number: kind.Count())).Select(kind => (kind.Key, kind.Number) switch
            {
                (RestoreLossKind.Allocation, 1) => "1 allocation",
                (RestoreLossKind.Allocation, var number) => $"{number} allocations",
                (RestoreLossKind.Handle, 1) => "1 handle",
                (RestoreLossKind.Handle, var number) => $"{number} handles",
                (_, 1) => "1 block",
                (_, var number) => $"{number} blocks",
            }),
        ];
        return parts.Length > 1 ? $"{string.Join(", ", parts[..^1])} and {parts[^1]}" : parts[0];
    }
}

namespace MacSegmentation.Stores.Backups;

/// <summary>A part of a backup.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Length">Its length in octets.</param>
/// <param name="Sha256">Its digest in hexadecimal digits.</param>
internal sealed record BackupPart(string Name, long Length, string Sha256);

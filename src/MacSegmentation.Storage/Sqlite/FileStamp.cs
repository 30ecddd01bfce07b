using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>
/// Which file a path leads to, and its state: two stamps of one path are equal as long as it leads to the same file and nobody has written it. The file is not opened
/// for it where that would end locks (sqlite.org/howtocorrupt.html, section 2.2).
/// </summary>
/// <param name="Device">The device or volume that has the file.</param>
/// <param name="Number">The file's number on it: its inode, or Windows' file index.</param>
/// <param name="Length">Its length in octets.</param>
/// <param name="ChangedAt">When it was changed last, in the system's own units.</param>
internal sealed record FileStamp(ulong Device, ulong Number, long Length, Int128 ChangedAt)
{
    // statx(2) and struct statx of linux/stat.h, which has one layout on every architecture.
    private const int CurrentDirectory = -100;
    private const uint BasicStatistics = 0x7ff;
    private const int StatxSize = 256;
    private const int StatxInode = 32;
    private const int StatxLength = 40;
    private const int StatxChangeSeconds = 96;
    private const int StatxChangeNanoseconds = 104;
    private const int StatxDevice = 136;

    // BY_HANDLE_FILE_INFORMATION of fileapi.h.
    private const int InformationSize = 52;
    private const int InformationWritten = 20;
    private const int InformationVolume = 28;
    private const int InformationLengthHigh = 32;
    private const int InformationLengthLow = 36;
    private const int InformationIndex = 44;

    private const int NanosecondsPerSecond = 1_000_000_000;

    /// <summary>True if both are of one file, in whatever state.</summary>
    public bool IsSameFile(FileStamp other) => Device == other.Device && Number == other.Number;

    /// <summary>The stamp of what a path leads to, links followed; null if that is nothing, or cannot be asked.</summary>
    public static FileStamp? Read(string path) => OperatingSystem.IsWindows() ? ReadOnWindows(path)
        : OperatingSystem.IsLinux() ? ReadOnLinux(path)
        : ReadFromManaged(path);

    private static FileStamp? ReadOnLinux(string path)
    {
        byte[] buffer = new byte[StatxSize];
        if (Statx(CurrentDirectory, path, flags: 0, BasicStatistics, buffer) != 0)
        {
            return null;
        }

        return new FileStamp(
            BitConverter.ToUInt64(buffer, StatxDevice),
            BitConverter.ToUInt64(buffer, StatxInode),
            BitConverter.ToInt64(buffer, StatxLength),
            ((Int128)BitConverter.ToInt64(buffer, StatxChangeSeconds) * NanosecondsPerSecond) + BitConverter.ToUInt32(buffer, StatxChangeNanoseconds));
    }

    private static FileStamp? ReadOnWindows(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] buffer = new byte[InformationSize];
            if (!GetFileInformationByHandle(handle, buffer))
            {
                return ReadFromManaged(path);
            }

            ulong index = ((ulong)BitConverter.ToUInt32(buffer, InformationIndex) << 32) | BitConverter.ToUInt32(buffer, InformationIndex + sizeof(uint));
            long length = ((long)BitConverter.ToUInt32(buffer, InformationLengthHigh) << 32) | BitConverter.ToUInt32(buffer, InformationLengthLow);
            return new FileStamp(BitConverter.ToUInt32(buffer, InformationVolume), index, length, BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(InformationWritten)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another program lets nobody in: the file is there all the same.
            return ReadFromManaged(path);
        }
    }

    /// <summary>What .NET knows of a file: everything but its number.</summary>
    private static FileStamp? ReadFromManaged(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(0, 0, file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }

#pragma warning disable SYSLIB1054 // Generated code for these two would make the assembly one with unsafe code.
    [DllImport("libc", EntryPoint = "statx", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);

    [DllImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetFileInformationByHandle(SafeFileHandle file, [Out] byte[] information);
#pragma warning restore SYSLIB1054
}

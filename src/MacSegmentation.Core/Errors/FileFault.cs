#pragma warning disable RS0030 // Asks only whether a path leads to a folder, to say so.
namespace MacSegmentation.Errors;

/// <summary>What it means that the system did not let a file be used: the same for every kind of file, on every system.</summary>
/// <param name="Kind">What sort of thing went wrong.</param>
/// <param name="Reason">Why, as the second half of a sentence, without a full stop.</param>
/// <param name="WayOut">What to do about it, as a sentence.</param>
public readonly record struct FileFault(MacErrorKind Kind, string Reason, string WayOut)
{
    // Windows' errors as HRESULTs (winerror.h).
    private const int WriteProtectedMedium = unchecked((int)0x80070013);
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int BadNetworkPath = unchecked((int)0x80070035);
    private const int BadNetworkName = unchecked((int)0x80070043);
    private const int DiskFull = unchecked((int)0x80070070);
    private const int InvalidName = unchecked((int)0x8007007B);
    private const int BadPathname = unchecked((int)0x800700A1);
    private const int NameTooLong = unchecked((int)0x800700CE);
    private const int InvalidFolder = unchecked((int)0x8007010B);

    // Unix' errors, which .NET hands on as they are (errno.h of Linux; the second of each is macOS').
    private const int Again = 11;
    private const int AgainOnMac = 35;
    private const int TextBusy = 26;
    private const int NotAFolder = 20;
    private const int NoSpace = 28;
    private const int ReadOnlySystem = 30;
    private const int UnixNameTooLong = 36;
    private const int UnixNameTooLongOnMac = 63;
    private const int Quota = 122;

    /// <summary>What a system's error about a file means.</summary>
    /// <param name="path">The file, as it was given.</param>
    /// <param name="error">The error.</param>
    public static FileFault Of(string path, Exception error)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(error);
        return error switch
        {
            FileNotFoundException => new(MacErrorKind.NotFound, "it does not exist", "Check the path."),
            DirectoryNotFoundException => new(MacErrorKind.NotFound, "its folder does not exist", "Check the path, or make the folder."),
            PathTooLongException => TooLong,
            UnauthorizedAccessException or IOException when Directory.Exists(path) => new(MacErrorKind.InvalidArgument, "it is a directory", "Give a file in it."),
            UnauthorizedAccessException => new(MacErrorKind.PermissionDenied, "this user does not have the right to it", "Ask for the right, or give another path."),
            ArgumentException or NotSupportedException => NoName,
            IOException => OfCode(error),
            _ => new(MacErrorKind.Unavailable, ReasonOf(error), "Check the path and the device that it is on."),
        };
    }

    /// <summary>True for the errors that <see cref="Of"/> knows.</summary>
    /// <param name="error">The error.</param>
    public static bool IsOfFile(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>Why a path cannot be one of this system: one of Windows, where a file would be made with that name in the present folder. Null if nothing is wrong with it.</summary>
    /// <param name="path">The path, as it was given.</param>
    public static FileFault? OfForeign(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        return path.StartsWith(@"\\", StringComparison.Ordinal)
            ? new(MacErrorKind.InvalidArgument, "it is a path of Windows' network, which this system does not reach by that name", "Mount the share, and give the path under the mount.")
            : path is [>= 'A' and <= 'Z' or >= 'a' and <= 'z', ':', '\\', ..]
                ? new(MacErrorKind.InvalidArgument, "it is a path of a Windows drive, and this system has none", "Give a path of this system, such as ./lab.db.")
                : null;
    }

    /// <summary>True for a device, by where it stands: what is written to it replaces nothing, and any number of programs may write to it.</summary>
    /// <param name="path">The path.</param>
    public static bool IsDevice(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string full = path.Contains('\0', StringComparison.Ordinal) ? path : Path.GetFullPath(path);
        return OperatingSystem.IsWindows()
            ? full.StartsWith(@"\\.\", StringComparison.Ordinal)
            : full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal);
    }

    private static FileFault NoName { get; } =
        new(MacErrorKind.InvalidArgument, "the system allows no such name", "Give one without the characters < > : \" | ? * and without a full stop or blank at its end.");

    private static FileFault TooLong { get; } = new(MacErrorKind.InvalidArgument, "its name is too long", "Give a shorter one.");

    private static FileFault OfCode(Exception error) => error.HResult switch
    {
        InvalidName or BadPathname or InvalidFolder => NoName,
        NameTooLong or UnixNameTooLong or UnixNameTooLongOnMac => TooLong,
        SharingViolation or LockViolation or Again or AgainOnMac or TextBusy =>
            new(MacErrorKind.InUse, "another program has it open", "Close it there, or give another path."),
        ReadOnlySystem or WriteProtectedMedium => new(MacErrorKind.PermissionDenied, "its file system is read-only", "Give a path on another."),
        NoSpace or Quota or DiskFull or HandleDiskFull => new(MacErrorKind.Exhausted, "its disk is full", "Make room on it, or give another path."),
        NotAFolder => new(MacErrorKind.NotFound, "a part of the path is a file and no folder", "Check the path."),
        BadNetworkPath or BadNetworkName => new(MacErrorKind.Unavailable, "the server or its share cannot be reached", "Check its name and the network."),
        _ => new(MacErrorKind.Unavailable, ReasonOf(error), "Check the path and the device that it is on."),
    };

    private static string ReasonOf(Exception error) => error.Message.TrimEnd('.');
}

using MacSegmentation.Errors;

namespace MacSegmentation.Captures;

/// <summary>The ways in which a capture can fail, each with its id and sentence.</summary>
internal static class CaptureError
{
    public static MacSegmentationException NotFound(string path, Exception inner) => new(
        "CaptureNotFound", MacErrorKind.NotFound, $"The capture '{path}' does not exist. Check the path.", path, inner);

    public static MacSegmentationException IsDirectory(string path) => new(
        "CaptureIsDirectory", MacErrorKind.InvalidArgument, $"'{path}' is a directory. Give a capture file.", path);

    public static MacSegmentationException AccessDenied(string path, Exception inner) => new(
        "CaptureAccessDenied", MacErrorKind.PermissionDenied, $"The capture '{path}' may not be read. Ask for the right to read it.", path, inner);

    public static MacSegmentationException ReadFailed(string path, Exception inner) => ReadFailed(path, FileFault.Of(path, inner), inner);

    public static MacSegmentationException ReadFailed(string path, FileFault fault, Exception? inner = null) => new(
        "CaptureReadFailed", fault.Kind, $"The capture '{path}' cannot be read: {fault.Reason}. {fault.WayOut}", path, inner);

    public static MacSegmentationException Empty(string path) => new(
        "CaptureEmpty", MacErrorKind.InvalidData, $"The capture '{path}' is empty: not even a header is in it. Capture again.", path);

    public static MacSegmentationException NotRecognized(string path, string why) => new(
        "CaptureNotRecognized", MacErrorKind.InvalidData, $"'{path}' is no capture that can be read: {why}. Give a pcap or pcapng file.", path);

    public static MacSegmentationException NotEthernet(string path, int linkType) => new(
        "CaptureNotEthernet",
        MacErrorKind.InvalidData,
        $"The capture '{path}' holds {LinkType.Describe(linkType)} frames, which have no MAC header. Capture on an Ethernet interface.",
        path);

    public static MacSegmentationException Truncated(string path, long offset) => new(
        "CaptureTruncated",
        MacErrorKind.InvalidData,
        $"The capture '{path}' ends in the middle of what begins at byte {offset}. The frames before it were handled; capture again if the rest matters.",
        path);

    public static MacSegmentationException Damaged(string path, long offset, string what) => new(
        "CaptureDamaged",
        MacErrorKind.InvalidData,
        $"The capture '{path}' is damaged at byte {offset}: {what}. The frames before it were handled; repair the file or capture again.",
        path);

    public static MacSegmentationException DestinationIsDirectory(string path) => new(
        "DestinationIsDirectory", MacErrorKind.InvalidArgument, $"'{path}' is a directory. Give the name of a file to write.", path);

    public static MacSegmentationException DestinationFolderNotFound(string path, Exception inner) => new(
        "DestinationFolderNotFound", MacErrorKind.NotFound, $"The folder of '{path}' does not exist. Create it, or give another path.", path, inner);

    public static MacSegmentationException DestinationAccessDenied(string path, Exception inner) => new(
        "DestinationAccessDenied", MacErrorKind.PermissionDenied, $"'{path}' may not be written. Give another path, or ask for the right.", path, inner);

    public static MacSegmentationException DestinationInUse(string path, Exception? inner = null) => new(
        "DestinationInUse",
        MacErrorKind.InUse,
        $"'{path}' is in use: it is the capture that is read, or another program has it open. Give another path.",
        path,
        inner);

    public static MacSegmentationException DestinationIsSource(string path) => new(
        "DestinationIsSource", MacErrorKind.InvalidArgument, $"'{path}' is the capture that is read. Give another path to write.", path);

    public static MacSegmentationException DestinationUsedTwice(string path) => new(
        "DestinationUsedTwice", MacErrorKind.InvalidArgument, $"'{path}' is given for forwarded and for denied frames. Give two paths.", path);

    public static MacSegmentationException TimeNotInPcap(string path, long timestamp) => new(
        "CaptureTimeNotInPcap",
        MacErrorKind.InvalidData,
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"A frame of {Frames.FrameTime.ToCalendar(timestamp):yyyy-MM-dd HH:mm:ss} UTC does not fit into '{path}': pcap counts seconds since 1970 with 32 bits, up to 2106-02-07. Give a name that ends in .pcapng."),
        path);

    public static MacSegmentationException DestinationExists(string path, Exception? inner = null) => new(
        "DestinationExists", MacErrorKind.AlreadyExists, $"'{path}' exists already. Give another path, or have it replaced by leaving out what forbids it (-NoClobber, --no-clobber).", path, inner);

    public static MacSegmentationException WriteFailed(string path, Exception inner) => WriteFailed(path, FileFault.Of(path, inner), inner);

    public static MacSegmentationException WriteFailed(string path, FileFault fault, Exception? inner = null) => new(
        "CaptureWriteFailed", fault.Kind, $"'{path}' cannot be written: {fault.Reason}. {fault.WayOut}", path, inner);
}

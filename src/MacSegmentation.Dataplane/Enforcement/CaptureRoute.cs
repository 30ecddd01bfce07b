using MacSegmentation.Addressing;
using MacSegmentation.Captures;
using MacSegmentation.Errors;
using MacSegmentation.Switch;

namespace MacSegmentation.Enforcement;

/// <summary>The way of frames from one capture file to another.</summary>
public static class CaptureRoute
{
    /// <summary>Opens the capture, then creates the files to write; nothing is written unless the capture can be read.</summary>
    /// <param name="path">The capture to read, pcap or pcapng.</param>
    /// <param name="destination">The pcap file that allowed frames are written to.</param>
    /// <param name="deniedPath">The pcap file that denied frames are written to, or null.</param>
    /// <param name="nativeVlanId">The VLAN of frames without a VLAN's tag, 1 to 4094.</param>
    /// <param name="mayReplace">False to leave files alone that exist.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidVlanId, DestinationExists, DestinationIsSource, DestinationUsedTwice; and those of <see cref="CaptureFileSource.Open"/> and <see cref="CaptureFileSink.Create"/>.
    /// </exception>
    public static EnforcerRoute Open(string path, string destination, string? deniedPath = null, int nativeVlanId = VlanId.Minimum, bool mayReplace = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        VlanId.Validate(nativeVlanId);
        var source = CaptureFileSource.Open(path);
        CaptureFileSink? sink = null;
        try
        {
            CheckPaths(path, destination, deniedPath, mayReplace);
            sink = CaptureFileSink.Create(destination, source.Format, mayReplace);
            var denied = deniedPath is null ? null : CaptureFileSink.Create(deniedPath, source.Format, mayReplace);
            return new EnforcerRoute(source, sink) { NativeVlanId = nativeVlanId, DeniedSink = denied, IsCapture = true };
        }
        catch
        {
            sink?.Dispose();
            source.Dispose();
            throw;
        }
    }

    /// <summary>The files whose content would be lost if they were written: devices have none, and neither have empty files; the capture itself is never written.</summary>
    /// <param name="path">The capture to read.</param>
    /// <param name="destination">The pcap file that allowed frames are written to.</param>
    /// <param name="deniedPath">The pcap file that denied frames are written to, or null.</param>
    public static IReadOnlyList<string> ListReplaced(string path, string destination, string? deniedPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        return
        [
            .. Written(destination, deniedPath)
                .Where(written => File.Exists(written) && !FileFault.IsDevice(written) && new FileInfo(written).Length > 0 && !IsSameFile(path, written)),
        ];
    }

    private static string[] Written(string destination, string? deniedPath) => deniedPath is null ? [destination] : [destination, deniedPath];

    private static void CheckPaths(string path, string destination, string? deniedPath, bool mayReplace)
    {
        foreach (string written in Written(destination, deniedPath))
        {
            // Both are looked at before either is made.
            if (!mayReplace && Path.Exists(written))
            {
                throw CaptureError.DestinationExists(written);
            }

            if (IsSameFile(path, written))
            {
                throw CaptureError.DestinationIsSource(written);
            }
        }

        if (deniedPath is not null && IsSameFile(destination, deniedPath) && !FileFault.IsDevice(destination))
        {
            throw CaptureError.DestinationUsedTwice(deniedPath);
        }
    }

    /// <summary>By full path, links followed. Two hard links of one file are caught when the second is opened: the first has it locked.</summary>
    private static bool IsSameFile(string one, string other)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return string.Equals(Resolve(one), Resolve(other), comparison);
    }

    private static string Resolve(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
    }
}

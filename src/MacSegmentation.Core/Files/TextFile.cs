#pragma warning disable RS0030 // The files that the domain writes: what cmdlets and macseg write alike.
using System.Text;
using MacSegmentation.Errors;

namespace MacSegmentation.Files;

/// <summary>Texts in files.</summary>
internal static class TextFile
{
    private const long LargestRead = 32 << 20;

    /// <summary>Reads a text that somebody gives in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is, in lower case, such as <c>scenario</c>.</param>
    /// <param name="notFound">The error if there is none.</param>
    /// <param name="unreadable">The error if it cannot be read.</param>
    /// <param name="tooLarge">The error if it is larger than 32 MiB.</param>
    /// <exception cref="MacSegmentationException">One of these errors.</exception>
    public static string Read(string path, string what, string notFound, string unreadable, string tooLarge)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (FileFault.OfForeign(path) is { } foreign)
            {
                throw Failed(foreign, cause: null);
            }

            return new FileInfo(path) is { Exists: true, Length: > LargestRead }
                ? throw new MacSegmentationException(tooLarge, MacErrorKind.InvalidArgument, $"The {what} {path} is larger than {LargestRead >> 20} MiB, which are allowed. Give a part of it.", path)
                : File.ReadAllText(path);
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            throw Failed(FileFault.Of(path, error), error);
        }

        MacSegmentationException Failed(FileFault fault, Exception? cause) => fault.Kind is MacErrorKind.NotFound
            ? new MacSegmentationException(notFound, MacErrorKind.NotFound, $"The {what} {path} does not exist. Give the path of a file.", path, cause)
            : new MacSegmentationException(unreadable, fault.Kind, $"The {what} {path} cannot be read: {fault.Reason}. {fault.WayOut}", path, cause);
    }

    /// <summary>
    /// Writes a text to a file, in UTF-8: whoever reads it meanwhile sees the old one or the new one, never a part. A file that is there keeps its mode, and a link goes on to lead
    /// to it; a device or a pipe is written to.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="Exception">One of those that <see cref="FileFault.IsOfFile"/> knows.</exception>
    public static void Write(string path, string text)
    {
        var target = TargetOf(path);
        if (Path.Exists(target.FullName) && OpenStream(target.FullName) is { } stream)
        {
            Write(stream, target.FullName, Encoding.UTF8.GetBytes(text));
        }
        else
        {
            Replace(target, text);
        }
    }

    /// <summary>The file that links at the end lead to, whether it exists or not.</summary>
    private static FileInfo TargetOf(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
    }

    /// <summary>
    /// Opens what has no end to replace: a device, or what cannot be sought in. Opened for both ways, a pipe does not wait for its other end; it is held so until it is open for
    /// writing, or who waits at the other end would meet the end of nothing.
    /// </summary>
    /// <returns>Null for a file.</returns>
    /// <exception cref="UnauthorizedAccessException">The file may not be written: then it is not replaced either.</exception>
    private static FileStream? OpenStream(string path)
    {
        if (FileFault.IsDevice(path))
        {
            return OpenToWrite(path);
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return file.CanSeek ? null : OpenToWrite(path);
    }

    private static FileStream OpenToWrite(string path) => new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private static void Write(FileStream opened, string path, byte[] utf8)
    {
        const int BrokenPipe = 32; // EPIPE, on Linux and macOS
        try
        {
            using (opened)
            {
                opened.Write(utf8);
            }
        }
        catch (IOException error) when (error.HResult is BrokenPipe)
        {
            // Nobody reads yet: this waits for somebody.
            using var awaited = OpenToWrite(path);
            awaited.Write(utf8);
        }
    }

    private static void Replace(FileInfo target, string text)
    {
        string unfinished = $"{target.FullName}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(unfinished, text);
            if (target.Exists && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(unfinished, target.UnixFileMode);
            }

            File.Move(unfinished, target.FullName, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}

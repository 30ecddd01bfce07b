#pragma warning disable RS0030 // The one file that the domain knows: a document that cmdlets and macseg read and write alike.
using System.Text;
using MacSegmentation.Errors;

namespace MacSegmentation.Configuration;

/// <summary>Documents in files.</summary>
public static class ConfigurationFile
{
    /// <summary>Reads a document from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MacSegmentationException">ConfigurationNotFound, ConfigurationUnreadable, ConfigurationInvalid.</exception>
    public static MacConfiguration Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] utf8;
        try
        {
            RequireOfThisSystem(path, "ConfigurationUnreadable", "read");
            utf8 = File.ReadAllBytes(path);
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            var fault = FileFault.Of(path, error);
            throw fault.Kind is MacErrorKind.NotFound
                ? new MacSegmentationException(
                    "ConfigurationNotFound", MacErrorKind.NotFound, $"The configuration {path} does not exist. Give the path of a JSON document.", path, error)
                : Failed("ConfigurationUnreadable", "read", path, fault, error);
        }

        if (utf8 is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [(byte)'{', 0, ..] or [0, (byte)'{', ..])
        {
            throw new MacSegmentationException(
                "ConfigurationInvalid",
                MacErrorKind.InvalidData,
                $"The configuration {path} is in UTF-16, as Windows PowerShell writes it, and a JSON document is in UTF-8. Save it in UTF-8, such as with Set-Content -Encoding utf8.",
                path);
        }

        return MacConfiguration.Parse(utf8, path);
    }

    /// <summary>
    /// Writes a document to a file: whoever reads it meanwhile sees the old one or the new one, never a part. A file that is there keeps its mode, and a link goes on to lead
    /// to it; a device or a pipe is written to.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="document">The document.</param>
    /// <param name="mayReplace">False to leave a file alone that exists.</param>
    /// <exception cref="MacSegmentationException">ConfigurationUnwritable; ConfigurationExists.</exception>
    public static void Write(string path, MacConfiguration document, bool mayReplace = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            RequireOfThisSystem(path, "ConfigurationUnwritable", "written");
            if (!mayReplace)
            {
                RequireNew(path);
            }

            var target = TargetOf(path);
            if (Path.Exists(target.FullName) && OpenStream(target.FullName) is { } stream)
            {
                Write(stream, target.FullName, Encoding.UTF8.GetBytes(document.ToJson()));
            }
            else
            {
                Replace(target, document.ToJson());
            }
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            throw Failed("ConfigurationUnwritable", "written", path, FileFault.Of(path, error), error);
        }
    }

    /// <summary>Makes sure that nothing would be replaced.</summary>
    /// <param name="path">The file to write.</param>
    /// <exception cref="MacSegmentationException">ConfigurationExists.</exception>
    public static void RequireNew(string path)
    {
        if (Path.Exists(path))
        {
            throw new MacSegmentationException(
                "ConfigurationExists", MacErrorKind.AlreadyExists, $"The file {path} exists already. Give another path, or leave out -NoClobber.", path);
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

    private static void Replace(FileInfo target, string json)
    {
        string unfinished = $"{target.FullName}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(unfinished, json);
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

    private static void RequireOfThisSystem(string path, string errorId, string what)
    {
        if (FileFault.OfForeign(path) is { } foreign)
        {
            throw Failed(errorId, what, path, foreign, cause: null);
        }
    }

    private static MacSegmentationException Failed(string errorId, string what, string path, FileFault fault, Exception? cause) =>
        new(errorId, fault.Kind, $"The configuration {path} cannot be {what}: {fault.Reason}. {fault.WayOut}", path, cause);
}

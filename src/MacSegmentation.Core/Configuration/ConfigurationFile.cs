#pragma warning disable RS0030 // The one file that the domain knows: a document that cmdlets and macseg read and write alike.
using MacSegmentation.Errors;
using MacSegmentation.Files;

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

    /// <summary>Writes a document to a file: whoever reads it meanwhile sees the old one or the new one, never a part.</summary>
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

            TextFile.Write(path, document.ToJson());
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

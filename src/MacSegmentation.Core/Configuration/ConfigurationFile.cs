#pragma warning disable RS0030 // The one file that the domain knows: a document that cmdlets and macseg read and write alike.
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
            utf8 = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MacSegmentationException(
                "ConfigurationNotFound", MacErrorKind.NotFound, $"The configuration {path} does not exist. Give the path of a JSON document.", path, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string why = Directory.Exists(path) ? "it is a directory" : error.Message.TrimEnd('.');
            throw new MacSegmentationException(
                "ConfigurationUnreadable",
                MacErrorKind.PermissionDenied,
                $"The configuration {path} cannot be read: {why}. Give the path of a JSON document that you may read.",
                path,
                error);
        }

        return MacConfiguration.Parse(utf8, path);
    }

    /// <summary>Writes a document to a file: whoever reads it meanwhile sees the old one or the new one, never a part.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="document">The document.</param>
    /// <exception cref="MacSegmentationException">ConfigurationUnwritable.</exception>
    public static void Write(string path, MacConfiguration document)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(document);
        string unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(unfinished, document.ToJson());
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }

            throw new MacSegmentationException(
                "ConfigurationUnwritable",
                MacErrorKind.PermissionDenied,
                $"The configuration {path} cannot be written: {error.Message.TrimEnd('.')}. Give a path in a directory that you may write.",
                path,
                error);
        }
    }
}

using MacSegmentation.Errors;
using MacSegmentation.Files;

namespace MacSegmentation.PolicyExport;

/// <summary>Exports in files.</summary>
public static class PolicyExportFile
{
    /// <summary>Writes an export to a file: whoever reads it meanwhile sees the old one or the new one, never a part.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="export">The export.</param>
    /// <param name="mayReplace">False to leave a file alone that exists.</param>
    /// <exception cref="MacSegmentationException">PolicyFileUnwritable; PolicyFileExists.</exception>
    public static void Write(string path, MacPolicyExport export, bool mayReplace = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(export);
        try
        {
            if (FileFault.OfForeign(path) is { } foreign)
            {
                throw Unwritable(path, foreign, cause: null);
            }

            if (!mayReplace)
            {
                RequireNew(path);
            }

            TextFile.Write(path, export.Text);
        }
        catch (Exception error) when (FileFault.IsOfFile(error))
        {
            throw Unwritable(path, FileFault.Of(path, error), error);
        }
    }

    /// <summary>Makes sure that nothing would be replaced.</summary>
    /// <param name="path">The file to write.</param>
    /// <exception cref="MacSegmentationException">PolicyFileExists.</exception>
    public static void RequireNew(string path)
    {
        if (Path.Exists(path))
        {
            throw new MacSegmentationException("PolicyFileExists", MacErrorKind.AlreadyExists, $"The file {path} exists already. Give another path, or leave out -NoClobber.", path);
        }
    }

    private static MacSegmentationException Unwritable(string path, FileFault fault, Exception? cause) =>
        new("PolicyFileUnwritable", fault.Kind, $"The policies cannot be written to {path}: {fault.Reason}. {fault.WayOut}", path, cause);
}

using System.Management.Automation;
using MacSegmentation.Errors;

namespace MacSegmentation.Arguments;

/// <summary>Paths as a user of PowerShell gives them: relative to its own location, on its own drives.</summary>
internal static class FileArgument
{
    /// <summary>The file system's full path; the file need not exist.</summary>
    /// <exception cref="MacSegmentationException">PathNotInFileSystem: the path belongs to another provider or drive.</exception>
    public static string ResolveFile(this PSCmdlet cmdlet, string path)
    {
        // PowerShell would make two strokes of them, and a path from the root.
        if (FileFault.OfForeign(path) is { } foreign)
        {
            throw new MacSegmentationException("PathNotInFileSystem", foreign.Kind, $"The path '{path}' cannot be used: {foreign.Reason}. {foreign.WayOut}", path);
        }

        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return string.Equals(provider.Name, "FileSystem", StringComparison.Ordinal)
                ? resolved
                : throw NotInFileSystem(path, $"the provider {provider.Name}", inner: null);
        }
        catch (Exception error) when (error is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or NotSupportedException)
        {
            throw NotInFileSystem(path, "no drive of this session", error);
        }
    }

    private static MacSegmentationException NotInFileSystem(string path, string owner, Exception? inner) => new(
        "PathNotInFileSystem",
        MacErrorKind.InvalidArgument,
        $"The path '{path}' belongs to {owner}. Give a file of the file system.",
        path,
        inner);
}

using System.Runtime.CompilerServices;

namespace MacSegmentation.Captures;

/// <summary>Finds files beside the sources, wherever the tests run from.</summary>
internal static class RepositoryFile
{
    public static string Root { get; } = Find();

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.GetFullPath(System.IO.Path.Combine([Root, .. parts]));

    private static string Find([CallerFilePath] string thisFile = "")
    {
        string? folder = System.IO.Path.GetDirectoryName(thisFile);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "MacSegmentation.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests were not built in the repository.");
    }
}

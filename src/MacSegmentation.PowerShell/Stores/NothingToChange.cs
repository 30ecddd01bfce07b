using MacSegmentation.Errors;

namespace MacSegmentation.Stores;

/// <summary>A record of the pipeline names a thing, and nothing that is to become of it.</summary>
internal static class NothingToChange
{
    /// <summary>The error. Whoever feeds a file whose columns are called otherwise would take silence for success.</summary>
    /// <param name="thing">What would be changed.</param>
    /// <param name="settings">What can be said.</param>
    /// <param name="target">By what it is named.</param>
    public static MacSegmentationException Of(string thing, string settings, object target) => new(
        "NothingToChange",
        MacErrorKind.InvalidArgument,
        $"Nothing is said that would change {thing}. Give one of {settings}, as a parameter or as a property of that name.",
        target);
}

using System.Management.Automation;

namespace MacSegmentation.Arguments;

/// <summary>Wildcards in names.</summary>
internal static class NameFilter
{
    /// <summary>The things whose name matches one of the patterns, without regard to case.</summary>
    public static IEnumerable<T> Select<T>(IEnumerable<T> things, Func<T, string> name, IEnumerable<string> patterns)
    {
        WildcardPattern[] wildcards = [.. patterns.Select(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase))];
        return [.. things.Where(thing => wildcards.Any(wildcard => wildcard.IsMatch(name(thing))))];
    }
}

using System.Management.Automation;

namespace MacSegmentation.Arguments;

/// <summary>Wildcards in names.</summary>
internal static class NameFilter
{
    /// <summary>The things whose name matches one of the patterns, without regard to case.</summary>
    public static IEnumerable<T> Select<T>(IEnumerable<T> things, Func<T, string> name, IEnumerable<string> patterns)
    {
        var isMatch = Match(patterns);
        return [.. things.Where(thing => isMatch(name(thing)))];
    }

    /// <summary>Whether a name matches one of the patterns, without regard to case; any does if there is no list of patterns.</summary>
    public static Predicate<string> Match(IEnumerable<string>? patterns)
    {
        if (patterns is null)
        {
            return static _ => true;
        }

        WildcardPattern[] wildcards = [.. patterns.Select(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase))];
        return name => wildcards.Any(wildcard => wildcard.IsMatch(name));
    }

    /// <summary>True if the text names one thing, and not a pattern of names.</summary>
    public static bool IsExact(string? name) => name is not null && !WildcardPattern.ContainsWildcardCharacters(name);
}

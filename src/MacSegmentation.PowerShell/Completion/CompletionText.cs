using System.Management.Automation;

namespace MacSegmentation.Completion;

/// <summary>Makes completions of values.</summary>
internal static class CompletionText
{
    private const int MaxResults = 500;

    /// <summary>The values that begin with what is typed so far, quoted where PowerShell needs it.</summary>
    public static IReadOnlyList<CompletionResult> Match(IEnumerable<CompletionCandidate> candidates, string? typed)
    {
        string start = Unquoted(typed);
        return
        [
            .. candidates
                .Where(candidate => candidate.Text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Take(MaxResults)
                .Select(candidate => new CompletionResult(Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.Description)),
        ];
    }

    /// <summary>What is typed, without the quotes around it.</summary>
    public static string Unquoted(string? typed) => (typed ?? string.Empty).Trim('\'', '"');

    private static string Quote(string text) => text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or ':' or '.' or '_' or '/')
        ? text
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

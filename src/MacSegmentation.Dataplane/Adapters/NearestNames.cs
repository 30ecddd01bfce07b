namespace MacSegmentation.Adapters;

/// <summary>What a mistyped name may have meant.</summary>
internal static class NearestNames
{
    private const int Shown = 3;

    /// <summary>The names nearest to the wanted one by edit distance, at most three, best first; those that share next to nothing are left out.</summary>
    internal static IReadOnlyList<string> Of(string wanted, IEnumerable<string> known) =>
    [
        .. known
            .Select(name => (Name: name, Distance: Distance(wanted, name)))
            .Where(candidate => candidate.Distance <= Math.Max(3, wanted.Length / 2))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Take(Shown)
            .Select(candidate => candidate.Name),
    ];

    /// <summary>Levenshtein distance, letters compared without case.</summary>
    internal static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < right.Length; j++)
            {
                int substituted = diagonal + (char.ToUpperInvariant(left[i]) == char.ToUpperInvariant(right[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substituted, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[^1];
    }
}

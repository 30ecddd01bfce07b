namespace MacSegmentation.Merging;

/// <summary>Walks two sorted lists at once.</summary>
internal static class SortedMerge
{
    /// <summary>The pairs of things with the same key. Takes as many steps as both lists are long.</summary>
    /// <param name="here">The first list: ascending by its key, each key once.</param>
    /// <param name="there">The second list: the same.</param>
    /// <param name="compare">Compares a thing of the first with one of the second by their keys.</param>
    public static IEnumerable<(THere Here, TThere There)> Match<THere, TThere>(IReadOnlyList<THere> here, IReadOnlyList<TThere> there, Func<THere, TThere, int> compare)
    {
        int i = 0;
        int j = 0;
        while (i < here.Count && j < there.Count)
        {
            int order = compare(here[i], there[j]);
            if (order == 0)
            {
                yield return (here[i], there[j]);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }
}

namespace MacSegmentation.Architecture;

/// <summary>Which folders of a project use which others, by their namespaces.</summary>
internal sealed class FolderGraph(IEnumerable<TypeUse> uses)
{
    private readonly ILookup<string, TypeUse> byUser = uses
        .Where(use => !string.Equals(use.UserNamespace, use.UsedNamespace, StringComparison.Ordinal))
        .ToLookup(use => use.UserNamespace, StringComparer.Ordinal);

    /// <summary>The groups of folders of which each leads to each other; none if arrows point one way.</summary>
    public IReadOnlyList<IReadOnlyList<string>> FindCycles()
    {
        var reachable = byUser.ToDictionary(folder => folder.Key, folder => ReachableFrom(folder.Key), StringComparer.Ordinal);
        return
        [
            .. reachable.Keys
                .Where(folder => reachable[folder].Contains(folder))
                .GroupBy(folder => reachable[folder].Where(other => reachable.ContainsKey(other) && reachable[other].Contains(folder)).Min(StringComparer.Ordinal)!, StringComparer.Ordinal)
                .Select(cycle => (IReadOnlyList<string>)[.. cycle.Order(StringComparer.Ordinal)]),
        ];
    }

    /// <summary>What makes a cycle, for whoever has to end it: the types on each of its arrows, thin arrows first.</summary>
    public string Describe(IReadOnlyList<string> cycle)
    {
        var arrows = cycle
            .SelectMany(folder => byUser[folder].Where(use => cycle.Contains(use.UsedNamespace)).GroupBy(use => use.UsedNamespace, StringComparer.Ordinal))
            .OrderBy(arrow => arrow.Count())
            .Select(arrow => $"  {arrow.First().UserNamespace} -> {arrow.Key} ({arrow.Count()}): {string.Join(", ", arrow.Take(4).Select(use => $"{use.User} uses {use.Used}"))}");
        return $"{string.Join(", ", cycle)} use each other:{Environment.NewLine}{string.Join(Environment.NewLine, arrows)}";
    }

    private HashSet<string> ReachableFrom(string folder)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([folder]);
        while (open.TryPop(out string? next))
        {
            foreach (string used in byUser[next].Select(use => use.UsedNamespace).Distinct(StringComparer.Ordinal).Where(reached.Add))
            {
                open.Push(used);
            }
        }

        return reached;
    }
}

namespace MacSegmentation.SecurityGroups;

/// <summary>
/// The rules for one protocol that has ports, by destination port. A packet meets only rules that its port agrees with, however many others there are.
/// </summary>
/// <remarks>
/// The ends of all ranges cut the ports into segments, which are the leaves of a segment tree (de Berg et al., Computational Geometry, section 10.3): a range is
/// kept at the few nodes that it covers wholly, so n rules take n log n places however they overlap, and a port meets those between its leaf and the root.
/// </remarks>
internal sealed class PortIndex
{
    private readonly ushort[] starts;
    private readonly GroupRule[]?[] nodes;

    /// <summary>Compiles the rules.</summary>
    /// <param name="rules">The protocol's rules, in the order in which they are to be asked.</param>
    public PortIndex(GroupRule[] rules)
    {
        var cuts = new List<ushort> { 0 };
        foreach (var rule in rules)
        {
            foreach (var range in rule.Ports)
            {
                cuts.Add(range.First);
                if (range.Last < ushort.MaxValue)
                {
                    cuts.Add((ushort)(range.Last + 1));
                }
            }
        }

        cuts.Sort();
        starts = [.. cuts.Distinct()];
        var lists = new List<GroupRule>?[starts.Length * 2];
        foreach (var rule in rules)
        {
            if (rule.Ports.IsEmpty)
            {
                Cover(lists, rule, 0, starts.Length);
            }

            foreach (var range in rule.Ports)
            {
                Cover(lists, rule, SegmentOf(range.First), SegmentOf(range.Last) + 1);
            }
        }

        nodes = Array.ConvertAll(lists, list => list?.ToArray());
    }

    /// <summary>The first node to ask about a destination port; <see cref="Next"/> leads from it to the others.</summary>
    public int First(ushort port) => starts.Length + SegmentOf(port);

    /// <summary>The next node to ask, or 0 after the last.</summary>
    public static int Next(int node) => node >> 1;

    /// <summary>The rules of a node.</summary>
    public ReadOnlySpan<GroupRule> At(int node) => nodes[node];

    private static void Add(List<GroupRule>?[] lists, int node, GroupRule rule)
    {
        var list = lists[node] ??= [];
        if (list.Count == 0 || !ReferenceEquals(list[^1], rule))
        {
            list.Add(rule);
        }
    }

    private void Cover(List<GroupRule>?[] lists, GroupRule rule, int first, int end)
    {
        for (int left = first + starts.Length, right = end + starts.Length; left < right; left >>= 1, right >>= 1)
        {
            if ((left & 1) != 0)
            {
                Add(lists, left++, rule);
            }

            if ((right & 1) != 0)
            {
                Add(lists, --right, rule);
            }
        }
    }

    private int SegmentOf(ushort port)
    {
        int found = Array.BinarySearch(starts, port);
        return found >= 0 ? found : ~found - 1;
    }
}

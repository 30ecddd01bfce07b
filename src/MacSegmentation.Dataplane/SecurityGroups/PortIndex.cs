namespace MacSegmentation.SecurityGroups;

/// <summary>
/// The rules for one protocol that has ports, by destination port: the ends of all ranges cut the ports into segments, and each segment has
/// the rules that admit it. So a packet meets only rules that its port agrees with, however many others there are.
/// </summary>
internal sealed class PortIndex
{
    private readonly ushort[] starts;
    private readonly GroupRule[][] rules;

    /// <summary>Compiles the rules.</summary>
    /// <param name="rules">The protocol's rules, in the order in which they are to be asked.</param>
    public PortIndex(GroupRule[] rules)
    {
        var cuts = new SortedSet<ushort> { 0 };
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

        starts = [.. cuts];
        this.rules = Array.ConvertAll(starts, start => Array.FindAll(rules, rule => rule.AdmitsPort(start)));
    }

    /// <summary>The rules that admit a destination port.</summary>
    public ReadOnlySpan<GroupRule> At(ushort port)
    {
        int found = Array.BinarySearch(starts, port);
        return rules[found >= 0 ? found : ~found - 1];
    }
}

namespace MacSegmentation.Addressing;

/// <summary>Arithmetic on lists of ranges that share no address.</summary>
public static class MacRangeSet
{
    /// <summary>The same addresses in as few ranges as possible, ascending.</summary>
    /// <param name="ranges">Ranges that do not overlap, in any order.</param>
    public static IReadOnlyList<MacRange> Join(IEnumerable<MacRange> ranges)
    {
        var joined = new List<MacRange>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (joined.Count > 0 && joined[^1].Last.Value + 1 == range.First.Value)
            {
                joined[^1] = new MacRange(joined[^1].First, range.Last);
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }

    /// <summary>The addresses of the ranges without those of another range, in the same sequence.</summary>
    /// <param name="ranges">The ranges.</param>
    /// <param name="removed">The range to take away.</param>
    public static IReadOnlyList<MacRange> Subtract(IEnumerable<MacRange> ranges, MacRange removed)
    {
        var rest = new List<MacRange>();
        foreach (var range in ranges)
        {
            if (!range.Overlaps(removed))
            {
                rest.Add(range);
                continue;
            }

            if (range.First < removed.First)
            {
                rest.Add(new MacRange(range.First, new MacAddress(removed.First.Value - 1)));
            }

            if (range.Last > removed.Last)
            {
                rest.Add(new MacRange(new MacAddress(removed.Last.Value + 1), range.Last));
            }
        }

        return rest;
    }

    /// <summary>The addresses of the ranges without those of other ranges.</summary>
    /// <param name="ranges">The ranges.</param>
    /// <param name="removed">The ranges to take away.</param>
    public static IReadOnlyList<MacRange> Subtract(IReadOnlyList<MacRange> ranges, IEnumerable<MacRange> removed) =>
        removed.Aggregate(ranges, Subtract);

    /// <summary>True if every address of the range is in one of the ranges.</summary>
    /// <param name="ranges">The ranges.</param>
    /// <param name="range">The range that should be covered.</param>
    public static bool Covers(IReadOnlyList<MacRange> ranges, MacRange range) => Subtract([range], ranges).Count == 0;

    /// <summary>What is left of a range without some of its addresses.</summary>
    /// <param name="range">The range.</param>
    /// <param name="ascending">Addresses in it, ascending, each once.</param>
    public static IReadOnlyList<MacRange> Without(MacRange range, IEnumerable<MacAddress> ascending)
    {
        ArgumentNullException.ThrowIfNull(ascending);
        var left = new List<MacRange>();
        ulong next = range.First.Value;
        foreach (var address in ascending)
        {
            if (address.Value > next)
            {
                left.Add(new MacRange(new MacAddress(next), new MacAddress(address.Value - 1)));
            }

            next = address.Value + 1;
        }

        if (next <= range.Last.Value)
        {
            left.Add(new MacRange(new MacAddress(next), range.Last));
        }

        return left;
    }
}

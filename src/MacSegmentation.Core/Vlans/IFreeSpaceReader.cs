using MacSegmentation.Addressing;

namespace MacSegmentation.Vlans;

/// <summary>The rows of never-used addresses, as intervals.</summary>
public interface IFreeSpaceReader
{
    /// <summary>The VLAN's lowest interval of addresses that were never given out, or null.</summary>
    MacRange? FindLowestFree(int vlanId);

    /// <summary>The VLAN's lowest interval of addresses that were never given out which shares one with a range, or null.</summary>
    MacRange? FindLowestFreeIn(int vlanId, MacRange range)
    {
        foreach (var free in ListFree(vlanId))
        {
            if (free.Overlaps(range))
            {
                return free;
            }
        }

        return null;
    }

    /// <summary>The lowest run of so many consecutive addresses of a range that were never given out, or null.</summary>
    /// <param name="vlanId">The VLAN.</param>
    /// <param name="range">The range; the run lies in it whole.</param>
    /// <param name="count">Number of addresses, at least 1.</param>
    MacRange? FindLowestRun(int vlanId, MacRange range, long count)
    {
        foreach (var free in ListFree(vlanId))
        {
            if (free.Overlaps(range) && RunIn(free, range, count) is { } run)
            {
                return run;
            }
        }

        return null;
    }

    /// <summary>The first so many addresses that an interval shares with a range that it meets, or null if it shares fewer.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="range">The range.</param>
    /// <param name="count">Number of addresses, at least 1.</param>
    static MacRange? RunIn(MacRange interval, MacRange range, long count)
    {
        var first = interval.First > range.First ? interval.First : range.First;
        var last = interval.Last < range.Last ? interval.Last : range.Last;
        return (long)(last.Value - first.Value) + 1 >= count ? new MacRange(first, new MacAddress(first.Value + (ulong)count - 1)) : null;
    }

    /// <summary>The interval of never-used addresses that holds this one, or null.</summary>
    MacRange? FindFree(int vlanId, MacAddress address);

    /// <summary>The VLAN's intervals of never-used addresses, ascending.</summary>
    IReadOnlyList<MacRange> ListFree(int vlanId);
}

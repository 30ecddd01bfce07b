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

    /// <summary>The interval of never-used addresses that holds this one, or null.</summary>
    MacRange? FindFree(int vlanId, MacAddress address);

    /// <summary>The VLAN's intervals of never-used addresses, ascending.</summary>
    IReadOnlyList<MacRange> ListFree(int vlanId);
}

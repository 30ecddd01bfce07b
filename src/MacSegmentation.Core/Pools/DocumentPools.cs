using MacSegmentation.Addressing;
using MacSegmentation.Vlans;

namespace MacSegmentation.Pools;

/// <summary>The ranges of a document's VLANs, in which an address is found in a few steps however many there are.</summary>
internal sealed class DocumentPools
{
    private readonly List<(MacRange Range, int VlanId)> ranges;

    /// <summary>Takes the ranges of all VLANs.</summary>
    public DocumentPools(IReadOnlyList<VlanSettings> vlans) =>
        ranges = [.. vlans.SelectMany(vlan => vlan.Ranges.Select(range => (range, vlan.Id))).OrderBy(pool => pool.range.First)];

    /// <summary>The VLAN in whose pool the address lies, or null.</summary>
    public int? Find(MacAddress address)
    {
        int low = 0;
        int high = ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ranges[middle].Range.First <= address ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && ranges[low - 1].Range.Contains(address) ? ranges[low - 1].VlanId : null;
    }
}

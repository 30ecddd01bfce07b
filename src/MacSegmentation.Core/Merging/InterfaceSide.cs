using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Merging;

/// <summary>What of a store can meet the addresses of the other's interface records.</summary>
/// <param name="Records">The interface records.</param>
/// <param name="Allocations">The allocations, by address.</param>
/// <param name="Ranges">The ranges of all pools, by address.</param>
internal sealed record InterfaceSide(IReadOnlyList<MacInterface> Records, IReadOnlyList<MacAllocation> Allocations, IReadOnlyList<VlanRange> Ranges)
{
    /// <summary>The interface records by address.</summary>
    public IReadOnlyList<MacInterface> Sorted { get; } = [.. Records.OrderBy(record => record.MacAddress).ThenBy(record => record.VlanId)];
}

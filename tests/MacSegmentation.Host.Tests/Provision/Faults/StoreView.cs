using MacSegmentation.Handles;
using MacSegmentation.Pools;
using MacSegmentation.Stores;

namespace MacSegmentation.Provision.Faults;

/// <summary>What a store has of handles and addresses.</summary>
internal sealed record StoreView(string Name, IReadOnlyList<MacHandle> Handles, IReadOnlyList<MacAllocation> Allocations)
{
    /// <summary>Reads it.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="store">The store.</param>
    public static StoreView Of(string name, IMacStore store) => store.Read(reader => new StoreView(name, reader.ListHandles(), reader.ListAllocations()));
}

using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Pools;
using MacSegmentation.Stores;
using MacSegmentation.Vlans;

namespace MacSegmentation.Configuration;

/// <summary>Which addresses stay, come back and are given out.</summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="pools">The document's ranges.</param>
/// <param name="lists">The allocations of each VLAN of the document.</param>
/// <param name="named">The addresses that the document names elsewhere.</param>
internal sealed class AllocationPart(
    IStoreWriter store,
    DocumentCursor cursor,
    DocumentPools pools,
    IReadOnlyList<VlanItems<AllocationConfiguration>> lists,
    IReadOnlyCollection<MacAddress> named) : IDocumentPart
{
    private readonly List<Wanted> added = [];

    /// <summary>The document's ranges.</summary>
    public DocumentPools Pools => pools;

    /// <summary>What the store has given out, but for what it took for an interface record: that comes and goes with the record.</summary>
    public IReadOnlyDictionary<MacAddress, MacAllocation> Existing { get; private set; } = new Dictionary<MacAddress, MacAllocation>();

    /// <summary>Who the document gives which address to, once the addresses are chosen that stay.</summary>
    public Dictionary<MacAddress, AllocationConfiguration> Listed { get; } = [];

    /// <summary>The addresses that stay with whom they are.</summary>
    public HashSet<MacAddress> Staying { get; } = [];

    /// <summary>Finds which addresses stay where they are and which are to be given out.</summary>
    public void Clear()
    {
        var recordsOwn = store.ListInterfaces().Where(record => record.HoldsAllocation).Select(record => record.MacAddress).ToHashSet();
        Existing = store.ListAllocations().Where(allocation => allocation.Handle.Length == 0 && !recordsOwn.Contains(allocation.MacAddress)).ToDictionary(allocation => allocation.MacAddress);
        var choices = new List<Wanted>();
        foreach (var (vlanId, allocations) in lists)
        {
            cursor.ForEach(allocations, allocation =>
            {
                if (allocation.MacAddress is { } address)
                {
                    Want(new Wanted(cursor.Place!, vlanId, allocation, address));
                }
                else
                {
                    choices.Add(new Wanted(cursor.Place!, vlanId, allocation, Address: null));
                }
            });
        }

        // Only when every address that the document names is spoken for can the others keep what is left to them. An instance is the same
        // in any case, but where two spellings are about, each keeps its own first.
        HashSet<MacAddress> spokenFor = [.. Listed.Keys, .. named];
        foreach (var spelling in new[] { StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase })
        {
            var held = Existing.Values.OrderBy(allocation => allocation.MacAddress).ToLookup(allocation => allocation.InstanceId, spelling);
            choices.RemoveAll(choice =>
            {
                var kept = held[choice.Allocation.InstanceId].FirstOrDefault(allocation =>
                    allocation.VlanId == choice.VlanId && pools.Find(allocation.MacAddress) == choice.VlanId && spokenFor.Add(allocation.MacAddress));
                if (kept is not null)
                {
                    Want(choice with { Address = kept.MacAddress });
                }

                return kept is not null;
            });
        }

        added.AddRange(choices);
    }

    /// <summary>Takes back every address that does not stay; the records that used it are gone.</summary>
    public void Release()
    {
        foreach (var address in Existing.Keys.Where(address => !Staying.Contains(address)).Order())
        {
            AddressPool.Release(store, address);
        }
    }

    /// <inheritdoc/>
    public void Make()
    {
        foreach (var wanted in added)
        {
            if (wanted.Address is { } address)
            {
                cursor.Place = wanted.Place;
                AddressPool.Allocate(store, wanted.VlanId, wanted.Allocation.InstanceId, address, evenIfHeldDown: true);
            }
        }
    }

    /// <summary>Gives out what is the pools' choice, when every address that the document names is taken.</summary>
    public void Complete()
    {
        foreach (var wanted in added.Where(wanted => wanted.Address is null))
        {
            cursor.Place = wanted.Place;
            AddressPool.Allocate(store, wanted.VlanId, wanted.Allocation.InstanceId);
        }
    }

    private void Want(Wanted wanted)
    {
        var address = wanted.Address!.Value;
        bool isFirst = Listed.TryAdd(address, wanted.Allocation);
        if (isFirst
            && Existing.TryGetValue(address, out var allocation)
            && allocation.VlanId == wanted.VlanId
            && string.Equals(allocation.InstanceId, wanted.Allocation.InstanceId, StringComparison.Ordinal)
            && pools.Find(address) == wanted.VlanId)
        {
            Staying.Add(address);
        }
        else
        {
            added.Add(wanted);
        }
    }

    /// <summary>An allocation that the document has and the store has not; without an address it is the pool's choice.</summary>
    private sealed record Wanted(DocumentPlace Place, int VlanId, AllocationConfiguration Allocation, MacAddress? Address);
}

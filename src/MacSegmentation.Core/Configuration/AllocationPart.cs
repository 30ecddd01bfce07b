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

    /// <summary>What those keep that name no address and are spelled otherwise than before.</summary>
    private readonly Dictionary<Wanted, MacAddress> kept = [];

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
        int total = lists.Sum(list => list.Items.Items.Count);
        Listed.EnsureCapacity(total);
        added.EnsureCapacity(Math.Max(0, total - Existing.Count));
        for (int list = 0; list < lists.Count; list++)
        {
            var allocations = lists[list].Items.Items;
            for (int item = 0; item < allocations.Count; item++)
            {
                if (allocations[item].MacAddress is { } address)
                {
                    Want(new Wanted(list, item), address);
                }
                else
                {
                    choices.Add(new Wanted(list, item));
                }
            }
        }

        if (choices.Count > 0)
        {
            Keep(choices);
        }

        cursor.Advance(total - added.Count);
    }

    /// <summary>Lets the allocations that name no address keep what their instances have.</summary>
    private void Keep(List<Wanted> choices)
    {
        // Only when every address that the document names is spoken for can the others keep what is left to them. An instance is the same
        // in any case, but where two spellings are about, each keeps its own first.
        HashSet<MacAddress> spokenFor = [.. Listed.Keys, .. named];
        foreach (var spelling in new[] { StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase })
        {
            var held = Existing.Values.OrderBy(allocation => allocation.MacAddress).ToLookup(allocation => allocation.InstanceId, spelling);
            choices.RemoveAll(choice =>
            {
                int vlanId = VlanOf(choice);
                var before = held[AllocationOf(choice).InstanceId].FirstOrDefault(allocation =>
                    allocation.VlanId == vlanId && pools.Find(allocation.MacAddress) == vlanId && spokenFor.Add(allocation.MacAddress));
                if (before is not null)
                {
                    kept.Add(choice, before.MacAddress);
                    Want(choice, before.MacAddress);
                }

                return before is not null;
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
            if (AddressOf(wanted) is { } address)
            {
                MoveTo(wanted);
                AddressPool.Allocate(store, VlanOf(wanted), AllocationOf(wanted).InstanceId, address, evenIfHeldDown: true, evenIfReserved: true);
            }
        }
    }

    /// <summary>Gives out what is the pools' choice, when every address that the document names is taken.</summary>
    public void Complete()
    {
        foreach (var wanted in added.Where(wanted => AddressOf(wanted) is null))
        {
            MoveTo(wanted);
            AddressPool.Allocate(store, VlanOf(wanted), AllocationOf(wanted).InstanceId);
        }
    }

    private int VlanOf(Wanted wanted) => lists[wanted.List].VlanId;

    private AllocationConfiguration AllocationOf(Wanted wanted) => lists[wanted.List].Items.Items[wanted.Item];

    /// <summary>The address that it is to have; null if that is the pool's choice.</summary>
    private MacAddress? AddressOf(Wanted wanted) => AllocationOf(wanted).MacAddress ?? (kept.TryGetValue(wanted, out var address) ? address : null);

    private void MoveTo(Wanted wanted)
    {
        cursor.Place = lists[wanted.List].Items.PlaceOf(wanted.Item);
        cursor.Advance();
    }

    private void Want(Wanted wanted, MacAddress address)
    {
        var allocated = AllocationOf(wanted);
        int vlanId = VlanOf(wanted);
        bool isFirst = Listed.TryAdd(address, allocated);
        if (isFirst
            && Existing.TryGetValue(address, out var allocation)
            && allocation.VlanId == vlanId
            && string.Equals(allocation.InstanceId, allocated.InstanceId, StringComparison.Ordinal)
            && pools.Find(address) == vlanId)
        {
            Staying.Add(address);
        }
        else
        {
            added.Add(wanted);
        }
    }

    /// <summary>An allocation that the document has and the store has not, by its place in the document: there may be millions.</summary>
    private readonly record struct Wanted(int List, int Item);
}

using MacSegmentation.Addressing;
using MacSegmentation.Pools;

namespace MacSegmentation.Configuration;

/// <summary>Which addresses stay, come back and are given out.</summary>
internal sealed partial class ConfigurationRun
{
    private readonly List<(DocumentPlace Place, int VlanId, string InstanceId, MacAddress? Address)> newAllocations = [];

    /// <summary>What the store has given out, but for what it took for an interface record: that comes and goes with the record.</summary>
    private Dictionary<MacAddress, MacAllocation> allocations = [];

    /// <summary>Who the document gives which address to, once the addresses are chosen that stay.</summary>
    private readonly Dictionary<MacAddress, AllocationConfiguration> listed = [];

    /// <summary>The addresses that stay with whom they are.</summary>
    private readonly HashSet<MacAddress> stayingAllocations = [];

    /// <summary>Finds which addresses stay where they are and which are to be given out.</summary>
    private void PlanAllocations()
    {
        var recordsOwn = store.ListInterfaces().Where(record => record.HoldsAllocation).Select(record => record.MacAddress).ToHashSet();
        allocations = store.ListAllocations().Where(allocation => allocation.Handle.Length == 0 && !recordsOwn.Contains(allocation.MacAddress)).ToDictionary(allocation => allocation.MacAddress);
        var choices = new List<(DocumentPlace Place, int VlanId, AllocationConfiguration Allocation)>();
        ForEachVlan(vlan => ForEach("allocations", vlan.Allocations, allocation =>
        {
            if (allocation.MacAddress is { } address)
            {
                Want(place!, vlan.Id, allocation, address);
            }
            else
            {
                choices.Add((place!, vlan.Id, allocation));
            }
        }));

        // Only when every address that the document names is spoken for can the others keep what is left to them. An instance is the same
        // in any case, but where two spellings are about, each keeps its own first.
        HashSet<MacAddress> spokenFor = [.. listed.Keys, .. document.Vlans.SelectMany(vlan => vlan.Interfaces).Select(record => record.MacAddress).OfType<MacAddress>()];
        foreach (var spelling in new[] { StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase })
        {
            var held = allocations.Values.OrderBy(allocation => allocation.MacAddress).ToLookup(allocation => allocation.InstanceId, spelling);
            choices.RemoveAll(choice =>
            {
                var kept = held[choice.Allocation.InstanceId].FirstOrDefault(allocation =>
                    allocation.VlanId == choice.VlanId && pools.Find(allocation.MacAddress) == choice.VlanId && spokenFor.Add(allocation.MacAddress));
                if (kept is not null)
                {
                    Want(choice.Place, choice.VlanId, choice.Allocation, kept.MacAddress);
                }

                return kept is not null;
            });
        }

        newAllocations.AddRange(choices.Select(choice => (choice.Place, choice.VlanId, choice.Allocation.InstanceId, (MacAddress?)null)));

        void Want(DocumentPlace here, int vlanId, AllocationConfiguration wanted, MacAddress address)
        {
            bool isFirst = listed.TryAdd(address, wanted);
            if (isFirst
                && allocations.TryGetValue(address, out var allocation)
                && allocation.VlanId == vlanId
                && string.Equals(allocation.InstanceId, wanted.InstanceId, StringComparison.Ordinal)
                && pools.Find(address) == vlanId)
            {
                stayingAllocations.Add(address);
            }
            else
            {
                newAllocations.Add((here, vlanId, wanted.InstanceId, address));
            }
        }
    }

    /// <summary>Takes back every address that does not stay; the records that used it are gone.</summary>
    private void ReleaseAddresses()
    {
        foreach (var address in allocations.Keys.Where(address => !stayingAllocations.Contains(address)).Order())
        {
            AddressPool.Release(store, address);
        }
    }

    private void AllocateNamed()
    {
        foreach (var (here, vlanId, instanceId, address) in newAllocations.Where(wanted => wanted.Address is not null))
        {
            place = here;
            AddressPool.Allocate(store, vlanId, instanceId, address!.Value, evenIfResting: true);
        }
    }

    /// <summary>Gives out what is the pools' choice, when every address that the document names is taken.</summary>
    private void AllocateOthers()
    {
        foreach (var (here, vlanId, instanceId, _) in newAllocations.Where(wanted => wanted.Address is null))
        {
            place = here;
            AddressPool.Allocate(store, vlanId, instanceId);
        }
    }
}

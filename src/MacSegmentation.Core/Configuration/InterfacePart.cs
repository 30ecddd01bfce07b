using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Documents;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.Stores;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Vlans;

namespace MacSegmentation.Configuration;

/// <summary>
/// Which interface records stay, go and are made. A record whose MAC address, or a fixed address that another one gets, is not its own any
/// more goes and is made anew: no record can be without them meanwhile.
/// </summary>
/// <param name="store">The transaction.</param>
/// <param name="cursor">Where in the document work is being done.</param>
/// <param name="allocations">What becomes of the allocations.</param>
/// <param name="lists">The records of each VLAN of the document.</param>
internal sealed class InterfacePart(
    IStoreWriter store, DocumentCursor cursor, AllocationPart allocations, IReadOnlyList<VlanItems<InterfaceConfiguration>> lists) : IDocumentPart
{
    private readonly List<WantedInterface> interfaces = [];
    private readonly List<(DocumentPlace Place, string Name, AddressPairConfiguration Pair)> newPairs = [];

    /// <summary>The store's records that do not stay.</summary>
    private Dictionary<string, MacInterface> superfluousInterfaces = [];

    /// <inheritdoc/>
    public void Check()
    {
        var first = new Dictionary<string, DocumentPlace>(StringComparer.OrdinalIgnoreCase);
        ForEach((_, record) => cursor.RequireFirst(first, record.Name, "name", $"Interface '{record.Name}'"));
    }

    /// <summary>Finds which records stay, and which address each of the others gets if it is not the pool's choice.</summary>
    public void Clear()
    {
        var wanted = new List<WantedInterface>();
        ForEach((vlanId, record) =>
        {
            // A record without a profile does not say so by a name that is none.
            _ = record.Profile is { } profile ? ProfileCatalog.ValidateName(profile) : null;
            wanted.Add(new WantedInterface(cursor.Place!, vlanId, record, FixedAddress.Parse(record.IPAddresses)) { MacAddress = record.MacAddress });
        });
        var named = wanted.Where(record => record.MacAddress is not null).Select(record => (record.VlanId, record.MacAddress!.Value)).ToHashSet();
        var fixedAddresses = wanted.SelectMany(record => record.IPAddress.Select(own => (record.VlanId, own.Address))).ToHashSet();

        superfluousInterfaces = store.ListInterfaces().ToDictionary(record => record.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var record in wanted)
        {
            var next = record;
            if (superfluousInterfaces.TryGetValue(record.Record.Name, out var existing) && existing.VlanId == record.VlanId)
            {
                next = record with { MacAddress = record.MacAddress ?? (CanKeepAddress(existing, record.InstanceId, named) ? existing.MacAddress : null) };
                if (CanStay(existing, next, fixedAddresses))
                {
                    next = next with { Staying = existing };
                    superfluousInterfaces.Remove(existing.Name);
                }
            }

            interfaces.Add(next);
        }
    }

    /// <summary>Removes the records that do not stay, and from the others the pairs that do not.</summary>
    public void Release()
    {
        foreach (var record in superfluousInterfaces.Values)
        {
            InterfaceCatalog.Remove(store, record.Name, force: true);
        }

        foreach (var record in interfaces)
        {
            cursor.Place = record.Place;
            RemovePairs(record);
        }
    }

    /// <summary>Changes the records that stay and makes the others; those whose address is the pool's choice come last.</summary>
    public void Make()
    {
        foreach (var wanted in interfaces.OrderBy(wanted => wanted.MacAddress is null))
        {
            cursor.Place = wanted.Place;
            cursor.Advance();
            if (wanted.Staying is null)
            {
                InterfaceCatalog.Create(store, wanted.ToRequest(), evenIfHeldDown: true);
            }
            else if (!wanted.IsSameAs(wanted.Staying))
            {
                InterfaceCatalog.Change(store, wanted.Record.Name, wanted.ToChange());
            }
        }

        foreach (var (place, name, pair) in newPairs)
        {
            cursor.Place = place;

            // A document says all of both records: what it allows it means.
            InterfaceCatalog.AddPair(store, name, pair.IPAddress, pair.MacAddress, force: true);
        }
    }

    private void ForEach(Action<int, InterfaceConfiguration> work)
    {
        foreach (var (vlanId, records) in lists)
        {
            cursor.ForEach(records, record => work(vlanId, record));
        }
    }

    /// <summary>True if nothing in the document is against it that a record keeps its address.</summary>
    private bool CanKeepAddress(MacInterface existing, string instanceId, HashSet<(int VlanId, MacAddress Address)> named) =>
        !named.Contains((existing.VlanId, existing.MacAddress))
        && (allocations.Pools.Find(existing.MacAddress) ?? existing.VlanId) == existing.VlanId
        && (!allocations.Listed.TryGetValue(existing.MacAddress, out var allocation) || string.Equals(allocation.InstanceId, instanceId, StringComparison.OrdinalIgnoreCase));

    private bool CanStay(MacInterface existing, WantedInterface wanted, HashSet<(int VlanId, IPAddress Address)> fixedAddresses) =>
        string.Equals(existing.Name, wanted.Record.Name, StringComparison.Ordinal)
        && existing.MacAddress == wanted.MacAddress
        && HasSameAllocation(existing)
        && !existing.IPAddress.Any(own => fixedAddresses.Contains((existing.VlanId, own.Address)) && !wanted.IPAddress.Any(other => other.Address.Equals(own.Address)));

    /// <summary>
    /// True if a record's address will be what it is: taken from the pool for the record, given out to the record's machine by an allocation
    /// of its own, or in no pool at all.
    /// </summary>
    private bool HasSameAllocation(MacInterface existing)
    {
        if (allocations.Listed.ContainsKey(existing.MacAddress))
        {
            return !existing.HoldsAllocation && allocations.Staying.Contains(existing.MacAddress);
        }

        int? pool = allocations.Pools.Find(existing.MacAddress);
        return existing.HoldsAllocation ? pool == existing.VlanId : pool is null && !allocations.Existing.ContainsKey(existing.MacAddress);
    }

    private void RemovePairs(WantedInterface wanted)
    {
        var after = wanted.Staying is { } staying ? staying with { IPAddress = wanted.IPAddress } : null;
        List<MacAddressPair> superfluous = [.. after?.AddressPair ?? []];
        cursor.ForEach(new DocumentList<AddressPairConfiguration>(wanted.Place, "addressPairs", wanted.Record.AddressPairs, AddressPairConfiguration.Document), pair =>
        {
            int found = superfluous.FindIndex(other => pair.IsSameAs(other) && InterfaceCatalog.CanKeep(after!, other));
            if (found >= 0)
            {
                superfluous.RemoveAt(found);
            }
            else
            {
                newPairs.Add((cursor.Place!, wanted.Record.Name, pair));
            }
        });
        foreach (var pair in superfluous)
        {
            InterfaceCatalog.RemovePair(store, pair.InterfaceName, pair.IPAddress.ToString(), pair.MacAddress);
        }
    }
}

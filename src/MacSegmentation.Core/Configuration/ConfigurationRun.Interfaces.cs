using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Configuration;

/// <summary>
/// Which interface records stay, go and are made. A record whose MAC address, or a fixed address that another one gets, is not its own any
/// more goes and is made anew: no record can be without them meanwhile.
/// </summary>
internal sealed partial class ConfigurationRun
{
    private readonly List<WantedInterface> interfaces = [];
    private readonly List<(DocumentPlace Place, string Name, AddressPairConfiguration Pair)> newPairs = [];
    private readonly List<(DocumentPlace Place, string Name, string Group)> newMembers = [];

    /// <summary>The store's records that do not stay.</summary>
    private Dictionary<string, MacInterface> superfluousInterfaces = [];

    /// <summary>Finds which records stay, and which address each of the others gets if it is not the pool's choice.</summary>
    private void PlanInterfaces()
    {
        var wanted = new List<WantedInterface>();
        ForEachVlan(vlan => ForEach("interfaces", vlan.Interfaces, record =>
            wanted.Add(new WantedInterface(place!, vlan.Id, record, FixedAddress.Parse(record.IPAddresses)) { MacAddress = record.MacAddress })));
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

    /// <summary>True if nothing in the document is against it that a record keeps its address.</summary>
    private bool CanKeepAddress(MacInterface existing, string instanceId, HashSet<(int VlanId, MacAddress Address)> named) =>
        !named.Contains((existing.VlanId, existing.MacAddress))
        && (pools.Find(existing.MacAddress) ?? existing.VlanId) == existing.VlanId
        && (!listed.TryGetValue(existing.MacAddress, out var allocation) || string.Equals(allocation.InstanceId, instanceId, StringComparison.OrdinalIgnoreCase));

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
        if (listed.ContainsKey(existing.MacAddress))
        {
            return !existing.HoldsAllocation && stayingAllocations.Contains(existing.MacAddress);
        }

        int? pool = pools.Find(existing.MacAddress);
        return existing.HoldsAllocation ? pool == existing.VlanId : pool is null && !allocations.ContainsKey(existing.MacAddress);
    }

    /// <summary>Removes the records that do not stay, and from the others the pairs and memberships that do not.</summary>
    private void RemoveInterfaces()
    {
        foreach (var record in superfluousInterfaces.Values)
        {
            InterfaceCatalog.Remove(store, record.Name, force: true);
        }

        foreach (var record in interfaces)
        {
            place = record.Place;
            RemovePairs(record);
            LeaveGroups(record);
        }
    }

    private void RemovePairs(WantedInterface wanted)
    {
        var after = wanted.Staying is { } staying ? staying with { IPAddress = wanted.IPAddress } : null;
        List<MacAddressPair> superfluous = [.. after?.AddressPair ?? []];
        ForEach("addressPairs", wanted.Record.AddressPairs, pair =>
        {
            int found = superfluous.FindIndex(other => IsSame(pair, other) && InterfaceCatalog.CanKeep(after!, other));
            if (found >= 0)
            {
                superfluous.RemoveAt(found);
            }
            else
            {
                newPairs.Add((place!, wanted.Record.Name, pair));
            }
        });
        foreach (var pair in superfluous)
        {
            InterfaceCatalog.RemovePair(store, pair.InterfaceName, pair.IPAddress.ToString(), pair.MacAddress);
        }
    }

    private void LeaveGroups(WantedInterface wanted)
    {
        List<string> superfluous = [.. wanted.Staying?.SecurityGroup ?? []];
        ForEach("securityGroups", wanted.Record.SecurityGroups, group =>
        {
            int found = superfluous.FindIndex(other => string.Equals(other, group, StringComparison.OrdinalIgnoreCase));
            if (found >= 0)
            {
                superfluous.RemoveAt(found);
            }
            else
            {
                newMembers.Add((place!, wanted.Record.Name, group));
            }
        });
        foreach (string group in superfluous)
        {
            SecurityGroupCatalog.RemoveMember(store, group, wanted.Record.Name);
        }
    }

    /// <summary>Changes the records that stay and makes the others; those whose address is the pool's choice come last.</summary>
    private void MakeInterfaces()
    {
        foreach (var wanted in interfaces.OrderBy(wanted => wanted.MacAddress is null))
        {
            place = wanted.Place;
            if (wanted.Staying is null)
            {
                Create(wanted);
            }
            else if (!wanted.IsSameAs(wanted.Staying))
            {
                Change(wanted);
            }
        }

        foreach (var (here, name, pair) in newPairs)
        {
            place = here;
            InterfaceCatalog.AddPair(store, name, pair.IPAddress, pair.MacAddress);
        }

        foreach (var (here, name, group) in newMembers)
        {
            place = here;
            SecurityGroupCatalog.AddMember(store, group, name);
        }
    }

    private void Create(WantedInterface wanted)
    {
        var request = new InterfaceRequest
        {
            Name = wanted.Record.Name,
            VlanId = wanted.VlanId,
            MacAddress = wanted.MacAddress,
            IPAddress = wanted.Record.IPAddresses,
            InstanceId = wanted.InstanceId,
            PortSecurity = wanted.Record.PortSecurity,
            DhcpGuard = wanted.Record.DhcpGuard,
            RouterGuard = wanted.Record.RouterGuard,
            ArpRateLimit = wanted.Record.ArpRateLimit,
        };
        InterfaceCatalog.Create(store, request, evenIfResting: true);
    }

    private void Change(WantedInterface wanted)
    {
        var change = new InterfaceChange
        {
            IPAddress = wanted.Record.IPAddresses,
            InstanceId = wanted.InstanceId,
            PortSecurity = wanted.Record.PortSecurity,
            DhcpGuard = wanted.Record.DhcpGuard,
            RouterGuard = wanted.Record.RouterGuard,
            ArpRateLimit = wanted.Record.ArpRateLimit,
        };
        InterfaceCatalog.Change(store, wanted.Record.Name, change);
    }

    private static bool IsSame(AddressPairConfiguration wanted, MacAddressPair existing) =>
        IpText.TryParse(wanted.IPAddress, out var address)
        && address.Equals(existing.IPAddress)
        && (wanted.MacAddress is { } own ? existing.HasOwnMacAddress && existing.MacAddress == own : !existing.HasOwnMacAddress);
}

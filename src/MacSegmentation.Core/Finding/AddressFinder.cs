using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores;

namespace MacSegmentation.Finding;

/// <summary>Says of an address who uses it. Each question is answered by an index, so it costs what is found and not what the store holds.</summary>
public static class AddressFinder
{
    private const int MostAddresses = 1000;

    /// <summary>What is known of the addresses that a text means.</summary>
    /// <param name="store">The store.</param>
    /// <param name="text">A MAC address; an IP address, for the MAC addresses that records use it with; or the name of an instance, for all that it has.</param>
    /// <param name="history">The newest so many audit events of each, 0 for none.</param>
    /// <returns>By address.</returns>
    /// <exception cref="MacSegmentationException">AddressNotFound: no record has the IP address, and no instance that name. A MAC address is always found.</exception>
    public static IReadOnlyList<MacAddressUse> Find(IStoreReader store, string text, int history)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(history);
        if (MacAddress.TryParse(text, provider: null, out var mac))
        {
            return [Describe(store, mac, history)];
        }

        // A fixed address is written with the length of its subnet's prefix.
        bool isIP = IpText.TryParse(text.Split('/')[0], out var ip);
        var found = isIP ? AddressesOf(store, ip!) : AddressesOf(store, text);
        var addresses = found.Distinct().Order().Take(MostAddresses).ToList();
        return addresses.Count > 0
            ? [.. addresses.Select(address => Describe(store, address, history))]
            : throw new MacSegmentationException(
                "AddressNotFound",
                MacErrorKind.NotFound,
                isIP
                    ? $"No interface record and no address pair has {text}. List them with Get-MacInterface, or see with Get-MacAddressOwner who shows it."
                    : $"'{text}' is no MAC address, no IP address, and no instance with an address. Give one such as 02:00:5e:00:00:07, 10.0.0.11, or an instance's name.",
                text);
    }

    private static IEnumerable<MacAddress> AddressesOf(IStoreReader store, IPAddress ip) => store.ListInterfacesFixedBetween(ip, ip, MostAddresses).Select(record => record.MacAddress)
        .Concat(store.ListAddressPairs(ip).Select(pair => pair.MacAddress));

    private static IEnumerable<MacAddress> AddressesOf(IStoreReader store, string instance) => store.ListAllocations(instanceId: instance).Select(allocation => allocation.MacAddress)
        .Concat(store.ListInterfaces(instanceId: instance).Select(record => record.MacAddress))
        .Concat(store.FindInterface(instance) is { } named ? [named.MacAddress] : []);

    private static MacAddressUse Describe(IStoreReader store, MacAddress address, int history)
    {
        var only = new MacRange(address, address);
        var range = store.FindOverlap(only);
        var allocation = store.FindAllocation(address);
        var heldDown = store.FindHeldDown(address);
        var handle = store.FindHandleByAddress(address);
        var block = store.IsReplica ? null : store.FindBlockIn(only);
        var interfaces = store.ListInterfacesIn(only, MostAddresses);
        MacAddressPair[] pairs = [.. interfaces.SelectMany(record => record.AddressPair.Where(pair => pair.MacAddress == address)).Concat(store.ListAddressPairsWith(address)).Distinct()];
        int[] vlans =
        [
            .. new[] { range?.VlanId, allocation?.VlanId, handle?.VlanId }.OfType<int>()
                .Concat(interfaces.Select(record => record.VlanId)).Concat(pairs.Select(pair => pair.VlanId)).Distinct(),
        ];
        string[] subjects = [$"{address}", .. handle is null ? [] : new[] { handle.Handle }, .. interfaces.Select(record => record.Name), .. pairs.Select(pair => pair.ToString())];
        return new MacAddressUse
        {
            MacAddress = address,
            State = allocation is not null || handle is not null ? AddressState.Allocated
                : heldDown is not null ? AddressState.HeldDown
                : block is not null ? AddressState.Delegated
                : range is not null ? AddressState.Free
                : AddressState.OutOfPool,
            VlanId = vlans.Length > 0 ? vlans[0] : null,
            VlanName = vlans.Length > 0 ? store.FindVlan(vlans[0])?.Name ?? string.Empty : string.Empty,
            Range = range?.Range,
            InstanceId = new[] { allocation?.InstanceId, handle?.InstanceId, interfaces.Count > 0 ? interfaces[0].InstanceId : null }.FirstOrDefault(name => !string.IsNullOrEmpty(name)) ?? string.Empty,
            Allocation = allocation,
            HeldDown = heldDown,
            Handle = handle,
            Block = block,
            Interface = interfaces,
            AddressPair = pairs,
            Policy = [.. vlans.SelectMany(vlan => store.ListPolicies(vlan)).Select(policy => new MacMatchingPolicy(policy, SideOf(policy, address))).Where(match => match.Matches is not PolicySide.None)],
            Sighting = [.. interfaces.SelectMany(record => store.ListInterfaceUses(record.InterfaceId).Where(use => use.IsLive(store.Now)).Select(use => ToSighting(record, use)))],
            History = history == 0 ? [] : Newest(store, subjects, history),
        };
    }

    private static PolicySide SideOf(Policies.MacPolicy policy, MacAddress address) =>
        (policy.SourceAddress.Matches(address) ? PolicySide.Source : PolicySide.None) | (policy.DestinationAddress.Matches(address) ? PolicySide.Destination : PolicySide.None);

    private static MacAddressSighting ToSighting(MacInterface record, InterfaceUse use) => new()
    {
        Enforcer = $"{use.HostName} ({use.Process})",
        VlanId = record.VlanId,
        Interface = record.Name,
        SeenAt = use.SeenAt,
    };

    private static List<MacAuditEvent> Newest(IStoreReader store, IEnumerable<string> subjects, int count) =>
    [
        .. subjects.Distinct(StringComparer.OrdinalIgnoreCase)
            .SelectMany(subject => store.ListAuditEvents(new AuditQuery { Subject = subject, Newest = count }))
            .OrderBy(entry => entry.AuditId)
            .TakeLast(count),
    ];
}

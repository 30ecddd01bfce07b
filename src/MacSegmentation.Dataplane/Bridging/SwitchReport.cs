using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Switching;

namespace MacSegmentation.Bridging;

/// <summary>What a switch knows, for those who ask. Whoever uses it holds the switch.</summary>
internal readonly struct SwitchReport(SwitchTables tables, IReadOnlyList<SwitchPort> ports, ForwardingTable forwarding, AddressOwners owners)
{
    private readonly SwitchTables tables = tables;
    private readonly IReadOnlyList<SwitchPort> ports = ports;
    private readonly ForwardingTable forwarding = forwarding;
    private readonly AddressOwners owners = owners;

    public SwitchPortStatistics Describe(SwitchPort port, TrafficCounts counts) => new()
    {
        Port = port.Source.Name,
        Interface = port.Settings.MacInterface,
        IsUplink = port.Settings.IsUplink,
        Vlans = port.Vlans.ToString(),
        IsPortUp = port.IsUp,
        Counts = counts,
        FramesSent = port.Egress.FramesSent,
        BytesSent = port.Egress.BytesSent,
        FramesNotSent = port.Egress.FramesNotSent,
        FramesRefused = port.Egress.FramesRefused,
        AddressesLearned = forwarding.CountOf(port.Index),
        FramesNotLearned = port.Egress.FramesNotLearned,
    };

    public IReadOnlyList<MacForwardingEntry> ListForwardingEntries()
    {
        var names = ports;
        var statics = ports.Where(port => port.Record is not null).SelectMany(port => MacsOf(port.Record!).Select(address => new MacForwardingEntry
        {
            VlanId = port.Record!.VlanId,
            MacAddress = address,
            Port = port.Source.Name,
            Interface = port.Record.Name,
            Kind = ForwardingEntryKind.Static,
        }));
        var learned = forwarding.List(forwarding.Newest).Select(address => new MacForwardingEntry
        {
            VlanId = AddressKey.VlanOf(address.Key),
            MacAddress = new MacAddress(AddressKey.AddressOf(address.Key)),
            Port = names[address.Port].Source.Name,
            Interface = names[address.Port].Record?.Name,
            Kind = ForwardingEntryKind.Learned,
            Since = FrameTime.ToCalendar(address.FirstSeen),
            LastSeen = FrameTime.ToCalendar(address.LastSeen),
        });
        return [.. statics.Concat(learned).OrderBy(entry => entry.VlanId).ThenBy(entry => entry.MacAddress).ThenBy(entry => entry.Kind)];
    }

    /// <summary>The addresses of pairs, each with the MAC address that it is used with, and MAC addresses that several records have.</summary>
    public IReadOnlyList<MacAddressOwner> ListOwners()
    {
        var report = this;
        var pairs = tables.Interfaces.SelectMany(record => record.AddressPair.Select(pair => (record.VlanId, pair.IPAddress))).ToHashSet();
        var byIp = tables.Interfaces
            .SelectMany(record => IpsOf(record).Select(address => (record, address)))
            .GroupBy(both => (both.record.VlanId, both.address))
            .Where(held => pairs.Contains(held.Key))
            .Select(held => report.DescribeIp(held.Key.VlanId, held.Key.address, [.. held.Select(both => both.record.Name)]));
        var byMac = tables.Interfaces
            .SelectMany(record => MacsOf(record).Select(mac => (record, mac)))
            .GroupBy(both => (both.record.VlanId, both.mac))
            .Where(held => held.Skip(1).Any())
            .Select(held => report.DescribeMac(held.Key.VlanId, held.Key.mac, [.. held.Select(both => both.record.Name)]));
        return [.. byIp.OrderBy(owner => owner.VlanId).ThenBy(owner => IpNumber.From(owner.IPAddress!)), .. byMac.OrderBy(owner => owner.VlanId).ThenBy(owner => owner.MacAddress)];
    }

    /// <summary>Where an address is, as part of a trace.</summary>
    public string DescribePlace(int vlanId, ulong address, long now)
    {
        ulong key = AddressKey.Of(vlanId, address);
        var mac = new MacAddress(address);
        if (tables.Addresses.Find(key) is { } places)
        {
            // As the lookup does: who may not hold it any more does not count.
            var names = ports;
            string[] candidates = [.. places.Ports.Select(port => SwitchExplanation.NameOf(names[port])), .. places.MayBeRemote ? ["the uplinks"] : Array.Empty<string>()];
            int held = places.IsShared || places.MayBeRemote ? forwarding.Lookup(key, now) : -1;
            return held >= 0 && places.Include(ports[held])
                ? $"{mac} is held by {SwitchExplanation.NameOf(ports[held])}."
                : $"{mac} is an address of interface records: behind {string.Join(", ", candidates)}.";
        }

        int at = forwarding.Lookup(key, now);
        return at >= 0 ? $"{mac} was learned at {SwitchExplanation.NameOf(ports[at])}." : $"{mac} is not known: to the uplinks.";
    }

    private static IEnumerable<MacAddress> MacsOf(MacInterface record) =>
        record.AddressPair.Select(pair => pair.MacAddress).Prepend(record.MacAddress).Distinct();

    private static IEnumerable<IPAddress> IpsOf(MacInterface record) =>
        record.IPAddress.Select(own => own.Address).Concat(record.AddressPair.Select(pair => pair.IPAddress)).Distinct();

    private MacAddressOwner DescribeIp(int vlanId, IPAddress address, IReadOnlyList<string> candidates)
    {
        bool known = owners.TryFindIp(vlanId, IpNumber.From(address), out var owner);
        return Describe(known, owner, vlanId, candidates) with { IPAddress = address };
    }

    private MacAddressOwner DescribeMac(int vlanId, MacAddress address, IReadOnlyList<string> candidates)
    {
        bool known = owners.TryFindMac(AddressKey.Of(vlanId, address.Value), out var owner);
        return Describe(known, owner, vlanId, candidates) with { MacAddress = address };
    }

    private MacAddressOwner Describe(bool known, Ownership owner, int vlanId, IReadOnlyList<string> candidates)
    {
        bool isHeld = known && owner.IsHeld;
        var now = isHeld ? ports[owner.Port] : null;

        // While nobody holds it, the last one is who held it before.
        var (beforePort, beforeSince) = !known ? (-1, 0) : isHeld ? (owner.PreviousPort, owner.PreviousSince) : (owner.Port, owner.Since);
        var before = beforePort < 0 ? null : ports[beforePort];
        return new MacAddressOwner
        {
            VlanId = vlanId,
            MacAddress = isHeld ? new MacAddress(owner.Mac) : null,
            Interface = now?.Record?.Name,
            Port = now?.Source.Name,
            Since = isHeld ? FrameTime.ToCalendar(owner.Since) : null,
            DetectedBy = isHeld ? owner.DetectedBy : null,
            PreviousInterface = before?.Record?.Name,
            PreviousPort = before?.Source.Name,
            PreviousSince = before is null ? null : FrameTime.ToCalendar(beforeSince),
            Changes = known ? owner.Changes : 0,
            Candidate = candidates,
        };
    }
}

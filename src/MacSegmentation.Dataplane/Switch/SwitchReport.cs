using MacSegmentation.Addressing;
using MacSegmentation.Counting;
using MacSegmentation.Forwarding;
using MacSegmentation.Frames;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ownership;
using MacSegmentation.Ports;

namespace MacSegmentation.Switch;

/// <summary>What a switch knows, for those who ask. Whoever uses it holds the switch.</summary>
internal readonly struct SwitchReport(SwitchPort[] ports, FilteringDatabase fdb, AddressOwners owners)
{
    private readonly SwitchPort[] ports = ports;
    private readonly FilteringDatabase fdb = fdb;
    private readonly AddressOwners owners = owners;

    public SwitchPortStatistics Describe(SwitchPort port, TrafficCounts counts) => new()
    {
        Port = port.Source.Name,
        Interface = port.RecordName,
        IsUplink = port.Settings.IsUplink,
        Vlans = port.Vlans.ToString(),
        IsPortUp = port.IsUp,
        Counts = counts,
        FramesSent = port.Egress.FramesSent,
        BytesSent = port.Egress.BytesSent,
        FramesNotSent = port.Egress.FramesNotSent,
        CopiesNotSent = port.CopiesNotSent,
        FramesRefused = port.Egress.FramesRefused,
        AddressesLearned = fdb.Learned.CountOf(port.Index),
        FramesNotLearned = port.Egress.FramesNotLearned,
        FromInstance = port.FromInstance?.Describe(),
        ToInstance = port.ToInstance?.Describe(),
    };

    public IReadOnlyList<MacForwardingEntry> ListForwardingEntries()
    {
        var names = ports;
        var statics = ports.Where(port => port.Record is not null).SelectMany(port => OwnedAddress.MacsOf(port.Record!).Select(address => new MacForwardingEntry
        {
            VlanId = port.Record!.VlanId,
            MacAddress = address,
            Port = port.Source.Name,
            Interface = port.Record.Name,
            Kind = ForwardingEntryKind.Static,
        }));
        var learned = fdb.Learned.List(fdb.Learned.Newest).Select(address => new MacForwardingEntry
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

    /// <summary>Who holds the addresses now, as far as the switch knows.</summary>
    public IReadOnlyList<MacAddressOwner> DescribeOwners(IReadOnlyList<OwnedAddress> addresses)
    {
        var report = this;
        return [.. addresses.Select(address => report.Describe(address))];
    }

    private MacAddressOwner Describe(OwnedAddress owned)
    {
        if (owned.FixedHolder is { } holder)
        {
            return DescribeFixed(owned, holder);
        }

        var owner = default(AddressOwner);
        bool known = owned.IPAddress is { } address
            ? owners.TryFindIp(owned.VlanId, IpNumber.From(address), out owner)
            : owners.TryFindMac(AddressKey.Of(owned.VlanId, owned.MacAddress.Value), out owner);
        var found = Describe(known, owner, owned.VlanId, owned.Candidates);
        return owned.IPAddress is null ? found with { MacAddress = owned.MacAddress } : found with { IPAddress = owned.IPAddress };
    }

    /// <summary>An address that only one record may have is where that record's port is, or behind the uplink that its frames came from.</summary>
    private MacAddressOwner DescribeFixed(OwnedAddress owned, MacInterface holder)
    {
        ulong key = AddressKey.Of(owned.VlanId, owned.MacAddress.Value);
        var port = ports.FirstOrDefault(port => port.Record?.InterfaceId == holder.InterfaceId)
            ?? (fdb.Learned.Lookup(key, fdb.Learned.Newest) is >= 0 and int at ? ports[at] : null);
        return new MacAddressOwner
        {
            VlanId = owned.VlanId,
            IPAddress = owned.IPAddress,
            MacAddress = owned.MacAddress,
            Interface = holder.Name,
            Port = port?.Source.Name,
            IsReachable = fdb.Records.Find(key)?.AreReachable(ports, owned.VlanId) == true,
            DetectedBy = DetectionMethod.Fixed,
            Candidate = owned.Candidates,
        };
    }

    private MacAddressOwner Describe(bool known, AddressOwner owner, int vlanId, IReadOnlyList<string> candidates)
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
            IsReachable = now?.IsUp == true,
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

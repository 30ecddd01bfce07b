using MacSegmentation.Addressing;
using MacSegmentation.Ownership;
using MacSegmentation.Ports;
using MacSegmentation.Switch;
using MacSegmentation.Verdicts;

namespace MacSegmentation.Switch.Lookup;

/// <summary>
/// What a switch learns of addresses, in the words of its description: learning with ageing, bounded per port and in all; a shared address is
/// where its last holder showed; a port that may not hold an address cannot take it.
/// </summary>
internal sealed class PlainMemory(IReadOnlyList<SwitchPortSettings> ports, SwitchOptions options)
{
    private readonly Dictionary<(int Vlan, MacAddress Mac), (SwitchPortSettings Port, int Seen)> seen = [];
    private readonly SortedDictionary<string, (SwitchPortSettings Port, MacAddress Mac)> owners = new(StringComparer.Ordinal);

    /// <summary>Who holds which IP address of a pair: VLAN, address, port and MAC address.</summary>
    public IEnumerable<string> Owners => owners.Select(owner => $"{owner.Key} {owner.Value.Port.Adapter} {owner.Value.Mac}");

    public (SwitchPortSettings Port, MacAddress Mac)? OwnerOf(int vlan, string address) => owners.TryGetValue(Name(vlan, address), out var owner) ? owner : null;

    /// <summary>Where an address was seen last, if that may be and is not too long ago.</summary>
    public SwitchPortSettings? Find(PlainRecords records, int vlan, MacAddress mac, int now)
    {
        LetAge(now);
        var having = records.With(vlan, mac);
        return seen.TryGetValue((vlan, mac), out var place) && (having.Length == 0 || records.AreBehind(having, place.Port)) ? place.Port : null;
    }

    public void PortDown(SwitchPortSettings port)
    {
        Remove(seen, place => place.Value.Port == port);
        Remove(owners, owner => owner.Value.Port == port);
    }

    /// <summary>Whoever may not hold an address any more does not hold it, and behind a port that changes its VLAN is nobody that was there before.</summary>
    public void Change(PlainRecords before, PlainRecords after)
    {
        foreach (var port in ports.Where(port => port.MacInterface is not null && before.Of(port)?.VlanId != after.Of(port)?.VlanId))
        {
            PortDown(port);
        }

        Remove(owners, owner =>
        {
            string[] name = owner.Key.Split(' ');
            var having = after.With(int.Parse(name[0]), name[1]);
            return !having.Any(record => PlainRecords.IsPair(record, name[1]))
                || !having.Any(record => after.IsBehind(record, owner.Value.Port) && PlainRecords.Bindings(record).Contains((name[1], owner.Value.Mac)));
        });
    }

    /// <summary>Takes in a frame that port security let in; says why it may not come from there.</summary>
    public VerdictReason? Learn(PlainRecords records, SwitchPortSettings port, int vlan, SentFrame frame, int now)
    {
        LetAge(now);
        var having = records.With(vlan, frame.Source);
        if (having.Length > 0 && !records.AreBehind(having, port))
        {
            return LearningStage.AddressHeldElsewhere;
        }

        if (See(records, having.Length == 0, port, (vlan, frame.Source), now) is { } full)
        {
            return full;
        }

        Bring(records, port, vlan, frame.Source);

        foreach ((string address, MacAddress? mac) in Claims(frame))
        {
            if (Hold(records, port, vlan, frame.Source, address, mac, now) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static string Name(int vlan, string address) => $"{vlan} {address}";

    /// <summary>What it says of whose IP address; a virtual router's address may be used with any MAC address that it has there.</summary>
    private static (string Address, MacAddress? Mac)[] Claims(SentFrame frame) => frame.Payload switch
    {
        SentArp arp => [(arp.Sender, arp.SenderMac)],
        SentNeighbor { Type: SentNeighbor.Advertisement } message => [(message.Target, message.Option ?? frame.Source)],
        SentNeighbor { Option: { } option } message => [(message.From, option)],
        SentVrrp vrrp => [.. vrrp.Addresses.Select(address => (address, default(MacAddress?)))],
        _ => [],
    };

    private static void Remove<TKey, TValue>(IDictionary<TKey, TValue> from, Func<KeyValuePair<TKey, TValue>, bool> which)
    {
        foreach (var item in from.Where(which).ToArray())
        {
            from.Remove(item.Key);
        }
    }

    private void LetAge(int now) => Remove(seen, place => now - place.Value.Seen > options.AgeingTime.TotalSeconds);

    private VerdictReason? See(PlainRecords records, bool isStrange, SwitchPortSettings port, (int Vlan, MacAddress Mac) address, int now)
    {
        // What one record has and nobody else is where its port is, and need not be learned.
        if (!isStrange && records.With(address.Vlan, address.Mac) is [var only] && records.PortOf(only) is not null)
        {
            return null;
        }

        if (seen.TryGetValue(address, out var before) && before.Port == port)
        {
            seen[address] = (port, now);
            return null;
        }

        int limit = port.AddressLimit > 0 ? port.AddressLimit : port.IsUplink ? options.AddressLimit : 1024;
        bool isPortFull = seen.Values.Count(place => place.Port == port) >= limit;

        // The uplinks lead to one network, and share one share.
        bool isSwitchFull = !seen.ContainsKey(address)
            && seen.Values.Count(place => port.IsUplink ? place.Port.IsUplink : place.Port == port) + 1 > 3 * (options.AddressLimit - seen.Count);
        if (!isPortFull && !isSwitchFull)
        {
            seen[address] = (port, now);
            return null;
        }

        // An uplink goes on without, and so does who has the address by right; it is not where it was before.
        if (port.IsUplink || !isStrange)
        {
            seen.Remove(address);
            return null;
        }

        return isPortFull ? LearningStage.PortAddressLimit : LearningStage.ForwardingTableFull;
    }

    /// <summary>An IP address that is held with a MAC address which several have is where that is, or nobody's if it may not be there.</summary>
    private void Bring(PlainRecords records, SwitchPortSettings port, int vlan, MacAddress mac)
    {
        if (records.With(vlan, mac).Length < 2)
        {
            return;
        }

        foreach (string name in owners.Where(owner => owner.Key.StartsWith($"{vlan} ", StringComparison.Ordinal) && owner.Value.Mac == mac && owner.Value.Port != port).Select(owner => owner.Key).ToArray())
        {
            string address = name.Split(' ')[1];
            if (records.With(vlan, address).Any(record => records.IsBehind(record, port) && PlainRecords.Bindings(record).Contains((address, mac))))
            {
                owners[name] = (port, mac);
            }
            else
            {
                owners.Remove(name);
            }
        }
    }

    private VerdictReason? Hold(PlainRecords records, SwitchPortSettings port, int vlan, MacAddress source, string address, MacAddress? mac, int now)
    {
        var having = records.With(vlan, address);
        if (having.Length == 0)
        {
            return null;
        }

        MacAddress[] allowed = [.. having.Where(record => records.IsBehind(record, port)).SelectMany(PlainRecords.Bindings)
            .Where(binding => string.Equals(binding.Address, address, StringComparison.Ordinal)).Select(binding => binding.Mac)];
        if (mac is null)
        {
            // A master's frame is from the address itself, or at least from one of a record's.
            mac = allowed.Contains(source) ? source : records.With(vlan, source).Length > 0 ? allowed.Order().Cast<MacAddress?>().FirstOrDefault() : null;
        }

        if (mac is not { } used || !allowed.Contains(used))
        {
            return LearningStage.AddressHeldElsewhere;
        }

        if (used != source)
        {
            See(records, isStrange: false, port, (vlan, used), now);
            Bring(records, port, vlan, used);
        }

        if (having.Any(record => PlainRecords.IsPair(record, address)))
        {
            owners[Name(vlan, address)] = (port, used);
        }

        return null;
    }
}

using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Pipeline;

namespace MacSegmentation.Forwarding;

/// <summary>
/// The addresses of all interface records: where each MAC address may be, and which MAC addresses an IP address is used with. Immutable; it
/// serves as the static entries of the forwarding table and as the ARP responder's knowledge.
/// </summary>
internal sealed class AddressBook
{
    /// <summary>Changed records beyond which all are compiled anew, in linear time.</summary>
    private const int MaxChanges = 1024;

    /// <summary>Left-over entries of <see cref="places"/> beyond which all records are compiled anew.</summary>
    private const int MaxUnusedPlaces = 1024;

    private readonly ulong[] keys;
    private readonly int[] values;

    /// <summary>The record whose address it is, the first of several.</summary>
    private readonly MacInterface?[] owners;

    /// <summary>The records of the addresses that several have.</summary>
    private readonly Dictionary<ulong, MacInterface[]> ownersOfShared = [];
    private readonly int shift;
    private readonly List<AddressPlaces> places;
    private readonly Dictionary<(int VlanId, UInt128 Address), IpHolder> holders;
    private int count;
    private int unusedPlaces;

    private AddressBook(ImmutableArray<MacInterface> records, Func<MacInterface, int> portOf)
    {
        int macs = records.Sum(record => KeysOf(record).Count());
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(macs, 1) * 2);
        keys = new ulong[size];
        values = new int[size];
        owners = new MacInterface?[size];
        shift = 64 - BitOperations.Log2((uint)size);
        places = [AddressPlaces.Remote];
        holders = new Dictionary<(int, UInt128), IpHolder>(records.Sum(record => record.IPAddress.Count + record.AddressPair.Count));

        // What one record has already is added at the end, each address once: thousands of records may share it.
        var sharedMacs = new List<(ulong Key, int Port, MacInterface Record)>();
        var sharedIPs = new List<((int VlanId, UInt128 Address) Key, IpUse Use)>();
        foreach (var record in records)
        {
            Add(record, portOf(record), sharedMacs, sharedIPs);
        }

        foreach (var mac in sharedMacs.GroupBy(use => use.Key))
        {
            int at = Slot(mac.Key);
            ref int value = ref values[at];
            var first = value < 0 ? AddressPlaces.Remote : AddressPlaces.Of(value);
            value = ~places.Count;
            places.Add(first.With([.. mac.Select(use => use.Port)]));
            ownersOfShared.Add(mac.Key, [owners[at]!, .. mac.Select(use => use.Record)]);
        }

        foreach (var ip in sharedIPs.GroupBy(use => use.Key, use => use.Use))
        {
            holders[ip.Key] = holders[ip.Key].With([.. ip]);
        }
    }

    /// <summary>A copy to be changed.</summary>
    private AddressBook(AddressBook before)
    {
        keys = [.. before.keys];
        values = [.. before.values];
        owners = [.. before.owners];
        ownersOfShared = new Dictionary<ulong, MacInterface[]>(before.ownersOfShared);
        shift = before.shift;
        places = [.. before.places];
        holders = new Dictionary<(int, UInt128), IpHolder>(before.holders);
        count = before.count;
        unusedPlaces = before.unusedPlaces;
    }

    /// <summary>The book without addresses.</summary>
    public static AddressBook Empty { get; } = new([], _ => -1);

    /// <summary>Collects the addresses of all records.</summary>
    /// <param name="records">The records.</param>
    /// <param name="portOf">The index of a record's port, or −1 if it has none at this switch.</param>
    public static AddressBook Compile(ImmutableArray<MacInterface> records, Func<MacInterface, int> portOf) => new(records, portOf);

    /// <summary>
    /// The book of changed records. A few changes are made in a copy, so that one record among a hundred thousand does not wait until the
    /// addresses of all are collected.
    /// </summary>
    /// <param name="changes">What differs from the records of this book.</param>
    /// <param name="records">All records.</param>
    /// <param name="portOf">The index of a record's port, or −1 if it has none at this switch.</param>
    /// <param name="portBefore">What that was for this book; null if it is the same.</param>
    public AddressBook With(List<RecordChange> changes, ImmutableArray<MacInterface> records, Func<MacInterface, int> portOf, Func<MacInterface, int>? portBefore = null)
    {
        if (changes.Count == 0)
        {
            return this;
        }

        int added = changes.Sum(change => change.After is { } record ? 1 + record.AddressPair.Count : 0);
        bool hasRoom = (count + added) * 8L <= keys.Length * 5L;
        if (changes.Count > MaxChanges || !hasRoom || unusedPlaces > MaxUnusedPlaces)
        {
            return Compile(records, portOf);
        }

        var next = new AddressBook(this);
        foreach (var record in changes.Select(change => change.Before).OfType<MacInterface>())
        {
            next.Remove(record, (portBefore ?? portOf)(record));
        }

        foreach (var record in changes.Select(change => change.After).OfType<MacInterface>())
        {
            next.Add(record, portOf(record));
        }

        return next;
    }

    /// <summary>Where an address of a record may be; false if no record has it.</summary>
    /// <param name="key">The address in its VLAN.</param>
    /// <param name="port">The one port that it is at, or −1 if <paramref name="several"/> says where it may be.</param>
    /// <param name="several">The places, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ulong key, out int port, out AddressPlaces? several)
    {
        int at = Slot(key);
        int value = values[at];
        bool found = keys[at] == key;
        port = value;
        several = null;
        if (found && value < 0)
        {
            several = places[~value];
            port = -1;
        }

        return found;
    }

    /// <summary>The same, as places in any case.</summary>
    public AddressPlaces? Find(ulong key) => !TryFind(key, out int port, out var several) ? null : several ?? AddressPlaces.Of(port);

    /// <summary>The records that have an address; none if no record has it.</summary>
    /// <param name="key">The address in its VLAN.</param>
    public IReadOnlyList<MacInterface> FindOwners(ulong key)
    {
        int at = Slot(key);
        return keys[at] != key ? [] : ownersOfShared.TryGetValue(key, out var several) ? several : [owners[at]!];
    }

    /// <summary>The records that have an IP address, fixed or in a pair.</summary>
    public IEnumerable<MacInterface> FindOwners(int vlanId, UInt128 address)
    {
        var ip = IpNumber.ToAddress(address);
        return (FindIp(vlanId, address)?.Bindings ?? [])
            .SelectMany(binding => FindOwners(AddressKey.Of(vlanId, binding.Mac)))
            .Distinct()
            .Where(record => record.IPAddress.Any(known => known.Address.Equals(ip)) || record.AddressPair.Any(pair => pair.IPAddress.Equals(ip)));
    }

    /// <summary>What records say of an IP address, or null.</summary>
    public IpHolder? FindIp(int vlanId, UInt128 address) => holders.GetValueOrDefault((vlanId, address));

    private void Add(MacInterface record, int port, List<(ulong Key, int Port, MacInterface Record)> sharedMacs, List<((int VlanId, UInt128 Address) Key, IpUse Use)> sharedIPs)
    {
        foreach (ulong key in KeysOf(record))
        {
            if (!TryAdd(key, port, record))
            {
                sharedMacs.Add((key, port, record));
            }
        }

        foreach (var (address, use) in UsesOf(record, port))
        {
            var key = (record.VlanId, address);
            if (!holders.TryAdd(key, IpHolder.Of(use)))
            {
                sharedIPs.Add((key, use));
            }
        }
    }

    private void Add(MacInterface record, int port)
    {
        foreach (ulong key in KeysOf(record))
        {
            if (!TryAdd(key, port, record))
            {
                int at = Slot(key);
                SetPlaces(at, PlacesAt(at).With([port]));
                ownersOfShared[key] = [.. FindOwners(key), record];
            }
        }

        foreach (var (address, use) in UsesOf(record, port))
        {
            var key = (record.VlanId, address);
            holders[key] = holders.TryGetValue(key, out var others) ? others.With([use]) : IpHolder.Of(use);
        }
    }

    private void Remove(MacInterface record, int port)
    {
        foreach (ulong key in KeysOf(record))
        {
            int at = Slot(key);
            if (ownersOfShared.TryGetValue(key, out var all))
            {
                MacInterface[] left = Array.FindAll(all, other => other.InterfaceId != record.InterfaceId);
                owners[at] = left.Length > 0 ? left[0] : null;
                ownersOfShared[key] = left;
                if (left.Length <= 1)
                {
                    ownersOfShared.Remove(key);
                }
            }

            SetPlaces(at, PlacesAt(at).Without(port));
        }

        foreach (var (address, use) in UsesOf(record, port))
        {
            var key = (record.VlanId, address);
            if (holders[key].Without(use) is { } others)
            {
                holders[key] = others;
            }
            else
            {
                holders.Remove(key);
            }
        }
    }

    /// <summary>A record's MAC addresses, each once.</summary>
    private static IEnumerable<ulong> KeysOf(MacInterface record)
    {
        yield return AddressKey.Of(record.VlanId, record.MacAddress.Value);
        for (int i = 0; i < record.AddressPair.Count; i++)
        {
            if (IsNew(record, i))
            {
                yield return AddressKey.Of(record.VlanId, record.AddressPair[i].MacAddress.Value);
            }
        }
    }

    /// <summary>A record's IP addresses, each with the MAC address that it is used with.</summary>
    private static IEnumerable<(UInt128 Address, IpUse Use)> UsesOf(MacInterface record, int port)
    {
        foreach (var address in record.IPAddress)
        {
            yield return (IpNumber.From(address.Address), new IpUse(record.MacAddress.Value, port, IsPair: false));
        }

        foreach (var pair in record.AddressPair)
        {
            yield return (IpNumber.From(pair.IPAddress), new IpUse(pair.MacAddress.Value, port, IsPair: true));
        }
    }

    /// <summary>False if the pair's MAC address is the record's own or an earlier pair's: it is the record's once.</summary>
    private static bool IsNew(MacInterface record, int pair)
    {
        var address = record.AddressPair[pair].MacAddress;
        bool known = address == record.MacAddress;
        for (int i = 0; i < pair && !known; i++)
        {
            known = record.AddressPair[i].MacAddress == address;
        }

        return !known;
    }

    private bool TryAdd(ulong key, int port, MacInterface record)
    {
        int at = Slot(key);
        if (keys[at] == key)
        {
            return false;
        }

        keys[at] = key;
        values[at] = port < 0 ? ~0 : port;
        owners[at] = record;
        count++;
        return true;
    }

    private AddressPlaces PlacesAt(int slot) => values[slot] < 0 ? places[~values[slot]] : AddressPlaces.Of(values[slot]);

    /// <summary>Puts in a slot where its address may be from now on: the one port, the uplinks, or an entry of the list.</summary>
    private void SetPlaces(int slot, AddressPlaces next)
    {
        int entry = values[slot] < ~0 ? ~values[slot] : 0;
        if (next.IsShared)
        {
            if (entry == 0)
            {
                values[slot] = ~places.Count;
                places.Add(next);
            }
            else
            {
                places[entry] = next;
            }

            return;
        }

        unusedPlaces += entry == 0 ? 0 : 1;
        if (next.IsNowhere)
        {
            RemoveAt(slot);
        }
        else
        {
            values[slot] = next.MayBeRemote ? ~0 : next.Ports[0];
        }
    }

    /// <summary>Closes the gap, as <see cref="ForwardingTable"/> does: every search ends at the first free slot.</summary>
    private void RemoveAt(int gap)
    {
        count--;
        int mask = keys.Length - 1;
        for (int at = (gap + 1) & mask; keys[at] != 0; at = (at + 1) & mask)
        {
            // An entry moves into the gap unless its search begins behind the gap.
            int home = AddressKey.Hash(keys[at], shift);
            if (((at - home) & mask) >= ((at - gap) & mask))
            {
                keys[gap] = keys[at];
                values[gap] = values[at];
                owners[gap] = owners[at];
                gap = at;
            }
        }

        keys[gap] = 0;
        values[gap] = 0;
        owners[gap] = null;
    }

    /// <summary>The slot that has the key, or the empty one where it would be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong key)
    {
        int at = AddressKey.Hash(key, shift);
        while (keys[at] != key && keys[at] != 0)
        {
            at = (at + 1) & (keys.Length - 1);
        }

        return at;
    }
}

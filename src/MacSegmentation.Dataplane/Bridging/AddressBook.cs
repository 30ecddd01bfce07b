using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Bridging;

/// <summary>
/// The addresses of all interface records: where each MAC address may be, and which MAC addresses an IP address is used with. Immutable; it
/// serves as the static entries of the forwarding table and as the ARP responder's knowledge.
/// </summary>
internal sealed class AddressBook
{
    private readonly ulong[] keys;
    private readonly int[] values;
    private readonly int shift;
    private readonly List<AddressPlaces> places = [AddressPlaces.Remote];
    private readonly Dictionary<(int VlanId, UInt128 Address), IpHolder> holders;

    private AddressBook(ImmutableArray<MacInterface> records, Func<MacInterface, int> portOf)
    {
        int macs = records.Sum(record => 1 + record.AddressPair.Count);
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(macs, 1) * 2);
        keys = new ulong[size];
        values = new int[size];
        shift = 64 - BitOperations.Log2((uint)size);
        holders = new Dictionary<(int, UInt128), IpHolder>(records.Sum(record => record.IPAddress.Count + record.AddressPair.Count));

        // What one record has already is added at the end, each address once: thousands of records may share it.
        var sharedMacs = new List<(ulong Key, int Port)>();
        var sharedIPs = new List<((int VlanId, UInt128 Address) Key, IpUse Use)>();
        foreach (var record in records)
        {
            Add(record, portOf(record), sharedMacs, sharedIPs);
        }

        foreach (var mac in sharedMacs.GroupBy(use => use.Key, use => use.Port))
        {
            ref int value = ref values[Slot(mac.Key)];
            var first = value < 0 ? AddressPlaces.Remote : AddressPlaces.Of(value);
            value = ~places.Count;
            places.Add(first.With([.. mac]));
        }

        foreach (var ip in sharedIPs.GroupBy(use => use.Key, use => use.Use))
        {
            holders[ip.Key] = holders[ip.Key].With([.. ip]);
        }
    }

    /// <summary>Collects the addresses of all records.</summary>
    /// <param name="records">The records.</param>
    /// <param name="portOf">The index of a record's port, or −1 if it has none at this switch.</param>
    public static AddressBook Compile(ImmutableArray<MacInterface> records, Func<MacInterface, int> portOf) => new(records, portOf);

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

    /// <summary>What records say of an IP address, or null.</summary>
    public IpHolder? FindIp(int vlanId, UInt128 address) => holders.GetValueOrDefault((vlanId, address));

    private void Add(MacInterface record, int port, List<(ulong Key, int Port)> sharedMacs, List<((int VlanId, UInt128 Address) Key, IpUse Use)> sharedIPs)
    {
        AddMac(record.MacAddress);
        foreach (var address in record.IPAddress)
        {
            AddIP(address.Address, new IpUse(record.MacAddress.Value, port, IsPair: false));
        }

        for (int i = 0; i < record.AddressPair.Count; i++)
        {
            var pair = record.AddressPair[i];
            if (IsNew(record, i))
            {
                AddMac(pair.MacAddress);
            }

            AddIP(pair.IPAddress, new IpUse(pair.MacAddress.Value, port, IsPair: true));
        }

        void AddMac(MacAddress address)
        {
            ulong key = AddressKey.Of(record.VlanId, address.Value);
            if (!TryAdd(key, port))
            {
                sharedMacs.Add((key, port));
            }
        }

        void AddIP(IPAddress address, IpUse use)
        {
            var key = (record.VlanId, IpNumber.From(address));
            if (!holders.TryAdd(key, IpHolder.Of(use)))
            {
                sharedIPs.Add((key, use));
            }
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

    private bool TryAdd(ulong key, int port)
    {
        int at = Slot(key);
        if (keys[at] == key)
        {
            return false;
        }

        keys[at] = key;
        values[at] = port < 0 ? ~0 : port;
        return true;
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

using System.Collections.Immutable;
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
        foreach (var record in records)
        {
            Add(record, portOf(record));
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

    private void Add(MacInterface record, int port)
    {
        ulong own = record.MacAddress.Value;
        Add(AddressKey.Of(record.VlanId, own), port);
        foreach (var address in record.IPAddress)
        {
            Hold(record.VlanId, IpNumber.From(address.Address), own, port, isPair: false);
        }

        for (int i = 0; i < record.AddressPair.Count; i++)
        {
            var pair = record.AddressPair[i];
            if (IsNew(record, i))
            {
                Add(AddressKey.Of(record.VlanId, pair.MacAddress.Value), port);
            }

            Hold(record.VlanId, IpNumber.From(pair.IPAddress), pair.MacAddress.Value, port, isPair: true);
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

    private void Add(ulong key, int port)
    {
        int at = Slot(key);
        if (keys[at] != key)
        {
            keys[at] = key;
            values[at] = port < 0 ? ~0 : port;
            return;
        }

        var before = values[at] < 0 ? places[~values[at]] : AddressPlaces.Of(values[at]);
        var after = before.With(port);
        if (ReferenceEquals(before, after))
        {
            return;
        }

        if (values[at] < -1)
        {
            places[~values[at]] = after;
        }
        else
        {
            values[at] = ~places.Count;
            places.Add(after);
        }
    }

    private void Hold(int vlanId, UInt128 address, ulong mac, int port, bool isPair)
    {
        if (!holders.TryGetValue((vlanId, address), out var known))
        {
            holders.Add((vlanId, address), new IpHolder([new IpBinding(mac, AddressPlaces.Of(port))], IsFixed: !isPair, IsPair: isPair));
            return;
        }

        int at = Array.FindIndex(known.Bindings, binding => binding.Mac == mac);
        IpBinding[] bindings = at < 0
            ? [.. known.Bindings, new IpBinding(mac, AddressPlaces.Of(port))]
            : [.. known.Bindings[..at], new IpBinding(mac, known.Bindings[at].Places.With(port)), .. known.Bindings[(at + 1)..]];
        holders[(vlanId, address)] = new IpHolder(bindings, known.IsFixed || !isPair, known.IsPair || isPair);
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

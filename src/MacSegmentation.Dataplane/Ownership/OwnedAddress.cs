using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Ownership;

/// <summary>An address in a VLAN, and the interface records that may hold it.</summary>
/// <param name="VlanId">The VLAN.</param>
/// <param name="IPAddress">The IP address; null if it is about a MAC address alone.</param>
/// <param name="MacAddress">The MAC address; of a fixed IP address the one that it is used with.</param>
/// <param name="Records">The records, at least one.</param>
/// <param name="FixedHolder">The record that alone may hold it and always does; null if somebody has to show to hold it.</param>
internal sealed record OwnedAddress(int VlanId, IPAddress? IPAddress, MacAddress MacAddress, IReadOnlyList<MacInterface> Records, MacInterface? FixedHolder)
{
    /// <summary>Names of the records.</summary>
    public string[] Candidates => [.. Records.Select(record => record.Name)];

    /// <summary>The addresses of pairs, by VLAN and address, then the MAC addresses that several records have.</summary>
    public static IReadOnlyList<OwnedAddress> ListShared(IReadOnlyList<MacInterface> records)
    {
        var pairs = records
            .SelectMany(record => record.AddressPair.Select(pair => (record.VlanId, pair.IPAddress)))
            .ToHashSet();
        var byIp = records
            .SelectMany(record => IPsOf(record).Where(address => pairs.Contains((record.VlanId, address))).Select(address => (Record: record, Address: address)))
            .GroupBy(held => (held.Record.VlanId, held.Address), held => held.Record)
            .OrderBy(held => held.Key.VlanId)
            .ThenBy(held => IpNumber.From(held.Key.Address))
            .Select(held => Of(held.Key.Address, [.. held]));
        var byMac = records
            .SelectMany(record => MacsOf(record).Select(address => (Record: record, Address: address)))
            .GroupBy(held => (held.Record.VlanId, held.Address), held => held.Record)
            .Where(held => held.Skip(1).Any())
            .OrderBy(held => held.Key.VlanId)
            .ThenBy(held => held.Key.Address)
            .Select(held => Of(held.Key.Address, [.. held]));
        return [.. byIp, .. byMac];
    }

    /// <summary>Who may hold an IP address, in each VLAN.</summary>
    public static IReadOnlyList<OwnedAddress> ListOf(IReadOnlyList<MacInterface> records, IPAddress address) =>
        [.. ByVlan(records, record => IPsOf(record).Contains(address)).Select(holders => Of(address, holders))];

    /// <summary>Who may hold a MAC address, in each VLAN.</summary>
    public static IReadOnlyList<OwnedAddress> ListOf(IReadOnlyList<MacInterface> records, MacAddress address) =>
        [.. ByVlan(records, record => MacsOf(record).Contains(address)).Select(holders => Of(address, holders))];

    /// <summary>The MAC addresses that a record may use, each once.</summary>
    public static IEnumerable<MacAddress> MacsOf(MacInterface record) => record.AddressPair.Select(pair => pair.MacAddress).Prepend(record.MacAddress).Distinct();

    private static IEnumerable<IPAddress> IPsOf(MacInterface record) =>
        record.IPAddress.Select(own => own.Address).Concat(record.AddressPair.Select(pair => pair.IPAddress)).Distinct();

    private static IEnumerable<MacInterface[]> ByVlan(IReadOnlyList<MacInterface> records, Func<MacInterface, bool> isHolder) =>
        records.Where(isHolder).GroupBy(record => record.VlanId).OrderBy(vlan => vlan.Key).Select(vlan => vlan.ToArray());

    private static OwnedAddress Of(IPAddress address, MacInterface[] records)
    {
        bool isPair = records.Any(record => record.AddressPair.Any(pair => pair.IPAddress.Equals(address)));
        return new OwnedAddress(records[0].VlanId, address, records[0].MacAddress, records, isPair ? null : records[0]);
    }

    private static OwnedAddress Of(MacAddress address, MacInterface[] records) =>
        new(records[0].VlanId, IPAddress: null, address, records, records.Length == 1 ? records[0] : null);
}

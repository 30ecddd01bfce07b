using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Naming;
using MacSegmentation.Pools;
using MacSegmentation.Profiles;
using MacSegmentation.Vlans;

namespace MacSegmentation.InterfaceRecords;

/// <summary>The rows of interface records and their address pairs.</summary>
public interface IInterfaceReader : IPoolReader, IProfileReader
{
    /// <summary>The interface record with this name, in any case, or null.</summary>
    MacInterface? FindInterface(string name);

    /// <summary>The interface record with this number, or null.</summary>
    MacInterface? FindInterfaceById(long interfaceId) => ListInterfaces().FirstOrDefault(record => record.InterfaceId == interfaceId);

    /// <summary>The names of the security triggers that watch this interface record only.</summary>
    IReadOnlyList<string> ListTriggersAt(string interfaceName);

    /// <summary>The VLAN's interface record with this MAC address as its own, or null.</summary>
    MacInterface? FindInterfaceByAddress(int vlanId, MacAddress address);

    /// <summary>The VLAN's interface record with this fixed address, or null.</summary>
    MacInterface? FindInterfaceByIPAddress(int vlanId, IPAddress address);

    /// <summary>The interface record, of any VLAN, with the lowest MAC address of its own in a range, or null.</summary>
    MacInterface? FindInterfaceIn(MacRange range);

    /// <summary>Interface records by name; what is null does not restrict. The instance is compared without regard to case.</summary>
    IReadOnlyList<MacInterface> ListInterfaces(int? vlanId = null, string? instanceId = null);

    /// <summary>The next interface records by name after one.</summary>
    /// <param name="name">The name after which they come; empty for the first ones.</param>
    /// <param name="vlanId">Only those of this VLAN.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MacInterface> ListInterfacesAfter(string name, int? vlanId, int limit) =>
        [.. ListInterfaces(vlanId).SkipWhile(record => name.Length > 0 && StringComparer.OrdinalIgnoreCase.Compare(record.Name, name) <= 0).Take(limit)];

    /// <summary>Interface records whose name begins with a text in any case, by name.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="limit">At most so many; a store reads no more rows than that.</param>
    IReadOnlyList<MacInterface> ListInterfacesNamed(string prefix, int limit) =>
        [.. ListInterfaces().Where(record => record.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Take(limit)];

    /// <summary>Interface records of machines whose name begins with a text in any case, by machine and number.</summary>
    /// <inheritdoc cref="ListInterfacesNamed"/>
    IReadOnlyList<MacInterface> ListInterfacesOf(string prefix, int limit) =>
    [
        .. ListInterfaces().Where(record => record.InstanceId.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(record => record.InstanceId, StringComparer.OrdinalIgnoreCase).ThenBy(record => record.InterfaceId).Take(limit),
    ];

    /// <summary>Interface records with an own MAC address in a range, by address and VLAN.</summary>
    /// <param name="range">The range.</param>
    /// <param name="limit">At most so many; a store reads no more rows than that.</param>
    IReadOnlyList<MacInterface> ListInterfacesIn(MacRange range, int limit) =>
        [.. ListInterfaces().Where(record => range.Contains(record.MacAddress)).OrderBy(record => record.MacAddress).ThenBy(record => record.VlanId).Take(limit)];

    /// <summary>Interface records that have a fixed address between two, by that address; a record comes once.</summary>
    /// <param name="first">The lowest address.</param>
    /// <param name="last">The highest address.</param>
    /// <param name="limit">At most so many; a store reads no more rows than that.</param>
    IReadOnlyList<MacInterface> ListInterfacesFixedBetween(IPAddress first, IPAddress last, int limit) =>
    [
        .. ListInterfaces().SelectMany(record => record.IPAddress, (record, own) => (Record: record, Number: IpNumber.From(own.Address)))
            .Where(use => use.Number >= IpNumber.From(first) && use.Number <= IpNumber.From(last))
            .OrderBy(use => use.Number).Take(limit).Select(use => use.Record).DistinctBy(record => record.InterfaceId),
    ];

    /// <summary>Allowed address pairs with an IP address between two, by that address.</summary>
    /// <inheritdoc cref="ListInterfacesFixedBetween"/>
    IReadOnlyList<MacAddressPair> ListAddressPairsBetween(IPAddress first, IPAddress last, int limit) =>
        [.. ListAddressPairs().Where(pair => IpNumber.From(pair.IPAddress) >= IpNumber.From(first) && IpNumber.From(pair.IPAddress) <= IpNumber.From(last)).Take(limit)];

    /// <summary>Allowed address pairs by IP address, MAC address and interface: those with this IP address, or all.</summary>
    IReadOnlyList<MacAddressPair> ListAddressPairs(IPAddress? address = null);

    /// <summary>Allowed address pairs with this MAC address as their own, by IP address and interface.</summary>
    IReadOnlyList<MacAddressPair> ListAddressPairsWith(MacAddress address) => [.. ListAddressPairs().Where(pair => pair.HasOwnMacAddress && pair.MacAddress == address)];

    /// <summary>Which enforcers said that they use an interface record, however long ago, by their ids.</summary>
    IReadOnlyList<InterfaceUse> ListInterfaceUses(long interfaceId);

    /// <summary>The interface records by their names.</summary>
    NamedRecords InterfaceNames => new("Interface", [.. ListInterfaces().Select(record => new NamedRecord(record.Name, record.VlanId, $"{record.MacAddress} of '{record.InstanceId}' in VLAN {record.VlanId}"))]);

    /// <inheritdoc/>
    AddressUse? IVlanUses.FindInterfaceUse(MacRange range) => UseOf(FindInterfaceIn(range));

    /// <inheritdoc/>
    AddressUse? IPoolUses.FindInterfaceUse(int vlanId, MacAddress address) => UseOf(FindInterfaceByAddress(vlanId, address));

    /// <inheritdoc/>
    long IProfileUses.CountInterfacesWith(string profile) => ListInterfaces().Count(record => string.Equals(record.Profile, profile, StringComparison.Ordinal));

    /// <inheritdoc/>
    IReadOnlyList<string> IProfileUses.ListInterfacesWith(string profile, int limit) =>
        [.. ListInterfaces().Where(record => string.Equals(record.Profile, profile, StringComparison.Ordinal)).Select(record => record.Name).Take(limit)];

    /// <inheritdoc/>
    IReadOnlyList<int> IProfileUses.ListInterfaceVlansWith(string profile) =>
        [.. ListInterfaces().Where(record => string.Equals(record.Profile, profile, StringComparison.Ordinal)).Select(record => record.VlanId).Distinct()];

    private static AddressUse? UseOf(MacInterface? record) => record is null ? null : new AddressUse(record.VlanId, record.MacAddress, record.Name);
}

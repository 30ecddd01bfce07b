using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.Naming;
using MacSegmentation.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.InterfaceRecords;

/// <summary>The rows of interface records and their address pairs.</summary>
public interface IInterfaceReader : IPoolReader
{
    /// <summary>The interface record with this name, in any case, or null.</summary>
    MacInterface? FindInterface(string name);

    /// <summary>The VLAN's interface record with this MAC address as its own, or null.</summary>
    MacInterface? FindInterfaceByAddress(int vlanId, MacAddress address);

    /// <summary>The VLAN's interface record with this fixed address, or null.</summary>
    MacInterface? FindInterfaceByIPAddress(int vlanId, IPAddress address);

    /// <summary>The interface record, of any VLAN, with the lowest MAC address of its own in a range, or null.</summary>
    MacInterface? FindInterfaceIn(MacRange range);

    /// <summary>Interface records by name; what is null does not restrict. The instance is compared without regard to case.</summary>
    IReadOnlyList<MacInterface> ListInterfaces(int? vlanId = null, string? instanceId = null);

    /// <summary>Allowed address pairs by IP address, MAC address and interface: those with this IP address, or all.</summary>
    IReadOnlyList<MacAddressPair> ListAddressPairs(IPAddress? address = null);

    /// <summary>Which enforcers said that they use an interface record, however long ago, by their ids.</summary>
    IReadOnlyList<InterfaceUse> ListInterfaceUses(long interfaceId);

    /// <summary>The interface records by their names.</summary>
    NamedRecords InterfaceNames => new("Interface", [.. ListInterfaces().Select(record => new NamedRecord(record.Name, record.VlanId, $"{record.MacAddress} of '{record.InstanceId}' in VLAN {record.VlanId}"))]);

    /// <inheritdoc/>
    AddressUse? IVlanUses.FindInterfaceUse(MacRange range) => UseOf(FindInterfaceIn(range));

    /// <inheritdoc/>
    AddressUse? IPoolUses.FindInterfaceUse(int vlanId, MacAddress address) => UseOf(FindInterfaceByAddress(vlanId, address));

    private static AddressUse? UseOf(MacInterface? record) => record is null ? null : new AddressUse(record.VlanId, record.MacAddress, record.Name);
}

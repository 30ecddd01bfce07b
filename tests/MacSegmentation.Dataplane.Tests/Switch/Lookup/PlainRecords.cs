using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Ports;
using MacSegmentation.Stores;

namespace MacSegmentation.Switch.Lookup;

/// <summary>What the records of a configuration say of addresses, found by looking through them all.</summary>
internal sealed class PlainRecords(ConfigurationSnapshot snapshot, IReadOnlyList<SwitchPortSettings> ports)
{
    public MacInterface? Of(SwitchPortSettings port) => snapshot.Interfaces.FirstOrDefault(record => string.Equals(record.Name, port.MacInterface, StringComparison.Ordinal));

    public MacInterface[] With(int vlan, MacAddress mac) => [.. snapshot.Interfaces.Where(record => record.VlanId == vlan && Macs(record).Contains(mac))];

    public MacInterface[] With(int vlan, string address) =>
        [.. snapshot.Interfaces.Where(record => record.VlanId == vlan && Bindings(record).Any(binding => string.Equals(binding.Address, address, StringComparison.Ordinal)))];

    public static MacAddress[] Macs(MacInterface record) => [record.MacAddress, .. record.AddressPair.Select(pair => pair.MacAddress)];

    public static (string Address, MacAddress Mac)[] Bindings(MacInterface record) =>
    [
        .. record.IPAddress.Select(own => (own.Address.ToString(), record.MacAddress)),
        .. record.AddressPair.Select(pair => (pair.IPAddress.ToString(), pair.MacAddress)),
    ];

    public static bool IsFixed(MacInterface record, string address) => record.IPAddress.Any(own => own.Address.Equals(IPAddress.Parse(address)));

    public static bool IsPair(MacInterface record, string address) => record.AddressPair.Any(pair => pair.IPAddress.Equals(IPAddress.Parse(address)));

    public SwitchPortSettings? PortOf(MacInterface record) => ports.FirstOrDefault(port => string.Equals(port.MacInterface, record.Name, StringComparison.Ordinal));

    /// <summary>A record that has no port at this switch is somewhere behind the uplinks.</summary>
    public bool IsBehind(MacInterface record, SwitchPortSettings port) => PortOf(record) is { } own ? own == port : port.IsUplink;

    public bool AreBehind(IEnumerable<MacInterface> records, SwitchPortSettings port) => records.Any(record => IsBehind(record, port));
}

using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Stores.Sql;

/// <summary>An interface as a row: which columns are read, in which order.</summary>
internal static class InterfaceRow
{
    public const string Select =
        """
        SELECT interface_id, name, vlan_id, mac_address, instance_id, port_security, dhcp_guard, router_guard, arp_rate_limit, holds_allocation
        FROM interface
        """;

    public const string SelectByName = Select + " WHERE name_key = ?";
    public const string SelectById = Select + " WHERE interface_id = ?";
    public const string SelectByAddress = Select + " WHERE mac_address = ? AND vlan_id = ?";
    public const string SelectLowestBetween = Select + " WHERE mac_address BETWEEN ? AND ? ORDER BY mac_address, vlan_id LIMIT 1";
    public const string SelectByAge = Select + " ORDER BY interface_id";
    public const string SelectSince = Select + " WHERE revision > ?";
    public const string SelectSorted = Select + " ORDER BY name_key";
    public const string SelectOfVlan = Select + " WHERE vlan_id = ? ORDER BY name_key";
    public const string SelectOfInstance = Select + " WHERE instance_id = ? COLLATE NOCASE ORDER BY name_key";
    public const string SelectOfVlanAndInstance = Select + " WHERE instance_id = ? COLLATE NOCASE AND +vlan_id = ? ORDER BY name_key";

    private const string SelectPairsUnsorted =
        "SELECT ip_address, own_mac_address, name, vlan_id, mac_address FROM address_pair JOIN interface USING (interface_id)";

    private const string PairOrder = " ORDER BY ip_address, CASE own_mac_address WHEN 0 THEN mac_address ELSE own_mac_address END, name_key";

    public const string SelectPairs = SelectPairsUnsorted + PairOrder;
    public const string SelectPairsOfAddress = SelectPairsUnsorted + " WHERE ip_address = ?" + PairOrder;

    /// <summary>The records of a statement's rows, with what belongs to them.</summary>
    public static List<MacInterface> All(SqlConnection connection, SqlStatement statement) => InterfaceChildren.Add(connection, statement.All(ReadAlone));

    /// <summary>The record of a statement's first row, with what belongs to it, or null if there is none.</summary>
    public static MacInterface? First(SqlConnection connection, SqlStatement statement) =>
        statement.First(ReadAlone) is { } record ? InterfaceChildren.Add(connection, [record])[0] : null;

    /// <summary>An address pair from an interface's own values and the pair's.</summary>
    public static MacAddressPair ToPair(IPAddress address, long own, string interfaceName, int vlanId, MacAddress interfaceAddress) => new()
    {
        InterfaceName = interfaceName,
        VlanId = vlanId,
        IPAddress = address,
        MacAddress = own == 0 ? interfaceAddress : new MacAddress((ulong)own),
        HasOwnMacAddress = own != 0,
    };

    private static MacInterface ReadAlone(SqlStatement row)
    {
        string name = row.Text(1);
        string instanceId = row.Text(4);
        return new MacInterface
        {
            InterfaceId = row.Number(0),
            Name = name,
            VlanId = (int)row.Number(2),
            MacAddress = new MacAddress((ulong)row.Number(3)),
            InstanceId = string.Equals(instanceId, name, StringComparison.Ordinal) ? name : instanceId,
            PortSecurity = row.Flag(5),
            DhcpGuard = row.Flag(6),
            RouterGuard = row.Flag(7),
            ArpRateLimit = (int)row.Number(8),
            HoldsAllocation = row.Flag(9),
        };
    }
}

using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Stores.Sql;

/// <summary>An interface as a row, with the rows of other tables that belong to it: which columns are read, in which order.</summary>
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

    /// <summary>The record, with what belongs to it.</summary>
    public static MacInterface Read(SqlConnection connection, SqlStatement row)
    {
        long interfaceId = row.Number(0);
        string name = row.Text(1);
        int vlanId = (int)row.Number(2);
        var address = new MacAddress((ulong)row.Number(3));
        string instanceId = row.Text(4);
        return new MacInterface
        {
            InterfaceId = interfaceId,
            Name = name,
            VlanId = vlanId,
            MacAddress = address,
            InstanceId = string.Equals(instanceId, name, StringComparison.Ordinal) ? name : instanceId,
            PortSecurity = row.Flag(5),
            DhcpGuard = row.Flag(6),
            RouterGuard = row.Flag(7),
            ArpRateLimit = (int)row.Number(8),
            HoldsAllocation = row.Flag(9),
            IPAddress = Children(
                connection.Prepare("SELECT ip_address, prefix_length FROM fixed_address WHERE interface_id = ? ORDER BY place"),
                interfaceId,
                static fixedRow => new InterfaceAddress(fixedRow.IPAddress(0), (int)fixedRow.Number(1))),
            AddressPair = Pairs(connection, interfaceId, name, vlanId, address),
            SecurityGroup = Children(
                connection.Prepare(
                    "SELECT name FROM security_group_member JOIN security_group USING (group_id) WHERE interface_id = ? ORDER BY name_key"),
                interfaceId,
                static groupRow => groupRow.Text(0)),
        };
    }

    public static MacAddressPair ReadPair(SqlStatement row, string interfaceName, int vlanId, MacAddress interfaceAddress)
    {
        long own = row.Number(1);
        return new MacAddressPair
        {
            InterfaceName = interfaceName,
            VlanId = vlanId,
            IPAddress = row.IPAddress(0),
            MacAddress = own == 0 ? interfaceAddress : new MacAddress((ulong)own),
            HasOwnMacAddress = own != 0,
        };
    }

    private static MacAddressPair[] Pairs(SqlConnection connection, long interfaceId, string name, int vlanId, MacAddress address)
    {
        var pairs = Children(
            connection.Prepare("SELECT ip_address, own_mac_address FROM address_pair WHERE interface_id = ?"),
            interfaceId,
            row => ReadPair(row, name, vlanId, address));

        // The rows come by address; among those with the same one, a pair that follows the interface's MAC address has its place by that.
        Array.Sort(pairs, InterfaceCatalog.PairOrder);
        return pairs;
    }

    private static T[] Children<T>(SqlStatement statement, long interfaceId, Func<SqlStatement, T> read) => [.. statement.Bind(1, interfaceId).All(read)];
}

using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.InterfaceRecords;

/// <summary>The table of interface records. What belongs to a record and stands in other tables, <see cref="InterfaceChildren"/> adds.</summary>
internal static class InterfaceTable
{
    public static readonly Table<MacInterface> Rows = new(
        "interface",
        static () => new MacInterface { Name = string.Empty, VlanId = 0, MacAddress = default, InstanceId = string.Empty },
        Table<MacInterface>.GivenKey("interface_id", record => record.InterfaceId),
        Table<MacInterface>.Property("name", ColumnTypes.Text, record => record.Name),
        Table<MacInterface>.WriteOnly("name_key", ColumnTypes.NameKey, record => record.Name),
        Table<MacInterface>.Property("vlan_id", ColumnTypes.Integer, record => record.VlanId),
        Table<MacInterface>.Property("mac_address", ColumnTypes.MacAddress, record => record.MacAddress),
        Table<MacInterface>.Property("instance_id", ColumnTypes.Text, record => record.InstanceId),
        Table<MacInterface>.Property("port_security", ColumnTypes.Flag, record => record.PortSecurity),
        Table<MacInterface>.Property("dhcp_guard", ColumnTypes.Flag, record => record.DhcpGuard),
        Table<MacInterface>.Property("router_guard", ColumnTypes.Flag, record => record.RouterGuard),
        Table<MacInterface>.Property("arp_rate_limit", ColumnTypes.Integer, record => record.ArpRateLimit),
        Table<MacInterface>.Property("dhcp_rate_limit", ColumnTypes.Integer, record => record.DhcpRateLimit),
        Table<MacInterface>.Property("rs_rate_limit", ColumnTypes.Integer, record => record.RsRateLimit),
        Table<MacInterface>.Property("permitted_ether_types", ColumnTypes.List(static text => text), record => record.PermittedEtherType),
        Table<MacInterface>.Property("trigger_exempt", ColumnTypes.Flag, record => record.TriggerExempt),
        Table<MacInterface>.Property("profile", ColumnTypes.OptionalText, record => record.Profile),
        Table<MacInterface>.Property("holds_allocation", ColumnTypes.Flag, record => record.HoldsAllocation),
        Table<MacInterface>.Revision())
    {
        Tombstones = "removed_interface",
        TombstoneColumns = ["interface_id"],
    };

    public static readonly string SelectByName = Rows.Select("WHERE name_key = ?");
    public static readonly string SelectById = Rows.Select("WHERE interface_id = ?");
    public static readonly string SelectByAddress = Rows.Select("WHERE mac_address = ? AND vlan_id = ?");
    public static readonly string SelectLowestBetween = Rows.Select("WHERE mac_address BETWEEN ? AND ? ORDER BY mac_address, vlan_id LIMIT 1");
    public static readonly string SelectByAge = Rows.Select("ORDER BY interface_id");
    public static readonly string SelectSince = Rows.Select("WHERE revision > ?");
    public static readonly string SelectTagged =
        Rows.Select("JOIN interface_tag USING (interface_id) WHERE tag = ? AND interface_tag.interface_id > ? ORDER BY interface_tag.interface_id LIMIT ?");

    public static readonly string SelectSorted = Rows.Select("ORDER BY name_key");
    public static readonly string SelectAfter = Rows.Select("WHERE name_key > ? ORDER BY name_key LIMIT ?");
    public static readonly string SelectAfterOfVlan = Rows.Select("WHERE name_key > ? AND +vlan_id = ? ORDER BY name_key LIMIT ?");
    public static readonly string SelectNamed = Rows.Select("WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT ?");
    public static readonly string SelectOfInstances =
        Rows.Select("WHERE instance_id >= ? COLLATE NOCASE AND instance_id < ? COLLATE NOCASE ORDER BY instance_id COLLATE NOCASE, interface_id LIMIT ?");
    public static readonly string SelectBetween = Rows.Select("WHERE mac_address BETWEEN ? AND ? ORDER BY mac_address, vlan_id LIMIT ?");
    public const string SelectFixedBetween = "SELECT interface_id FROM fixed_address WHERE ip_address BETWEEN ? AND ? ORDER BY ip_address LIMIT ?";
    public static readonly string SelectOfVlan = Rows.Select("WHERE vlan_id = ? ORDER BY name_key");
    public static readonly string SelectOfInstance = Rows.Select("WHERE instance_id = ? COLLATE NOCASE ORDER BY name_key");
    public static readonly string SelectOfVlanAndInstance = Rows.Select("WHERE instance_id = ? COLLATE NOCASE AND +vlan_id = ? ORDER BY name_key");

    public const string CountWithProfile = "SELECT count(*) FROM interface WHERE profile = ?";
    public const string SelectNamesWithProfile = "SELECT name FROM interface WHERE profile = ? ORDER BY name_key LIMIT ?";
    public const string SelectVlansWithProfile = "SELECT DISTINCT vlan_id FROM interface WHERE profile = ? ORDER BY vlan_id";
    public const string MoveToProfile = "UPDATE interface SET profile = ?, revision = ? WHERE profile = ?";

    /// <summary>Leaves the tombstones of a VLAN's records.</summary>
    public static readonly string TombstoneOfVlan = Rows.TombstoneWhere("vlan_id = ?");

    public static readonly string SelectPairs = PairQuery + PairOrder;
    public static readonly string SelectPairsOfAddress = $"{PairQuery} WHERE ip_address = ?{PairOrder}";

    public static readonly string SelectPairsBetween = $"{PairQuery} WHERE ip_address BETWEEN ? AND ? ORDER BY ip_address LIMIT ?";

    public static readonly string SelectPairsWith = $"{PairQuery} WHERE own_mac_address = ? ORDER BY ip_address, name_key";

    private const string PairQuery = "SELECT ip_address, own_mac_address, name, vlan_id, mac_address FROM address_pair JOIN interface USING (interface_id)";
    private const string PairOrder = " ORDER BY ip_address, CASE own_mac_address WHEN 0 THEN mac_address ELSE own_mac_address END, name_key";

    /// <summary>The records of a statement's rows, with what belongs to them.</summary>
    public static List<MacInterface> All(SqlConnection connection, SqlStatement statement, IReadOnlyList<IInterfaceChildren> children) =>
        InterfaceChildren.Add(connection, statement.All(Rows.Read), children);

    /// <summary>The record of a statement's first row, with what belongs to it, or null if there is none.</summary>
    public static MacInterface? First(SqlConnection connection, SqlStatement statement, IReadOnlyList<IInterfaceChildren> children) =>
        statement.First(Rows.Read) is { } record ? InterfaceChildren.Add(connection, [record], children)[0] : null;

    /// <summary>An address pair from an interface's own values and the pair's.</summary>
    public static MacAddressPair ToPair(IPAddress address, long own, string interfaceName, int vlanId, MacAddress interfaceAddress) => new()
    {
        InterfaceName = interfaceName,
        VlanId = vlanId,
        IPAddress = address,
        MacAddress = own == 0 ? interfaceAddress : new MacAddress((ulong)own),
        HasOwnMacAddress = own != 0,
    };
}

using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Stores.Sql;

/// <content>Interface records and address pairs.</content>
internal partial class SqlStoreWriter
{
    public MacInterface InsertInterface(MacInterface record)
    {
        var statement = Connection.Prepare(
            """
            INSERT INTO interface (
                mac_address, instance_id, port_security, dhcp_guard, router_guard, arp_rate_limit, holds_allocation, revision, name, name_key, vlan_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING interface_id
            """);
        BindInterface(statement, record).Bind(9, record.Name).Bind(10, Key(record.Name)).Bind(11, record.VlanId);
        var stored = record with { InterfaceId = statement.Scalar() };
        InsertFixedAddresses(stored);
        return stored;
    }

    public void UpdateInterface(MacInterface record)
    {
        var statement = Connection.Prepare(
            """
            UPDATE interface
            SET mac_address = ?, instance_id = ?, port_security = ?, dhcp_guard = ?, router_guard = ?, arp_rate_limit = ?, holds_allocation = ?,
                revision = ?
            WHERE interface_id = ?
            """);
        BindInterface(statement, record).Bind(9, record.InterfaceId).Run();
        Connection.Prepare("DELETE FROM fixed_address WHERE interface_id = ?").Bind(1, record.InterfaceId).Run();
        InsertFixedAddresses(record);
    }

    public void DeleteInterface(long interfaceId)
    {
        Connection.Prepare("DELETE FROM interface WHERE interface_id = ?").Bind(1, interfaceId).Run();
        Connection
            .Prepare("INSERT INTO removed_interface (revision, interface_id) VALUES (?, ?)")
            .Bind(1, NewRevision)
            .Bind(2, interfaceId)
            .Run();
        hasRemoved = true;
    }

    public void InsertAddressPair(long interfaceId, MacAddressPair pair)
    {
        Connection
            .Prepare("INSERT INTO address_pair (interface_id, ip_address, own_mac_address) VALUES (?, ?, ?)")
            .Bind(1, interfaceId)
            .Bind(2, pair.IPAddress)
            .Bind(3, OwnAddress(pair))
            .Run();
        MarkChanged(interfaceId);
    }

    public void DeleteAddressPair(long interfaceId, MacAddressPair pair)
    {
        Connection
            .Prepare("DELETE FROM address_pair WHERE interface_id = ? AND ip_address = ? AND own_mac_address = ?")
            .Bind(1, interfaceId)
            .Bind(2, pair.IPAddress)
            .Bind(3, OwnAddress(pair))
            .Run();
        MarkChanged(interfaceId);
    }

    public void UpsertInterfaceUse(InterfaceUse use) => Connection
        .Prepare(
            """
            INSERT INTO interface_use (interface_id, enforcer_id, host_name, process, seen_at)
            SELECT interface_id, ?, ?, ?, ? FROM interface WHERE interface_id = ?
            ON CONFLICT (interface_id, enforcer_id) DO UPDATE SET host_name = excluded.host_name, process = excluded.process, seen_at = excluded.seen_at
            """)
        .Bind(1, use.EnforcerId)
        .Bind(2, use.HostName)
        .Bind(3, use.Process)
        .Bind(4, StoredNumbers.FromTime(use.SeenAt))
        .Bind(5, use.InterfaceId)
        .Run();

    public void DeleteInterfaceUses(string enforcerId) =>
        Connection.Prepare("DELETE FROM interface_use WHERE enforcer_id = ?").Bind(1, enforcerId).Run();

    private static long OwnAddress(MacAddressPair pair) => pair.HasOwnMacAddress ? Number(pair.MacAddress) : 0;

    private SqlStatement BindInterface(SqlStatement statement, MacInterface record) => statement
        .Bind(1, Number(record.MacAddress))
        .Bind(2, record.InstanceId)
        .Bind(3, record.PortSecurity)
        .Bind(4, record.DhcpGuard)
        .Bind(5, record.RouterGuard)
        .Bind(6, record.ArpRateLimit)
        .Bind(7, record.HoldsAllocation)
        .Bind(8, NewRevision);

    private void InsertFixedAddresses(MacInterface record)
    {
        for (int place = 0; place < record.IPAddress.Count; place++)
        {
            Connection
                .Prepare("INSERT INTO fixed_address (interface_id, place, ip_address, prefix_length) VALUES (?, ?, ?, ?)")
                .Bind(1, record.InterfaceId)
                .Bind(2, place)
                .Bind(3, record.IPAddress[place].Address)
                .Bind(4, record.IPAddress[place].PrefixLength)
                .Run();
        }
    }

    /// <summary>Has the snapshots read an interface anew after a change of what belongs to it.</summary>
    private void MarkChanged(long interfaceId) => Connection
        .Prepare("UPDATE interface SET revision = ? WHERE interface_id = ?")
        .Bind(1, NewRevision)
        .Bind(2, interfaceId)
        .Run();
}

using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;

namespace MacSegmentation.Stores.Sql;

/// <content>Interface records and address pairs.</content>
internal partial class SqlStoreReader
{
    public MacInterface? FindInterface(string name) => First(Connection.Prepare(InterfaceRow.SelectByName).Bind(1, Key(name)));

    public MacInterface? FindInterfaceByAddress(int vlanId, MacAddress address) => First(Connection
        .Prepare(InterfaceRow.SelectByAddress)
        .Bind(1, Number(address))
        .Bind(2, vlanId));

    public MacInterface? FindInterfaceByIPAddress(int vlanId, IPAddress address)
    {
        long? interfaceId = Connection
            .Prepare("SELECT interface_id FROM fixed_address JOIN interface USING (interface_id) WHERE ip_address = ? AND +vlan_id = ?")
            .Bind(1, address)
            .Bind(2, vlanId)
            .FirstValue(static row => row.Number(0));
        return interfaceId is { } id ? First(Connection.Prepare(InterfaceRow.SelectById).Bind(1, id)) : null;
    }

    public MacInterface? FindInterfaceIn(MacRange range) => First(Connection
        .Prepare(InterfaceRow.SelectLowestBetween)
        .Bind(1, Number(range.First))
        .Bind(2, Number(range.Last)));

    public IReadOnlyList<MacInterface> ListInterfaces(int? vlanId = null, string? instanceId = null)
    {
        var statement = (vlanId, instanceId) switch
        {
            (null, null) => Connection.Prepare(InterfaceRow.SelectSorted),
            ({ } vlan, null) => Connection.Prepare(InterfaceRow.SelectOfVlan).Bind(1, vlan),
            (null, { } instance) => Connection.Prepare(InterfaceRow.SelectOfInstance).Bind(1, instance),
            ({ } vlan, { } instance) => Connection.Prepare(InterfaceRow.SelectOfVlanAndInstance).Bind(1, instance).Bind(2, vlan),
        };
        return InterfaceRow.All(Connection, statement);
    }

    public long CountInterfaces(int vlanId) => Connection.Prepare("SELECT count(*) FROM interface WHERE vlan_id = ?").Bind(1, vlanId).Scalar();

    public IReadOnlyList<MacAddressPair> ListAddressPairs(IPAddress? address = null)
    {
        var statement = address is null
            ? Connection.Prepare(InterfaceRow.SelectPairs)
            : Connection.Prepare(InterfaceRow.SelectPairsOfAddress).Bind(1, address);
        return statement.All(static row => InterfaceRow.ToPair(row.IPAddress(0), row.Number(1), row.Text(2), (int)row.Number(3), Address(row.Number(4))));
    }

    public IReadOnlyList<InterfaceUse> ListInterfaceUses(long interfaceId) => Connection
        .Prepare("SELECT interface_id, enforcer_id, host_name, process, seen_at FROM interface_use WHERE interface_id = ? ORDER BY enforcer_id")
        .Bind(1, interfaceId)
        .All(static row => new InterfaceUse
        {
            InterfaceId = row.Number(0),
            EnforcerId = row.Text(1),
            HostName = row.Text(2),
            Process = row.Text(3),
            SeenAt = StoredNumbers.ToTime(row.Number(4)),
        });

    /// <summary>What a name is found by: names that differ in case only are the same.</summary>
    protected static string Key(string name) => name.ToUpperInvariant();

    private MacInterface? First(SqlStatement statement) => InterfaceRow.First(Connection, statement);
}

using System.Net;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Profiles;
using MacSegmentation.Stores.Profiles;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.InterfaceRecords;

/// <summary>The questions about interface records and address pairs, as queries.</summary>
internal interface ISqlInterfaceReader : IInterfaceReader, ISqlProfileReader
{
    /// <summary>What later concepts keep of interface records in tables of their own.</summary>
    IReadOnlyList<IInterfaceChildren> Children { get; }

    MacInterface? IInterfaceReader.FindInterface(string name) => First(Connection.Prepare(InterfaceTable.SelectByName).Bind(1, NameKeys.Of(name)));

    MacInterface? IInterfaceReader.FindInterfaceByAddress(int vlanId, MacAddress address) => First(Connection
        .Prepare(InterfaceTable.SelectByAddress)
        .Bind(1, address)
        .Bind(2, vlanId));

    MacInterface? IInterfaceReader.FindInterfaceByIPAddress(int vlanId, IPAddress address)
    {
        long? interfaceId = Connection
            .Prepare("SELECT interface_id FROM fixed_address JOIN interface USING (interface_id) WHERE ip_address = ? AND +vlan_id = ?")
            .Bind(1, address)
            .Bind(2, vlanId)
            .FirstValue(static row => row.Number(0));
        return interfaceId is { } id ? First(Connection.Prepare(InterfaceTable.SelectById).Bind(1, id)) : null;
    }

    MacInterface? IInterfaceReader.FindInterfaceIn(MacRange range) => First(Connection
        .Prepare(InterfaceTable.SelectLowestBetween)
        .Bind(1, range.First)
        .Bind(2, range.Last));

    MacInterface? IInterfaceReader.FindInterfaceById(long interfaceId) => First(Connection.Prepare(InterfaceTable.SelectById).Bind(1, interfaceId));

    IReadOnlyList<MacInterface> IInterfaceReader.ListInterfaces(int? vlanId, string? instanceId)
    {
        var statement = (vlanId, instanceId) switch
        {
            (null, null) => Connection.Prepare(InterfaceTable.SelectSorted),
            ({ } vlan, null) => Connection.Prepare(InterfaceTable.SelectOfVlan).Bind(1, vlan),
            (null, { } instance) => Connection.Prepare(InterfaceTable.SelectOfInstance).Bind(1, instance),
            ({ } vlan, { } instance) => Connection.Prepare(InterfaceTable.SelectOfVlanAndInstance).Bind(1, instance).Bind(2, vlan),
        };
        return InterfaceTable.All(Connection, statement, Children);
    }

    long IVlanUses.CountInterfaces(int vlanId) => Connection.Prepare("SELECT count(*) FROM interface WHERE vlan_id = ?").Bind(1, vlanId).Scalar();

    IReadOnlyList<MacAddressPair> IInterfaceReader.ListAddressPairs(IPAddress? address)
    {
        var statement = address is null
            ? Connection.Prepare(InterfaceTable.SelectPairs)
            : Connection.Prepare(InterfaceTable.SelectPairsOfAddress).Bind(1, address);
        return statement.All(ToPair);
    }

    IReadOnlyList<MacInterface> IInterfaceReader.ListInterfacesAfter(string name, int? vlanId, int limit)
    {
        var statement = vlanId is { } vlan
            ? Connection.Prepare(InterfaceTable.SelectAfterOfVlan).Bind(1, NameKeys.Of(name)).Bind(2, vlan).Bind(3, limit)
            : Connection.Prepare(InterfaceTable.SelectAfter).Bind(1, NameKeys.Of(name)).Bind(2, limit);
        return InterfaceTable.All(Connection, statement, Children);
    }

    IReadOnlyList<MacInterface> IInterfaceReader.ListInterfacesNamed(string prefix, int limit) => InterfaceTable.All(
        Connection, Connection.Prepare(InterfaceTable.SelectNamed).Bind(1, NameKeys.Of(prefix)).Bind(2, NameKeys.After(NameKeys.Of(prefix))).Bind(3, limit), Children);

    IReadOnlyList<MacInterface> IInterfaceReader.ListInterfacesOf(string prefix, int limit) => InterfaceTable.All(
        Connection, Connection.Prepare(InterfaceTable.SelectOfInstances).Bind(1, prefix).Bind(2, NameKeys.After(prefix)).Bind(3, limit), Children);

    IReadOnlyList<MacInterface> IInterfaceReader.ListInterfacesIn(MacRange range, int limit) => InterfaceTable.All(
        Connection, Connection.Prepare(InterfaceTable.SelectBetween).Bind(1, range.First).Bind(2, range.Last).Bind(3, limit), Children);

    IReadOnlyList<MacInterface> IInterfaceReader.ListInterfacesFixedBetween(IPAddress first, IPAddress last, int limit) =>
    [
        .. Connection.Prepare(InterfaceTable.SelectFixedBetween).Bind(1, first).Bind(2, last).Bind(3, limit).All(static row => row.Number(0)).Distinct()
            .Select(id => First(Connection.Prepare(InterfaceTable.SelectById).Bind(1, id))!),
    ];

    IReadOnlyList<MacAddressPair> IInterfaceReader.ListAddressPairsBetween(IPAddress first, IPAddress last, int limit) => Connection
        .Prepare(InterfaceTable.SelectPairsBetween)
        .Bind(1, first)
        .Bind(2, last)
        .Bind(3, limit)
        .All(ToPair);

    IReadOnlyList<MacAddressPair> IInterfaceReader.ListAddressPairsWith(MacAddress address) => Connection.Prepare(InterfaceTable.SelectPairsWith).Bind(1, address).All(ToPair);

    IReadOnlyList<InterfaceUse> IInterfaceReader.ListInterfaceUses(long interfaceId) =>
        Connection.Prepare(InterfaceUseTable.SelectOfInterface).Bind(1, interfaceId).All(InterfaceUseTable.Rows.Read);

    long IProfileUses.CountInterfacesWith(string profile) => Connection.Prepare(InterfaceTable.CountWithProfile).Bind(1, profile).Scalar();

    IReadOnlyList<string> IProfileUses.ListInterfacesWith(string profile, int limit) =>
        Connection.Prepare(InterfaceTable.SelectNamesWithProfile).Bind(1, profile).Bind(2, limit).All(static row => row.Text(0));

    IReadOnlyList<int> IProfileUses.ListInterfaceVlansWith(string profile) =>
        Connection.Prepare(InterfaceTable.SelectVlansWithProfile).Bind(1, profile).All(static row => (int)row.Number(0));

    private static MacAddressPair ToPair(SqlStatement row) => InterfaceTable.ToPair(row.IPAddress(0), row.Number(1), row.Text(2), (int)row.Number(3), row.MacAddress(4));

    private MacInterface? First(SqlStatement statement) => InterfaceTable.First(Connection, statement, Children);
}

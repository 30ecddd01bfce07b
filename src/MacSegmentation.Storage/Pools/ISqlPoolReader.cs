using MacSegmentation.Addressing;
using MacSegmentation.Pools;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Pools;

/// <summary>The questions about addresses that were given out, as queries.</summary>
internal interface ISqlPoolReader : IPoolReader, ISqlSession
{
    MacAllocation? IPoolReader.FindAllocation(MacAddress address) => Connection.Prepare(AllocationTable.SelectByAddress).Bind(1, address).First(AllocationTable.Rows.Read);

    MacAllocation? IPoolReader.FindAllocationIn(MacRange range) => Connection
        .Prepare(AllocationTable.SelectLowestBetween)
        .Bind(1, range.First)
        .Bind(2, range.Last)
        .First(AllocationTable.Rows.Read);

    IReadOnlyList<MacAllocation> IPoolReader.ListAllocations(int? vlanId, string? instanceId)
    {
        var statement = (vlanId, instanceId) switch
        {
            (null, null) => Connection.Prepare(AllocationTable.SelectSorted),
            ({ } vlan, null) => Connection.Prepare(AllocationTable.SelectOfVlan).Bind(1, vlan),
            (null, { } instance) => Connection.Prepare(AllocationTable.SelectOfInstance).Bind(1, instance),
            ({ } vlan, { } instance) => Connection.Prepare(AllocationTable.SelectOfInstanceAndVlan).Bind(1, instance).Bind(2, vlan),
        };
        return statement.All(AllocationTable.Rows.Read);
    }

    IReadOnlyList<MacAllocation> IPoolReader.ListAllocationsIn(MacRange range, int? vlanId, int limit)
    {
        var statement = vlanId is { } vlan ? Connection.Prepare(AllocationTable.SelectBetweenOfVlan).Bind(1, vlan) : Connection.Prepare(AllocationTable.SelectBetween);
        int place = vlanId is null ? 1 : 2;
        return statement.Bind(place, range.First).Bind(place + 1, range.Last).Bind(place + 2, limit).All(AllocationTable.Rows.Read);
    }

    IReadOnlyList<MacAllocation> IPoolReader.ListAllocationsOf(string prefix, int limit) => Connection
        .Prepare(AllocationTable.SelectOfInstances)
        .Bind(1, prefix)
        .Bind(2, NameKeys.After(prefix))
        .Bind(3, limit)
        .All(AllocationTable.Rows.Read);

    long IVlanUses.CountAllocations(int vlanId, MacRange? within) => within is { } range
        ? Connection
            .Prepare("SELECT count(*) FROM allocation WHERE +vlan_id = ? AND address BETWEEN ? AND ?")
            .Bind(1, vlanId)
            .Bind(2, range.First)
            .Bind(3, range.Last)
            .Scalar()
        : Connection.Prepare("SELECT count(*) FROM allocation WHERE vlan_id = ?").Bind(1, vlanId).Scalar();

    HeldDownAddress? IPoolReader.FindLongestHeldDown(int vlanId) => Connection
        .Prepare(HeldDownTable.SelectLongest)
        .Bind(1, vlanId)
        .Bind(2, StoredTime.From(Now))
        .First(HeldDownTable.Rows.Read);

    HeldDownAddress? IPoolReader.FindLongestHeldDownIn(int vlanId, MacRange range) => Connection
        .Prepare(HeldDownTable.SelectLongestBetween)
        .Bind(1, vlanId)
        .Bind(2, StoredTime.From(Now))
        .Bind(3, range.First)
        .Bind(4, range.Last)
        .First(HeldDownTable.Rows.Read);

    HeldDownAddress? IPoolReader.FindHeldDown(MacAddress address) => Connection.Prepare(HeldDownTable.SelectByAddress).Bind(1, address).First(HeldDownTable.Rows.Read);

    MacReservation? IPoolReader.FindReservation(MacRange range)
    {
        // Reservations share no address: the last that begins before the given range reaches farthest into it.
        var before = Connection.Prepare(ReservationTable.SelectFrom).Bind(1, range.First).First(ReservationTable.Rows.Read);
        return before?.Range.Overlaps(range) == true
            ? before
            : range.Count == 1 ? null : Connection.Prepare(ReservationTable.SelectBetween).Bind(1, range.First).Bind(2, range.Last).First(ReservationTable.Rows.Read);
    }

    IReadOnlyList<MacReservation> IPoolReader.ListReservations(int? vlanId) => vlanId is { } vlan
        ? Connection.Prepare(ReservationTable.SelectOfVlan).Bind(1, vlan).All(ReservationTable.Rows.Read)
        : Connection.Prepare(ReservationTable.SelectSorted).All(ReservationTable.Rows.Read);

    IReadOnlyList<HeldDownAddress> IPoolReader.ListReservedHeldDown(MacRange range) =>
        Connection.Prepare(ReservationTable.SelectHeldDownBetween).Bind(1, range.First).Bind(2, range.Last).All(ReservationTable.HeldDown.Read);

    IReadOnlyList<HeldDownAddress> IPoolReader.ListHeldDown(int vlanId) => Connection.Prepare(HeldDownTable.SelectOfVlan).Bind(1, vlanId).All(HeldDownTable.Rows.Read);
}

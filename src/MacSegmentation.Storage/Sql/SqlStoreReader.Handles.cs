using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.Pools;

namespace MacSegmentation.Stores.Sql;

/// <content>Handles.</content>
internal partial class SqlStoreReader
{
    public string StoreId => Connection.Prepare("SELECT store_id FROM store_identity").First(static row => row.Text(0)) ?? string.Empty;

    public MacAllocation? FindAllocationIn(MacRange range) => Connection
        .Prepare("SELECT address, vlan_id, instance_id, allocated_at, handle FROM allocation WHERE address BETWEEN ? AND ? ORDER BY address LIMIT 1")
        .Bind(1, Number(range.First))
        .Bind(2, Number(range.Last))
        .First(ToAllocation);

    public MacHandle? FindHandle(string handle, string copyInstance = "") => Connection
        .Prepare(HandleRow.SelectByHandle)
        .Bind(1, handle)
        .Bind(2, Key(copyInstance))
        .First(HandleRow.Read);

    public IReadOnlyList<string> ListKnown(IReadOnlyList<string> handles)
    {
        var known = new List<string>();
        foreach (string[] some in handles.Chunk(HandleRow.Several))
        {
            var statement = Connection.Prepare(HandleRow.SelectKnown);
            for (int i = 0; i < HandleRow.Several; i++)
            {
                statement.Bind(i + 1, some[Math.Min(i, some.Length - 1)]);
            }

            known.AddRange(statement.All(static row => row.Text(0)));
        }

        return known;
    }

    public IReadOnlyList<MacAddress> ListAllocated(IReadOnlyList<MacAddress> addresses)
    {
        var allocated = new List<MacAddress>();
        foreach (var some in addresses.Chunk(HandleRow.Several))
        {
            var statement = Connection.Prepare(HandleRow.SelectAllocated);
            for (int i = 0; i < HandleRow.Several; i++)
            {
                statement.Bind(i + 1, Number(some[Math.Min(i, some.Length - 1)]));
            }

            allocated.AddRange(statement.All(static row => Address(row.Number(0))));
        }

        return allocated;
    }

    public MacHandle? FindHandleByAddress(MacAddress address) => Connection.Prepare(HandleRow.SelectByAddress).Bind(1, Number(address)).First(HandleRow.Read);

    public IReadOnlyList<MacHandle> ListHandles(int? vlanId = null) => vlanId is { } vlan
        ? Connection.Prepare(HandleRow.SelectOfVlan).Bind(1, vlan).All(HandleRow.Read)
        : Connection.Prepare(HandleRow.SelectSorted).All(HandleRow.Read);

    public IReadOnlyList<MacHandle> ListHandlesBetween(string first, string last, int limit) => Connection
        .Prepare(HandleRow.SelectNamed)
        .Bind(1, first)
        .Bind(2, last)
        .Bind(3, limit)
        .All(HandleRow.Read);

    public IReadOnlyList<MacHandle> ListHandlesIn(MacRange range) => Connection
        .Prepare(HandleRow.SelectBetween)
        .Bind(1, Number(range.First))
        .Bind(2, Number(range.Last))
        .All(HandleRow.Read);

    public IReadOnlyList<MacHandle> ListHandlesSince(long revision, long handleId, int limit)
    {
        var handles = Connection.Prepare(HandleRow.SelectOfRevision).Bind(1, revision).Bind(2, handleId).Bind(3, limit).All(HandleRow.Read);
        if (handles.Count < limit)
        {
            handles.AddRange(Connection.Prepare(HandleRow.SelectSince).Bind(1, revision).Bind(2, limit - handles.Count).All(HandleRow.Read));
        }

        return handles;
    }

    public IReadOnlyList<MacHandle> ListUnreportedHandles(int limit) => Connection.Prepare(HandleRow.SelectUnreported).Bind(1, limit).All(HandleRow.Read);
}

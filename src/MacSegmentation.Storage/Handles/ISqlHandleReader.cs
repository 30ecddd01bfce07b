using MacSegmentation.Addressing;
using MacSegmentation.Handles;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Handles;

/// <summary>The questions about handles, as queries.</summary>
internal interface ISqlHandleReader : IHandleReader, ISqlSession
{
    IReadOnlyList<MacHandle> IHandleReader.ListHandlesNamed(string handle, string copyInstance) => Connection
        .Prepare(HandleTable.SelectByHandle)
        .Bind(1, handle)
        .Bind(2, NameKeys.Of(copyInstance))
        .All(HandleTable.Rows.Read);

    long IHandleReader.CountHeldBy(string client, long limit) => Connection.Prepare(HandleTable.CountOfClient).Bind(1, NameKeys.Of(client)).Bind(2, limit).Scalar();

    IReadOnlyList<string> IHandleReader.ListKnown(IReadOnlyList<string> handles)
    {
        var known = new List<string>();
        foreach (string[] some in handles.Chunk(HandleTable.Several))
        {
            var statement = Connection.Prepare(HandleTable.SelectKnown);
            for (int i = 0; i < HandleTable.Several; i++)
            {
                statement.Bind(i + 1, some[Math.Min(i, some.Length - 1)]);
            }

            known.AddRange(statement.All(static row => row.Text(0)));
        }

        return known;
    }

    IReadOnlyList<MacAddress> IHandleReader.ListAllocated(IReadOnlyList<MacAddress> addresses)
    {
        var allocated = new List<MacAddress>();
        foreach (var some in addresses.Chunk(HandleTable.Several))
        {
            var statement = Connection.Prepare(HandleTable.SelectAllocated);
            for (int i = 0; i < HandleTable.Several; i++)
            {
                statement.Bind(i + 1, some[Math.Min(i, some.Length - 1)]);
            }

            allocated.AddRange(statement.All(static row => row.MacAddress(0)));
        }

        return allocated;
    }

    MacHandle? IHandleReader.FindHandleByAddress(MacAddress address) => Connection.Prepare(HandleTable.SelectByAddress).Bind(1, address).First(HandleTable.Rows.Read);

    IReadOnlyList<MacHandle> IHandleReader.ListHandles(int? vlanId) => vlanId is { } vlan
        ? Connection.Prepare(HandleTable.SelectOfVlan).Bind(1, vlan).All(HandleTable.Rows.Read)
        : Connection.Prepare(HandleTable.SelectSorted).All(HandleTable.Rows.Read);

    IReadOnlyList<MacHandle> IHandleReader.ListHandlesBetween(string first, string last, int limit) => Connection
        .Prepare(HandleTable.SelectNamed)
        .Bind(1, first)
        .Bind(2, last)
        .Bind(3, limit)
        .All(HandleTable.Rows.Read);

    IReadOnlyList<MacHandle> IHandleReader.ListHandlesAfter(MacHandle? last, int limit) => Connection
        .Prepare(HandleTable.SelectAfter)
        .Bind(1, last?.Handle ?? string.Empty)
        .Bind(2, last is { IsCopy: true } copy ? NameKeys.Of(copy.InstanceId) : string.Empty)
        .Bind(3, NameKeys.Of(last?.Client ?? string.Empty))
        .Bind(4, limit)
        .All(HandleTable.Rows.Read);

    IReadOnlyList<MacHandle> IHandleReader.ListHandlesOf(string instanceId) => Connection.Prepare(HandleTable.SelectOfInstance).Bind(1, instanceId).All(HandleTable.Rows.Read);

    IReadOnlyList<MacHandle> IHandleReader.ListHandlesIn(MacRange range, int limit) => Connection
        .Prepare(HandleTable.SelectBetween)
        .Bind(1, range.First)
        .Bind(2, range.Last)
        .Bind(3, limit)
        .All(HandleTable.Rows.Read);

    IReadOnlyList<MacHandle> IHandleReader.ListHandlesSince(long revision, long handleId, int limit)
    {
        var handles = Connection.Prepare(HandleTable.SelectOfRevision).Bind(1, revision).Bind(2, handleId).Bind(3, limit).All(HandleTable.Rows.Read);
        if (handles.Count < limit)
        {
            handles.AddRange(Connection.Prepare(HandleTable.SelectSince).Bind(1, revision).Bind(2, limit - handles.Count).All(HandleTable.Rows.Read));
        }

        return handles;
    }

    IReadOnlyList<MacHandle> IHandleReader.ListUnreportedHandles(int limit) =>
        Connection.Prepare(HandleTable.SelectUnreported).Bind(1, limit).All(HandleTable.Rows.Read);
}

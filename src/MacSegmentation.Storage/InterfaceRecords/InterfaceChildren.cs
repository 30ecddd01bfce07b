using System.Runtime.InteropServices;
using MacSegmentation.Addressing;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Tags;

namespace MacSegmentation.Stores.InterfaceRecords;

/// <summary>
/// What belongs to interface records and stands in other tables: fixed addresses, tags and address pairs, and what later concepts add. Read for many records at once: to a server, each
/// question is a way there and back.
/// </summary>
internal static class InterfaceChildren
{
    /// <summary>So many records at once, and at most so far apart in their numbers: what lies between is read in vain.</summary>
    private const int MaxRun = 500;
    private const int WidestRun = 4 * MaxRun;

    private const string SelectFixed = "SELECT interface_id, ip_address, prefix_length FROM fixed_address WHERE interface_id BETWEEN ? AND ? ORDER BY interface_id, place";
    private const string SelectPairs = "SELECT interface_id, ip_address, own_mac_address FROM address_pair WHERE interface_id BETWEEN ? AND ?";

    private const string SelectTags = "SELECT interface_id, tag FROM interface_tag WHERE interface_id BETWEEN ? AND ?";

    /// <summary>Adds to records, in place, what belongs to them.</summary>
    public static List<MacInterface> Add(SqlConnection connection, List<MacInterface> records, IReadOnlyList<IInterfaceChildren> children)
    {
        int[] byId = [.. Enumerable.Range(0, records.Count)];
        Array.Sort(byId, (left, right) => records[left].InterfaceId.CompareTo(records[right].InterfaceId));
        for (int start = 0; start < byId.Length;)
        {
            long first = records[byId[start]].InterfaceId;
            int end = start + 1;
            while (end < byId.Length && end - start < MaxRun && records[byId[end]].InterfaceId - first < WidestRun)
            {
                end++;
            }

            Add(connection, records, byId.AsSpan(start, end - start), children);
            start = end;
        }

        return records;
    }

    /// <summary>Has the snapshots read an interface anew after a change of what belongs to it.</summary>
    public static void MarkChanged(ISqlChange change, long interfaceId) => change.Connection
        .Prepare("UPDATE interface SET revision = ? WHERE interface_id = ?")
        .Bind(1, change.NewRevision)
        .Bind(2, interfaceId)
        .Run();

    private static void Add(SqlConnection connection, List<MacInterface> records, ReadOnlySpan<int> run, IReadOnlyList<IInterfaceChildren> children)
    {
        long first = records[run[0]].InterfaceId;
        long last = records[run[^1]].InterfaceId;
        var addresses = Read(connection.Prepare(SelectFixed), first, last, static row => new InterfaceAddress(row.IPAddress(1), (int)row.Number(2)));
        var pairs = Read(connection.Prepare(SelectPairs), first, last, static row => (Address: row.IPAddress(1), Own: row.Number(2)));
        var tags = Read(connection.Prepare(SelectTags), first, last, static row => MacTag.OfJson(row.Text(1)));
        foreach (int place in run)
        {
            var record = records[place];
            records[place] = record with
            {
                IPAddress = Of(addresses, record.InterfaceId),
                Tag = Tags(record, Of(tags, record.InterfaceId)),
                AddressPair = Pairs(record, Of(pairs, record.InterfaceId)),

                // Most machines are named as their interface: one text for both, a hundred thousand times.
                InstanceId = string.Equals(record.InstanceId, record.Name, StringComparison.Ordinal) ? record.Name : record.InstanceId,
            };
        }

        foreach (var child in children)
        {
            var add = child.Read(connection, first, last);
            foreach (int place in run)
            {
                records[place] = add(records[place]);
            }
        }
    }

    /// <summary>What a statement with the lowest and the highest number of a record tells of each record; its number stands first.</summary>
    public static Dictionary<long, List<T>> Read<T>(SqlStatement statement, long first, long last, Func<SqlStatement, T> read)
    {
        var children = new Dictionary<long, List<T>>();
        statement.Bind(1, first).Bind(2, last).ForEach(row =>
            (CollectionsMarshal.GetValueRefOrAddDefault(children, row.Number(0), out _) ??= []).Add(read(row)));
        return children;
    }

    /// <summary>What belongs to a record.</summary>
    public static T[] Of<T>(Dictionary<long, List<T>> children, long interfaceId) => children.TryGetValue(interfaceId, out var own) ? [.. own] : [];

    private static IReadOnlyList<MacTag> Tags(MacInterface record, MacTag[] tags) => tags.Length == 0 ? record.Tag : MacTags.Normalize(tags, record.Name);

    private static MacAddressPair[] Pairs(MacInterface record, (System.Net.IPAddress Address, long Own)[] rows)
    {
        MacAddressPair[] pairs = [.. rows.Select(row => InterfaceTable.ToPair(row.Address, row.Own, record.Name, record.VlanId, record.MacAddress))];

        // Among those with the same address, a pair that follows the interface's MAC address has its place by that.
        Array.Sort(pairs, InterfaceCatalog.PairOrder);
        return pairs;
    }
}

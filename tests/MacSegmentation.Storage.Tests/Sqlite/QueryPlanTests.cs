using System.Text.RegularExpressions;
using MacSegmentation.Stores.Auditing;
using MacSegmentation.Stores.Handles;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Policies;
using MacSegmentation.Stores.Pools;
using MacSegmentation.Vlans;

namespace MacSegmentation.Stores.Sqlite;

/// <summary>A page, and what a prompt asks for, is found by an index in its sequence: it costs what is read, and not what the store holds.</summary>
public sealed partial class QueryPlanTests : IDisposable
{
    private readonly SqliteFile file = new();

    public static TheoryData<string> Statements =>
    [
        AllocationTable.SelectBetween,
        AllocationTable.SelectBetweenOfVlan,
        AllocationTable.SelectOfInstances,
        InterfaceTable.SelectAfter,
        InterfaceTable.SelectAfterOfVlan,
        InterfaceTable.SelectNamed,
        InterfaceTable.SelectOfInstances,
        InterfaceTable.SelectBetween,
        InterfaceTable.SelectFixedBetween,
        InterfaceTable.SelectPairsBetween,
        InterfaceTable.SelectTagged,
        PolicyTable.SelectAfter,
        PolicyTable.SelectAfterId,
        PolicyTable.SelectBefore,
        ReservationTable.SelectFrom,
        ReservationTable.SelectBetween,
        ReservationTable.SelectOfVlan,
        HandleTable.SelectAfter,
        HandleTable.SelectNamed,
        HandleTable.SelectBetween,
        ISqlAuditReader.SelectOldest,
        ISqlAuditReader.SelectNewest,
        ISqlAuditReader.SelectOldestOfSubject,
        ISqlAuditReader.SelectNewestOfSubject,
        ISqlAuditReader.SelectRevision,
        ISqlAuditReader.SelectRecords,
    ];

    public void Dispose() => file.Dispose();

    [Theory]
    [MemberData(nameof(Statements))]
    public void It_is_led_by_an_index_and_sorted_by_it(string statement)
    {
        using (var store = new StoreFactory().Open(new MacStoreOptions { Path = file.Path }))
        {
            store.Write(writer => VlanCatalog.Create(writer, new MacVlan { VlanId = 10 }));
        }

        using var connection = file.Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The store's own text.
        command.CommandText = $"EXPLAIN QUERY PLAN {Placeholder().Replace(statement, "1")}";
#pragma warning restore CA2100

        var steps = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.StartsWith("SEARCH", step, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\?\d*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

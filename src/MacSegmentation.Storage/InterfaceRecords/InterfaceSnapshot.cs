using System.Collections.Immutable;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.InterfaceRecords;

/// <summary>
/// The part of a snapshot that tells of interface records. Of a hundred thousand records only those are read that were
/// written since the snapshot before; the others are taken over as they are.
/// </summary>
internal static class InterfaceSnapshot
{
    /// <summary>The records by ascending id.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    /// <param name="children">What later concepts keep of records in tables of their own.</param>
    public static ImmutableArray<MacInterface> Read(SqlConnection connection, ConfigurationSnapshot? followed, IReadOnlyList<IInterfaceChildren> children)
    {
        if (followed is null)
        {
            return [.. InterfaceTable.All(connection, connection.Prepare(InterfaceTable.SelectByAge), children)];
        }

        var changes = new SortedDictionary<long, MacInterface?>();
        connection.Prepare("SELECT interface_id FROM removed_interface WHERE revision > ?")
            .Bind(1, followed.Revision)
            .ForEach(row => changes[row.Number(0)] = null);
        foreach (var record in InterfaceTable.All(connection, connection.Prepare(InterfaceTable.SelectSince).Bind(1, followed.Revision), children))
        {
            changes[record.InterfaceId] = record;
        }

        return changes.Count == 0 ? followed.Interfaces : Merge(followed.Interfaces, changes);
    }

    /// <summary>The records with the changes, each under its id: a record as it is now, or null for one that is gone.</summary>
    private static ImmutableArray<MacInterface> Merge(ImmutableArray<MacInterface> before, SortedDictionary<long, MacInterface?> changes)
    {
        // What lies between two changes is copied in one piece, without a look at it.
        var merged = ImmutableArray.CreateBuilder<MacInterface>(before.Length + changes.Count);
        var rest = before.AsSpan();
        foreach (var (interfaceId, record) in changes)
        {
            int place = rest.BinarySearch(new WithId(interfaceId));
            bool isKnown = place >= 0;
            place = isKnown ? place : ~place;
            merged.AddRange(rest[..place]);
            if (record is not null)
            {
                merged.Add(record);
            }

            rest = rest[(isKnown ? place + 1 : place)..];
        }

        merged.AddRange(rest);
        return merged.DrainToImmutable();
    }

    private readonly struct WithId(long interfaceId) : IComparable<MacInterface>
    {
        public int CompareTo(MacInterface? other) => interfaceId.CompareTo(other!.InterfaceId);
    }
}

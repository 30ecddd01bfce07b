using MacSegmentation.Auditing;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Auditing;

/// <summary>Records of any table, as statements that are made of what the schema says. They are few, and not worth keeping.</summary>
internal interface ISqlRecordWriter : IRecordWriter, ISqlChange
{
    /// <summary>What readers of snapshots ask whether anything of a concept has changed.</summary>
    private static readonly string[] Markers = ["security_group_change", "partition_change", "trigger_change", "profile_change", "session_change"];

    /// <summary>The tables of all concepts, with the tombstones that their rows leave.</summary>
    IReadOnlyList<IFollowedTable> FollowedTables { get; }

    IReadOnlyDictionary<string, object?>? IRecordWriter.FindRecord(string table, string key) => Find(TableOf(table), key);

    string? IRecordWriter.PutRecord(string table, string key, IReadOnlyDictionary<string, object?> image, IReadOnlyCollection<string>? columns)
    {
        var known = TableOf(table);
        var present = Find(known, key);
        var wanted = present is null || columns is null
            ? image
            : present.ToDictionary(column => column.Key, column => columns.Contains(column.Key, StringComparer.Ordinal) ? image.GetValueOrDefault(column.Key) : column.Value, StringComparer.Ordinal);
        if (WhyNot(known, wanted, key) is { } reason)
        {
            return reason;
        }

        if (present is null)
        {
            Insert(known, wanted);
        }
        else
        {
            Update(known, key, wanted);
        }

        MarkChanged(known, wanted);
        return null;
    }

    void IRecordWriter.DeleteRecord(string table, string key)
    {
        var known = TableOf(table);
        if (Find(known, key) is not { } image)
        {
            return;
        }

        if (FollowedTables.FirstOrDefault(followed => string.Equals(followed.Name, table, StringComparison.Ordinal)) is { Tombstones: { } tombstones } left)
        {
            string kept = string.Join(", ", left.TombstoneColumns);
            using var leave = Connection.PrepareOnce($"INSERT INTO {tombstones} (revision, {kept}) SELECT ?, {kept} FROM {StoreTable.Quoted(table)} WHERE {Condition(known)}");
            leave.Bind(1, NewRevision);
            BindKey(leave, known, key, from: 2);
            leave.Run();
            NoteTombstone();
        }

        using (var delete = Connection.PrepareOnce($"DELETE FROM {StoreTable.Quoted(table)} WHERE {Condition(known)}"))
        {
            BindKey(delete, known, key, from: 1);
            delete.Run();
        }

        MarkChanged(known, image);
    }

    private StoreTable TableOf(string name) => Connection.Tables.Single(table => string.Equals(table.Name, name, StringComparison.Ordinal));

    private static string Condition(StoreTable table) => table.HasKey ? string.Join(" AND ", table.Key.Select(column => $"{StoreTable.Quoted(column)} = ?")) : "1 = 1";

    private static void BindKey(SqlStatement statement, StoreTable table, string key, int from)
    {
        if (!table.HasKey)
        {
            return;
        }

        // A text may have strokes in it: it is the last part then, or the only one.
        string[] parts = key.Split('/', table.Key.Count);
        for (int i = 0; i < table.Key.Count; i++)
        {
            var kind = table.Columns.First(column => string.Equals(column.Name, table.Key[i], StringComparison.Ordinal)).Kind;
            RecordImages.Bind(statement, from + i, kind, kind is StoreColumnKind.Number ? long.Parse(parts[i], System.Globalization.CultureInfo.InvariantCulture) : parts[i]);
        }
    }

    private IReadOnlyDictionary<string, object?>? Find(StoreTable table, string key)
    {
        using var select = Connection.PrepareOnce(
            $"SELECT {string.Join(", ", RecordedTables.Columns(table).Select(column => StoreTable.Quoted(column.Name)))} FROM {StoreTable.Quoted(table.Name)} WHERE {Condition(table)}");
        BindKey(select, table, key, from: 1);
        return select.First(row => RecordImages.Read(table, row));
    }

    /// <summary>What the tables would not take, in words.</summary>
    private string? WhyNot(StoreTable table, IReadOnlyDictionary<string, object?> image, string key)
    {
        foreach (var reference in table.References.Where(reference => image.GetValueOrDefault(reference.Column) is not null))
        {
            using var count = Connection.PrepareOnce($"SELECT count(*) FROM {StoreTable.Quoted(reference.Table)} WHERE {StoreTable.Quoted(reference.Key)} = ?");
            RecordImages.Bind(count, 1, KindOf(table, reference.Column), image[reference.Column]);
            if (count.Scalar() == 0)
            {
                return $"what it belongs to is gone ({reference.Table} {image[reference.Column]})";
            }
        }

        foreach (var unique in table.Uniques.Where(unique => unique.All(column => image.GetValueOrDefault(column) is not null)))
        {
            using var others = Connection.PrepareOnce(
                $"SELECT {string.Join(", ", RecordedTables.Columns(table).Select(column => StoreTable.Quoted(column.Name)))} FROM {StoreTable.Quoted(table.Name)} WHERE {string.Join(" AND ", unique.Select(column => $"{StoreTable.Quoted(column)} = ?"))}");
            for (int i = 0; i < unique.Count; i++)
            {
                RecordImages.Bind(others, i + 1, KindOf(table, unique[i]), image[unique[i]]);
            }

            if (others.All(row => RecordImages.KeyOf(table, RecordImages.Read(table, row))).Exists(other => !string.Equals(other, key, StringComparison.Ordinal)))
            {
                return $"another one has its {string.Join(" and ", unique.Select(column => $"{column} {RecordImages.Describe(table.Name, column, image[column])}"))} by now";
            }
        }

        return null;
    }

    private void Insert(StoreTable table, IReadOnlyDictionary<string, object?> image)
    {
        // What says when a row changed is as new as the row; what says how it was used is not known any more.
        (StoreColumn Column, object? Value)[] values =
        [
            .. table.Columns.Select(column => (column, image.TryGetValue(column.Name, out object? value) ? value
                : column.Name is "revision" or "created" ? NewRevision
                : column.Name is "is_reported" ? 1L
                : null)),
        ];
        using var insert = Connection.PrepareOnce(table.Insert);
        for (int i = 0; i < values.Length; i++)
        {
            RecordImages.Bind(insert, i + 1, values[i].Column.Kind, values[i].Value);
        }

        insert.Run();
    }

    private void Update(StoreTable table, string key, IReadOnlyDictionary<string, object?> image)
    {
        StoreColumn[] columns = [.. RecordedTables.Columns(table).Where(column => !(table.HasKey && table.Key.Contains(column.Name, StringComparer.Ordinal)))];
        bool hasRevision = RecordedTables.PassingColumns(table).Contains("revision", StringComparer.Ordinal);
        using var update = Connection.PrepareOnce(
            $"UPDATE {StoreTable.Quoted(table.Name)} SET {string.Join(", ", columns.Select(column => $"{StoreTable.Quoted(column.Name)} = ?"))}{(hasRevision ? ", revision = ?" : string.Empty)} WHERE {Condition(table)}");
        for (int i = 0; i < columns.Length; i++)
        {
            RecordImages.Bind(update, i + 1, columns[i].Kind, image.GetValueOrDefault(columns[i].Name));
        }

        if (hasRevision)
        {
            update.Bind(columns.Length + 1, NewRevision);
        }

        BindKey(update, table, key, columns.Length + (hasRevision ? 2 : 1));
        update.Run();
    }

    /// <summary>Readers of snapshots ask for what is new: an interface record whose parts have changed is, and whether anything of the other concepts is.</summary>
    private void MarkChanged(StoreTable table, IReadOnlyDictionary<string, object?> image)
    {
        if (image.GetValueOrDefault("interface_id") is long interfaceId && table.Name is not "interface")
        {
            using var mark = Connection.PrepareOnce("UPDATE interface SET revision = ? WHERE interface_id = ?");
            mark.Bind(1, NewRevision).Bind(2, interfaceId).Run();
        }

        // They bear the names of their groups.
        if (table.Name is "security_group" && image.GetValueOrDefault("group_id") is long groupId)
        {
            using var mark = Connection.PrepareOnce("UPDATE interface SET revision = ? WHERE interface_id IN (SELECT interface_id FROM security_group_member WHERE group_id = ?)");
            mark.Bind(1, NewRevision).Bind(2, groupId).Run();
        }

        foreach (string marker in Markers)
        {
            using var mark = Connection.PrepareOnce($"UPDATE {marker} SET revision = ?");
            mark.Bind(1, NewRevision).Run();
        }
    }

    private static StoreColumnKind KindOf(StoreTable table, string column) => table.Columns.First(known => string.Equals(known.Name, column, StringComparison.Ordinal)).Kind;
}

using MacSegmentation.Auditing;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Auditing;

/// <summary>What was recorded of changes, as queries. It is read from two tables: who changed something, when and why stands once a transaction.</summary>
internal interface ISqlAuditReader : IAuditReader, ISqlSession
{
    internal const string SelectOldest = SelectEvents + Filter + " ORDER BY audit_id LIMIT ?5";
    internal const string SelectNewest = SelectEvents + Filter + " ORDER BY audit_id DESC LIMIT ?5";
    internal const string SelectOldestOfSubject = SelectEvents + OfSubject + Filter + " ORDER BY audit_id LIMIT ?5";
    internal const string SelectNewestOfSubject = SelectEvents + OfSubject + Filter + " ORDER BY audit_id DESC LIMIT ?5";

    internal const string SelectRevision = "SELECT audit_id, revision FROM audit WHERE audit_id >= ? ORDER BY audit_id LIMIT 1";

    internal const string SelectRecords = "SELECT table_name, before, after FROM audit_record WHERE revision > ? AND revision <= ? ORDER BY revision, record_id";

    private const string SelectEvents =
        """
        SELECT audit_id, time, "user", host_name, process, action, vlan_id, subject, detail, revision, reason
        FROM audit JOIN change USING (revision)
        WHERE
        """;

    private const string OfSubject = " lower(subject) = ?11 AND";

    private const string Filter =
        """
         audit_id > ?4 AND audit_id < ?6 AND (?1 IS NULL OR vlan_id = ?1) AND (?2 = '' OR action = ?2) AND (?3 IS NULL OR time >= ?3) AND (?7 IS NULL OR time <= ?7)
        AND (?8 = '' OR lower("user") LIKE ?8 ESCAPE '\') AND (?9 = '' OR lower(subject) LIKE ?9 ESCAPE '\') AND (?10 = '' OR lower(reason) LIKE ?10 ESCAPE '\')
        """;

    AuditSettings IAuditReader.AuditSettings => new()
    {
        IsReasonRequired = Connection.Prepare("SELECT is_reason_required FROM audit_settings").Scalar() != 0,
    };

    IReadOnlyDictionary<AuditAction, long> IAuditReader.CountAuditEvents(long auditId) => Connection
        .Prepare("SELECT action, count(*) FROM audit WHERE audit_id > ? GROUP BY action")
        .Bind(1, auditId)
        .All(static row => KeyValuePair.Create(StoredAction.To(row.Text(0)), row.Number(1)))
        .ToDictionary();

    (long After, long Before) IAuditReader.FindAuditBounds(DateTimeOffset? since, DateTimeOffset? until)
    {
        long after = 0;
        long before = long.MaxValue;
        if (since is { } from)
        {
            long? first = OptionalScalar(Connection.Prepare("SELECT min(revision) FROM change WHERE time >= ?").Bind(1, StoredTime.From(from)));
            after = first is null ? long.MaxValue - 1 : FirstEventFrom(first.Value) - 1;
        }

        if (until is { } to)
        {
            long? last = OptionalScalar(Connection.Prepare("SELECT max(revision) FROM change WHERE time <= ?").Bind(1, StoredTime.From(to)));
            before = last is null ? 0 : FirstEventFrom(last.Value + 1);
        }

        return (after, before);
    }

    IReadOnlyList<MacAuditEvent> IAuditReader.ListAuditEvents(AuditQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);

        // Those that a limit takes come first.
        bool isPage = query.Oldest is not null;
        string? exact = query.Subject is { } subject && subject.AsSpan().IndexOfAny('*', '?') < 0 ? subject : null;
        var statement = query.Revision is null && exact is not null
            ? Connection.Prepare(isPage ? SelectOldestOfSubject : SelectNewestOfSubject).Bind(11, Lower(exact))
            : Connection.Prepare(isPage ? SelectOldest : SelectNewest);
        long after = query.After;
        long before = query.Before;
        if (query.Revision is { } revision)
        {
            after = Math.Max(after, FirstEventFrom(revision) - 1);
            before = Math.Min(before, FirstEventFrom(revision + 1));
        }

        var events = statement
            .Bind(1, query.VlanId)
            .Bind(2, query.Action is { } action ? StoredAction.From(action) : string.Empty)
            .Bind(3, query.Since is { } since ? StoredTime.From(since) : null)
            .Bind(4, after)
            .Bind(5, query.Oldest ?? query.Newest ?? long.MaxValue)
            .Bind(6, before)
            .Bind(7, query.Until is { } until ? StoredTime.From(until) : null)
            .Bind(8, Pattern(query.User))
            .Bind(9, Pattern(query.Revision is null && exact is not null ? null : query.Subject))
            .Bind(10, Pattern(query.Reason))
            .All(static row => new MacAuditEvent
            {
                AuditId = row.Number(0),
                Time = StoredTime.To(row.Number(1)),
                User = row.Text(2),
                HostName = row.Text(3),
                Process = row.Text(4),
                Action = StoredAction.To(row.Text(5)),
                VlanId = (int)row.Number(6),
                Subject = row.Text(7),
                Detail = row.Text(8),
                Revision = row.Number(9),
                Reason = row.Text(10),
            });
        if (!isPage)
        {
            events.Reverse();
        }

        return events;
    }

    long IAuditReader.RecordedFrom => Connection.Prepare("SELECT recorded_from FROM audit_settings").Scalar();

    string? IAuditReader.Describe(string table, string column, object? value) => RecordImages.Describe(table, column, value);

    string IAuditReader.DescribeKey(string table, string key)
    {
        var known = Connection.Tables.First(one => string.Equals(one.Name, table, StringComparison.Ordinal));
        return known.HasKey
            ? string.Join('/', key.Split('/', known.Key.Count).Zip(known.Key, (part, column) => RecordImages.Describe(table, column, long.TryParse(part, out long number) ? number : part)))
            : key;
    }

    IReadOnlyList<RecordChange> IAuditReader.ListRecordChanges(long after, long upTo)
    {
        var tables = Connection.Tables.Select((table, place) => (table, place)).ToDictionary(table => table.table.Name, StringComparer.Ordinal);
        var changes = new Dictionary<(string Table, string Key), RecordChange>();
        var ended = new HashSet<(string Key, long GivenAt)>();
        Connection.Prepare(SelectRecords).Bind(1, after).Bind(2, upTo).ForEach(row =>
        {
            // A table that a later version has no more is of no use to it.
            if (tables.TryGetValue(row.Text(0), out var table))
            {
                var before = RecordImages.Parse(row.IsNull(1) ? null : row.Text(1));
                var now = RecordImages.Parse(row.IsNull(2) ? null : row.Text(2));
                var key = (row.Text(0), RecordImages.KeyOf(table.table, now ?? before!));
                if (RecordedTables.SaysEventAll(key.Item1) && before is not null)
                {
                    ended.Add((key.Item2, (long)before["allocated_at"]!));
                }

                changes[key] = changes.TryGetValue(key, out var known) ? known with { After = now } : new RecordChange(key.Item1, key.Item2, before, now);
            }
        });
        AddAllocations(changes, ended, after, upTo);
        return
        [
            .. changes.Values.Where(change => !RecordChange.AreEqual(change.Before, change.After))
                .OrderBy(change => tables[change.Table].place).ThenBy(change => change.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Addresses that were given out are recorded by their events. What came of one is recorded after it, with the time at which it was given: an account of what was there first is none if
    /// that was given in these revisions, and one of which nothing is recorded stands.
    /// </summary>
    private void AddAllocations(Dictionary<(string Table, string Key), RecordChange> changes, HashSet<(string Key, long GivenAt)> ended, long after, long upTo)
    {
        const string Table = "allocation";
        var given = ListAuditEvents(new AuditQuery
        {
            Action = AuditAction.AllocateAddress, After = FirstEventFrom(after + 1) - 1, Before = FirstEventFrom(upTo + 1), Oldest = int.MaxValue,
        });
        foreach (var image in given.Select(RecordImages.OfAllocation))
        {
            var key = (Table, Key: $"{image["address"]}");
            long givenAt = (long)image["allocated_at"]!;
            var recorded = changes.GetValueOrDefault(key) ?? new RecordChange(Table, key.Key, null, null);
            if (recorded.Before is { } first && Equals(first["allocated_at"], givenAt))
            {
                recorded = recorded with { Before = null };
            }

            changes[key] = ended.Contains((key.Key, givenAt)) ? recorded : recorded with { After = image };
        }
    }

    /// <summary>The first event of a revision or a later one, or the number after the last: events are numbered as they come, and each revision comes after the one before.</summary>
    private long FirstEventFrom(long revision)
    {
        long below = 0;
        long above = OptionalScalar(Connection.Prepare("SELECT max(audit_id) FROM audit")) + 1 ?? 1;
        while (above - below > 1)
        {
            // The event in the middle, or the next one where there is none.
            long middle = below + ((above - below) / 2);
            var (auditId, its) = Connection.Prepare(SelectRevision).Bind(1, middle).FirstValue(static row => (row.Number(0), row.Number(1))) ?? (above, long.MaxValue);
            if (its < revision)
            {
                below = auditId;
            }
            else
            {
                above = middle;
            }
        }

        return above;
    }

    private static long? OptionalScalar(SqlStatement statement) =>
        statement.FirstValue(static row => (HasValue: !row.IsNull(0), Value: row.Number(0))) is { HasValue: true } found ? found.Value : null;

    /// <summary>A pattern as LIKE has it; empty for none. Databases know the case of the letters A to Z only.</summary>
    private static string Pattern(string? pattern) => pattern is null
        ? string.Empty
        : Lower(pattern).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)
            .Replace('*', '%').Replace('?', '_');

    private static string Lower(string text) => string.Create(text.Length, text, static (lower, given) =>
    {
        for (int i = 0; i < given.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(given[i]) ? (char)(given[i] | 0x20) : given[i];
        }
    });
}

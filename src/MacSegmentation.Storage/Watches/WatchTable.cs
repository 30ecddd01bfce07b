using MacSegmentation.Stores.Tables;
using MacSegmentation.Watches;

namespace MacSegmentation.Stores.Watches;

/// <summary>The tables of watches and of what waits for delivery. They are observed: nobody is told.</summary>
internal static class WatchTable
{
    public static readonly Table<MacWatch> Rows = new(
        "event_watch",
        static () => new MacWatch { Name = string.Empty },
        Table<MacWatch>.NaturalKey("name_key", ColumnTypes.NameKey, watch => watch.Name),
        Table<MacWatch>.Property("name", ColumnTypes.Text, watch => watch.Name),
        Table<MacWatch>.Property("holder", ColumnTypes.Text, watch => watch.Holder),
        Table<MacWatch>.Property("host_name", ColumnTypes.Text, watch => watch.HostName),
        Table<MacWatch>.Property("process", ColumnTypes.Text, watch => watch.Process),
        Table<MacWatch>.Property("held_until", ColumnTypes.TimeOrZero, watch => watch.HeldUntil),
        Table<MacWatch>.Property("known", ColumnTypes.Text, watch => watch.Known),
        Table<MacWatch>.Property("last_event", ColumnTypes.Number, watch => watch.LastEvent),
        Table<MacWatch>.Property("lost", ColumnTypes.Number, watch => watch.Lost),
        Table<MacWatch>.Property("lost_in_all", ColumnTypes.Number, watch => watch.LostInAll),
        Table<MacWatch>.Property("delivered", ColumnTypes.Number, watch => watch.Delivered),
        Table<MacWatch>.Property("delivered_at", ColumnTypes.OptionalTime, watch => watch.DeliveredAt))
    {
        IsQuiet = true,
    };

    public static readonly Table<SpooledRow> Spool = new(
        "spooled_event",
        static () => new SpooledRow(),
        Table<SpooledRow>.Property("watch_key", ColumnTypes.Text, row => row.WatchKey),
        Table<SpooledRow>.Property("event_number", ColumnTypes.Number, row => row.Number),
        Table<SpooledRow>.Property("event_id", ColumnTypes.Text, row => row.EventId),
        Table<SpooledRow>.Property("kind", ColumnTypes.Text, row => row.Kind),
        Table<SpooledRow>.Property("noticed_at", ColumnTypes.Time, row => row.Time),
        Table<SpooledRow>.Property("condition", ColumnTypes.Text, row => row.Condition),
        Table<SpooledRow>.Property("subject", ColumnTypes.Text, row => row.Subject),
        Table<SpooledRow>.Property("message", ColumnTypes.Text, row => row.Message),
        Table<SpooledRow>.Property("store_id", ColumnTypes.Text, row => row.StoreId))
    {
        IsQuiet = true,
    };

    public static readonly string Select = Rows.Select("WHERE name_key = ?");
    public static readonly string SelectAll = Rows.Select("ORDER BY name_key");
    public static readonly string SelectSpool = Spool.Select("WHERE watch_key = ? ORDER BY event_number LIMIT ?");

    public const string Put =
        """
        INSERT INTO event_watch (name_key, name, holder, host_name, process, held_until, known, last_event, lost, lost_in_all, delivered, delivered_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (name_key) DO UPDATE SET holder = excluded.holder, host_name = excluded.host_name, process = excluded.process, held_until = excluded.held_until, known = excluded.known,
        last_event = excluded.last_event, lost = excluded.lost, lost_in_all = excluded.lost_in_all, delivered = excluded.delivered, delivered_at = excluded.delivered_at
        """;

    public const string PutSpooled =
        "INSERT INTO spooled_event (watch_key, event_number, event_id, kind, noticed_at, condition, subject, message, store_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /// <summary>A row of the spool.</summary>
    internal sealed record SpooledRow
    {
        public string WatchKey { get; init; } = string.Empty;

        public long Number { get; init; }

        public string EventId { get; init; } = string.Empty;

        public string Kind { get; init; } = string.Empty;

        public DateTimeOffset Time { get; init; }

        public string Condition { get; init; } = string.Empty;

        public string Subject { get; init; } = string.Empty;

        public string Message { get; init; } = string.Empty;

        public string StoreId { get; init; } = string.Empty;

        public SpooledEvent ToEvent(string watch) => new(watch, Number, new MacStoreEvent
        {
            Id = EventId, Kind = Kind, Time = Time, Watch = watch, Condition = Condition, Subject = Subject, Message = Message, StoreId = StoreId,
        });
    }
}

namespace MacSegmentation.Stores.Schema;

/// <content>The step that brought what watches look at and tell.</content>
internal static partial class StoreTables
{
    /// <summary>Enforcers of all hosts, as they told of themselves; watches, each held by one process; and the events of each that wait for delivery. All of it is observed.</summary>
    public const string Version19 =
        """
        CREATE TABLE running_enforcer (
            enforcer_id TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            host_name TEXT NOT NULL,
            process TEXT NOT NULL,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 1),
            ports TEXT NOT NULL,
            port_count INTEGER NOT NULL,
            ports_down INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            table_error TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL,
            frames_in INTEGER NOT NULL,
            frames_denied INTEGER NOT NULL,
            spoof_refusals INTEGER NOT NULL);
        CREATE TABLE event_watch (
            name_key TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            holder TEXT NOT NULL,
            host_name TEXT NOT NULL,
            process TEXT NOT NULL,
            held_until INTEGER NOT NULL,
            known TEXT NOT NULL,
            last_event INTEGER NOT NULL,
            lost INTEGER NOT NULL,
            lost_in_all INTEGER NOT NULL,
            delivered INTEGER NOT NULL,
            delivered_at INTEGER);
        CREATE TABLE spooled_event (
            watch_key TEXT NOT NULL REFERENCES event_watch ON DELETE CASCADE,
            event_number INTEGER NOT NULL CHECK (event_number > 0),
            event_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            noticed_at INTEGER NOT NULL,
            condition TEXT NOT NULL,
            subject TEXT NOT NULL,
            message TEXT NOT NULL,
            store_id TEXT NOT NULL,
            PRIMARY KEY (watch_key, event_number))
        """;
}

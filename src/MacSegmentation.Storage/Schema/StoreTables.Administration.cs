namespace MacSegmentation.Stores.Schema;

/// <content>The step that brought policies with a life, and reserved addresses.</content>
internal static partial class StoreTables
{
    /// <summary>
    /// What is said of a policy, and whether and until when it is in force. Addresses of pools that are neither given out nor free: no free interval meets a reservation, and what was released
    /// in one waits apart from what is held down, as it was, until the reservation is taken back.
    /// </summary>
    public const string Version16 =
        """
        ALTER TABLE policy ADD COLUMN description TEXT NOT NULL DEFAULT '';
        ALTER TABLE policy ADD COLUMN is_disabled INTEGER NOT NULL DEFAULT 0 CHECK (is_disabled BETWEEN 0 AND 1);
        ALTER TABLE policy ADD COLUMN expires_at INTEGER;
        CREATE TABLE reservation (
            first INTEGER PRIMARY KEY CHECK (first BETWEEN 0 AND 0xFFFFFFFFFFFF),
            last INTEGER NOT NULL CHECK (last BETWEEN first AND 0xFFFFFFFFFFFF),
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            description TEXT NOT NULL);
        CREATE INDEX reservation_vlan ON reservation (vlan_id, first);
        CREATE TABLE reserved_resting (
            address INTEGER PRIMARY KEY CHECK (address BETWEEN 0 AND 0xFFFFFFFFFFFF),
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            released_at INTEGER NOT NULL,
            rests_until INTEGER NOT NULL);
        CREATE INDEX reserved_resting_vlan ON reserved_resting (vlan_id, address)
        """;
}

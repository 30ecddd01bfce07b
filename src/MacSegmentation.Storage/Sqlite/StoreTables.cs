namespace MacSegmentation.Stores.Sqlite;

/// <summary>The steps of the schema. Addresses are numbers, times are microseconds since 1970 in UTC.</summary>
internal static class StoreTables
{
    /// <summary>
    /// What changes share (who, when) is stored once a revision. Rows that decide over frames carry the revision of their last change, and
    /// removed policies leave a trace, so that a reader of snapshots asks for what is new.
    /// </summary>
    public const string Version1 =
        """
        CREATE TABLE change (
            revision INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            user TEXT NOT NULL,
            host_name TEXT NOT NULL,
            process TEXT NOT NULL);
        CREATE TABLE audit (
            audit_id INTEGER PRIMARY KEY,
            revision INTEGER NOT NULL REFERENCES change,
            action TEXT NOT NULL,
            vlan_id INTEGER NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL);
        CREATE TABLE vlan (
            vlan_id INTEGER PRIMARY KEY CHECK (vlan_id BETWEEN 1 AND 4094),
            name TEXT NOT NULL,
            default_action INTEGER NOT NULL CHECK (default_action BETWEEN 0 AND 2),
            reuse_delay INTEGER NOT NULL CHECK (reuse_delay >= 0),
            created INTEGER NOT NULL);
        CREATE TABLE vlan_range (
            first INTEGER PRIMARY KEY CHECK (first BETWEEN 0 AND 0xFFFFFFFFFFFF),
            last INTEGER NOT NULL CHECK (last BETWEEN first AND 0xFFFFFFFFFFFF),
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE);
        CREATE INDEX vlan_range_vlan ON vlan_range (vlan_id);
        CREATE TABLE free_interval (
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            first INTEGER NOT NULL CHECK (first BETWEEN 0 AND 0xFFFFFFFFFFFF),
            last INTEGER NOT NULL CHECK (last BETWEEN first AND 0xFFFFFFFFFFFF),
            PRIMARY KEY (vlan_id, first)) WITHOUT ROWID;
        CREATE TABLE allocation (
            address INTEGER PRIMARY KEY CHECK (address BETWEEN 0 AND 0xFFFFFFFFFFFF),
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            instance_id TEXT NOT NULL COLLATE NOCASE,
            allocated_at INTEGER NOT NULL);
        CREATE INDEX allocation_vlan ON allocation (vlan_id);
        CREATE INDEX allocation_instance ON allocation (instance_id);
        CREATE TABLE resting (
            address INTEGER PRIMARY KEY CHECK (address BETWEEN 0 AND 0xFFFFFFFFFFFF),
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            released_at INTEGER NOT NULL);
        CREATE INDEX resting_longest ON resting (vlan_id, released_at);
        CREATE TABLE policy (
            policy_id INTEGER PRIMARY KEY AUTOINCREMENT,
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            position INTEGER NOT NULL,
            source INTEGER NOT NULL CHECK (source BETWEEN 0 AND 0xFFFFFFFFFFFF),
            source_length INTEGER NOT NULL CHECK (source_length BETWEEN 0 AND 48),
            destination INTEGER NOT NULL CHECK (destination BETWEEN 0 AND 0xFFFFFFFFFFFF),
            destination_length INTEGER NOT NULL CHECK (destination_length BETWEEN 0 AND 48),
            action INTEGER NOT NULL CHECK (action BETWEEN 0 AND 2),
            revision INTEGER NOT NULL);
        CREATE UNIQUE INDEX policy_position ON policy (vlan_id, position);
        CREATE UNIQUE INDEX policy_meaning ON policy (vlan_id, source, source_length, destination, destination_length, action);
        CREATE INDEX policy_revision ON policy (revision);
        CREATE TABLE removed_policy (
            revision INTEGER NOT NULL,
            policy_id INTEGER NOT NULL,
            vlan_id INTEGER NOT NULL,
            PRIMARY KEY (revision, policy_id)) WITHOUT ROWID
        """;
}

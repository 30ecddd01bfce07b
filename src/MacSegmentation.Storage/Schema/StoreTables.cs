namespace MacSegmentation.Stores.Schema;

/// <summary>The steps of the schema. Addresses are numbers, times are microseconds since 1970 in UTC.</summary>
internal static partial class StoreTables
{
    /// <summary>
    /// The steps: the one at index n leads from version n to n + 1; version 0 is an empty database. A step that was released is never changed.
    /// They are written for SQLite; another database gets them in its own words, for which they keep to what is here: columns are INTEGER (64
    /// bits), TEXT or BLOB, statements end with a semicolon and a new line.
    /// </summary>
    public static IReadOnlyList<string> Steps { get; } = [Version1, Version2, Version3, Version4, Version5, Version6, Version7, Version8, Version9, Version10, Version11, Version12, Version13, Version14, Version15, Version16, Version17, Version18, Version19];

    /// <summary>
    /// What changes share (who, when) is stored once a revision. Rows that decide over frames carry the revision of their last change, and
    /// removed policies leave a tombstone, so that a reader of snapshots asks for what is new.
    /// </summary>
    public const string Version1 =
        """
        CREATE TABLE change (
            revision INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            "user" TEXT NOT NULL,
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

    /// <summary>
    /// Interface records, address pairs and security groups. IP addresses are their numbers of 128 bits, most significant octet first; names
    /// are found by their key, the name in capitals. An interface row carries the revision of the last change to it, its addresses, its pairs
    /// or its memberships, and a removed one leaves a tombstone; of the groups and their rules it is only known when any changed last.
    /// </summary>
    public const string Version2 =
        """
        ALTER TABLE vlan ADD COLUMN arp_responder INTEGER NOT NULL DEFAULT 0 CHECK (arp_responder BETWEEN 0 AND 1);
        CREATE TABLE interface (
            interface_id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            mac_address INTEGER NOT NULL CHECK (mac_address BETWEEN 1 AND 0xFFFFFFFFFFFF),
            instance_id TEXT NOT NULL COLLATE NOCASE,
            port_security INTEGER NOT NULL CHECK (port_security BETWEEN 0 AND 1),
            dhcp_guard INTEGER NOT NULL CHECK (dhcp_guard BETWEEN 0 AND 1),
            router_guard INTEGER NOT NULL CHECK (router_guard BETWEEN 0 AND 1),
            arp_rate_limit INTEGER NOT NULL CHECK (arp_rate_limit >= 0),
            holds_allocation INTEGER NOT NULL CHECK (holds_allocation BETWEEN 0 AND 1),
            revision INTEGER NOT NULL);
        CREATE UNIQUE INDEX interface_address ON interface (mac_address, vlan_id);
        CREATE INDEX interface_vlan ON interface (vlan_id);
        CREATE INDEX interface_instance ON interface (instance_id);
        CREATE INDEX interface_revision ON interface (revision);
        CREATE TABLE fixed_address (
            interface_id INTEGER NOT NULL REFERENCES interface ON DELETE CASCADE,
            place INTEGER NOT NULL,
            ip_address BLOB NOT NULL CHECK (length(ip_address) = 16),
            prefix_length INTEGER NOT NULL CHECK (prefix_length BETWEEN 1 AND 128),
            PRIMARY KEY (interface_id, place)) WITHOUT ROWID;
        CREATE INDEX fixed_address_ip ON fixed_address (ip_address);
        CREATE TABLE address_pair (
            interface_id INTEGER NOT NULL REFERENCES interface ON DELETE CASCADE,
            ip_address BLOB NOT NULL CHECK (length(ip_address) = 16),
            own_mac_address INTEGER NOT NULL CHECK (own_mac_address BETWEEN 0 AND 0xFFFFFFFFFFFF),
            PRIMARY KEY (interface_id, ip_address, own_mac_address)) WITHOUT ROWID;
        CREATE INDEX address_pair_ip ON address_pair (ip_address);
        CREATE TABLE interface_use (
            interface_id INTEGER NOT NULL REFERENCES interface ON DELETE CASCADE,
            enforcer_id TEXT NOT NULL,
            host_name TEXT NOT NULL,
            process TEXT NOT NULL,
            seen_at INTEGER NOT NULL,
            PRIMARY KEY (interface_id, enforcer_id)) WITHOUT ROWID;
        CREATE INDEX interface_use_enforcer ON interface_use (enforcer_id);
        CREATE TABLE removed_interface (
            revision INTEGER NOT NULL,
            interface_id INTEGER NOT NULL,
            PRIMARY KEY (revision, interface_id)) WITHOUT ROWID;
        CREATE TABLE security_group (
            group_id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            description TEXT NOT NULL,
            is_stateless INTEGER NOT NULL CHECK (is_stateless BETWEEN 0 AND 1));
        CREATE TABLE security_group_rule (
            rule_id INTEGER PRIMARY KEY AUTOINCREMENT,
            group_id INTEGER NOT NULL REFERENCES security_group ON DELETE CASCADE,
            direction INTEGER NOT NULL CHECK (direction BETWEEN 0 AND 1),
            protocol INTEGER CHECK (protocol BETWEEN 0 AND 255),
            ports TEXT NOT NULL,
            remote_address BLOB CHECK (length(remote_address) = 16),
            remote_length INTEGER CHECK (remote_length BETWEEN 0 AND 128),
            remote_group_id INTEGER REFERENCES security_group ON DELETE CASCADE);
        CREATE INDEX security_group_rule_group ON security_group_rule (group_id);
        CREATE INDEX security_group_rule_remote ON security_group_rule (remote_group_id);
        CREATE TABLE security_group_member (
            interface_id INTEGER NOT NULL REFERENCES interface ON DELETE CASCADE,
            group_id INTEGER NOT NULL REFERENCES security_group ON DELETE CASCADE,
            PRIMARY KEY (interface_id, group_id)) WITHOUT ROWID;
        CREATE INDEX security_group_member_group ON security_group_member (group_id);
        CREATE TABLE security_group_change (
            revision INTEGER NOT NULL);
        INSERT INTO security_group_change VALUES (0)
        """;

    /// <summary>In a step, stands for the identity of the store that is being made or brought up to date: 32 hexadecimal digits, drawn anew for each.</summary>
    public const string NewStoreId = "{store_id}";

    /// <summary>
    /// Handles, providers and their blocks, and the clients of the provider service. That no address has two owners, and no handle two records, the tables
    /// themselves guard. A clone's record has the instance in capitals as its copy key; the record of the handle itself has none.
    /// </summary>
    public const string Version3 =
        """
        ALTER TABLE vlan ADD COLUMN foreign_addresses INTEGER NOT NULL DEFAULT 0 CHECK (foreign_addresses BETWEEN 0 AND 1);
        ALTER TABLE allocation ADD COLUMN handle TEXT NOT NULL DEFAULT '';
        ALTER TABLE resting ADD COLUMN rests_until INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE store_identity (
            store_id TEXT NOT NULL);
        INSERT INTO store_identity VALUES ('{store_id}');
        CREATE TABLE handle (
            handle_id INTEGER PRIMARY KEY AUTOINCREMENT,
            handle TEXT NOT NULL,
            copy_key TEXT NOT NULL,
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            address INTEGER NOT NULL CHECK (address BETWEEN 1 AND 0xFFFFFFFFFFFF),
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
            instance_id TEXT NOT NULL,
            provider TEXT NOT NULL,
            assigned_at INTEGER NOT NULL,
            ended_at INTEGER,
            rests_until INTEGER,
            reason TEXT NOT NULL,
            notice TEXT NOT NULL,
            is_reported INTEGER NOT NULL CHECK (is_reported BETWEEN 0 AND 1),
            revision INTEGER NOT NULL);
        CREATE UNIQUE INDEX handle_name ON handle (handle, copy_key);
        CREATE UNIQUE INDEX handle_owner ON handle (address) WHERE state = 0;
        CREATE INDEX handle_vlan ON handle (vlan_id);
        CREATE INDEX handle_revision ON handle (revision, handle_id);
        CREATE INDEX handle_unreported ON handle (revision, handle_id) WHERE is_reported = 0;
        CREATE TABLE provider (
            provider_id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            low_water INTEGER NOT NULL CHECK (low_water BETWEEN 0 AND 100),
            block_size INTEGER NOT NULL CHECK (block_size > 0),
            created_at INTEGER NOT NULL,
            seen_at INTEGER,
            home_id TEXT NOT NULL,
            uri TEXT NOT NULL);
        CREATE TABLE block (
            block_id INTEGER PRIMARY KEY AUTOINCREMENT,
            provider_id INTEGER NOT NULL REFERENCES provider ON DELETE CASCADE,
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            first INTEGER NOT NULL CHECK (first BETWEEN 1 AND 0xFFFFFFFFFFFF),
            last INTEGER NOT NULL CHECK (last BETWEEN first AND 0xFFFFFFFFFFFF),
            epoch INTEGER NOT NULL,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
            granted_at INTEGER NOT NULL);
        CREATE UNIQUE INDEX block_first ON block (first) WHERE state < 2;
        CREATE INDEX block_provider ON block (provider_id);
        CREATE INDEX block_vlan ON block (vlan_id);
        CREATE TABLE provider_state (
            provider TEXT NOT NULL,
            root_id TEXT NOT NULL,
            root_revision INTEGER NOT NULL,
            last_handle_id INTEGER NOT NULL);
        CREATE TABLE provider_client (
            client_id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            token_digest BLOB NOT NULL CHECK (length(token_digest) = 32),
            vlan_ids TEXT NOT NULL,
            created_at INTEGER NOT NULL)
        """;

    /// <summary>
    /// What a record's port lets in beside IP and ARP, and how many DHCP messages and router solicitations. Policies match any bits: where the mask is not 0 it says which, else the
    /// length of the prefix does, as before. And what a change draws for itself, by which a revision is told from another with its number: one that a store came to after it was
    /// restored from an older copy; a server has had that from the beginning. UUIDs that are handles, bare or in braces, become the URNs that they are read as (RFC 9562
    /// section 4).
    /// </summary>
    public const string Version4 =
        """
        ALTER TABLE interface ADD COLUMN dhcp_rate_limit INTEGER NOT NULL DEFAULT 15 CHECK (dhcp_rate_limit >= 0);
        ALTER TABLE interface ADD COLUMN rs_rate_limit INTEGER NOT NULL DEFAULT 15 CHECK (rs_rate_limit >= 0);
        ALTER TABLE interface ADD COLUMN permitted_ether_types TEXT NOT NULL DEFAULT '';
        ALTER TABLE policy ADD COLUMN source_mask INTEGER NOT NULL DEFAULT 0 CHECK (source_mask BETWEEN 0 AND 0xFFFFFFFFFFFF);
        ALTER TABLE policy ADD COLUMN destination_mask INTEGER NOT NULL DEFAULT 0 CHECK (destination_mask BETWEEN 0 AND 0xFFFFFFFFFFFF);
        DROP INDEX policy_meaning;
        CREATE UNIQUE INDEX policy_meaning ON policy (vlan_id, source, source_length, source_mask, destination, destination_length, destination_mask, action);
        ALTER TABLE change ADD COLUMN token BLOB;
        UPDATE handle SET handle = 'urn:uuid:' || lower(handle)
            WHERE handle LIKE '________-____-____-____-____________' AND trim(handle, '0123456789abcdefABCDEF-') = ''
            AND NOT EXISTS (SELECT 1 FROM handle other WHERE other.handle = 'urn:uuid:' || lower(handle.handle) AND other.copy_key = handle.copy_key);
        UPDATE handle SET handle = 'urn:uuid:' || lower(trim(handle, '{}'))
            WHERE handle LIKE '{________-____-____-____-____________}' AND trim(trim(handle, '{}'), '0123456789abcdefABCDEF-') = ''
            AND NOT EXISTS (SELECT 1 FROM handle other WHERE other.handle = 'urn:uuid:' || lower(trim(handle.handle, '{}')) AND other.copy_key = handle.copy_key);
        UPDATE allocation SET handle = 'urn:uuid:' || lower(handle)
            WHERE handle LIKE '________-____-____-____-____________' AND trim(handle, '0123456789abcdefABCDEF-') = '';
        UPDATE allocation SET handle = 'urn:uuid:' || lower(trim(handle, '{}'))
            WHERE handle LIKE '{________-____-____-____-____________}' AND trim(trim(handle, '{}'), '0123456789abcdefABCDEF-') = ''
        """;

    /// <summary>
    /// The tags of interface records, each in its JSON form, and the partitions with their policies. What was removed of them changes what is in force at once, and is read anew with
    /// all the rest; the number of a removed partition stays known for a time.
    /// </summary>
    public const string Version5 =
        """
        CREATE TABLE interface_tag (
            interface_id INTEGER NOT NULL REFERENCES interface ON DELETE CASCADE,
            tag TEXT NOT NULL,
            PRIMARY KEY (interface_id, tag)) WITHOUT ROWID;
        CREATE INDEX interface_tag_records ON interface_tag (tag, interface_id);
        CREATE TABLE network_partition (
            partition_id INTEGER PRIMARY KEY CHECK (partition_id BETWEEN 1 AND 65535),
            name TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 65535),
            match INTEGER NOT NULL CHECK (match BETWEEN 0 AND 1),
            tags TEXT NOT NULL,
            not_tags TEXT NOT NULL,
            is_staged INTEGER NOT NULL CHECK (is_staged BETWEEN 0 AND 1));
        CREATE TABLE partition_policy (
            policy_id INTEGER PRIMARY KEY AUTOINCREMENT,
            partition_id INTEGER NOT NULL REFERENCES network_partition ON DELETE CASCADE,
            place INTEGER NOT NULL CHECK (place > 0),
            peer_id INTEGER REFERENCES network_partition ON DELETE CASCADE,
            peer_vlan_id INTEGER REFERENCES vlan ON DELETE CASCADE,
            direction INTEGER CHECK (direction BETWEEN 0 AND 1),
            ether_type INTEGER CHECK (ether_type BETWEEN 0 AND 65535),
            protocol INTEGER CHECK (protocol BETWEEN 0 AND 255),
            ports TEXT NOT NULL,
            action INTEGER NOT NULL CHECK (action BETWEEN 0 AND 4),
            target TEXT,
            is_staged INTEGER NOT NULL CHECK (is_staged BETWEEN 0 AND 1));
        CREATE UNIQUE INDEX partition_policy_place ON partition_policy (partition_id, place);
        CREATE INDEX partition_policy_peer ON partition_policy (peer_id);
        CREATE INDEX partition_policy_peer_vlan ON partition_policy (peer_vlan_id);
        CREATE TABLE retired_partition (
            partition_id INTEGER PRIMARY KEY CHECK (partition_id BETWEEN 1 AND 65535),
            name TEXT NOT NULL,
            removed_at INTEGER NOT NULL);
        CREATE TABLE partition_settings (
            conflict_resolution INTEGER NOT NULL CHECK (conflict_resolution BETWEEN 0 AND 1),
            id_reuse_delay INTEGER NOT NULL CHECK (id_reuse_delay >= 0));
        INSERT INTO partition_settings VALUES (0, 864000000000);
        CREATE TABLE partition_change (
            revision INTEGER NOT NULL);
        INSERT INTO partition_change VALUES (0)
        """;

    /// <summary>
    /// Which interface records no security trigger tags, the triggers, and what they have done and will take back: the tags that a record has or lacks because of one, and of nobody
    /// else.
    /// </summary>
    public const string Version6 =
        """
        ALTER TABLE interface ADD COLUMN trigger_exempt INTEGER NOT NULL DEFAULT 0 CHECK (trigger_exempt BETWEEN 0 AND 1);
        CREATE TABLE security_trigger (
            name_key TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            condition TEXT NOT NULL,
            add_tags TEXT NOT NULL,
            remove_tags TEXT NOT NULL,
            duration INTEGER CHECK (duration > 0),
            partition_name TEXT,
            interface_name TEXT,
            is_dry_run INTEGER NOT NULL CHECK (is_dry_run BETWEEN 0 AND 1),
            is_disabled INTEGER NOT NULL CHECK (is_disabled BETWEEN 0 AND 1),
            last_fired INTEGER,
            last_fired_by TEXT,
            last_fired_interface TEXT,
            last_evidence TEXT);
        CREATE TABLE trigger_hold (
            trigger_key TEXT NOT NULL REFERENCES security_trigger ON DELETE CASCADE,
            interface_id INTEGER NOT NULL REFERENCES interface ON DELETE CASCADE,
            began_at INTEGER NOT NULL,
            ends_at INTEGER,
            added_tags TEXT NOT NULL,
            removed_tags TEXT NOT NULL,
            PRIMARY KEY (trigger_key, interface_id));
        CREATE INDEX trigger_hold_interface ON trigger_hold (interface_id);
        CREATE TABLE trigger_change (
            revision INTEGER NOT NULL);
        INSERT INTO trigger_change VALUES (0)
        """;
}

namespace MacSegmentation.Stores.Schema;

/// <content>The steps that brought profiles, sessions, instances and what is measured of them.</content>
internal static partial class StoreTables
{
    /// <summary>
    /// vNIC profiles: what is of one direction stands in columns of its own, those towards the instance (ingress) before those from it (egress). Rates are bits a second, shares parts per million,
    /// times steps of 100 ns. An interface record names the profile that its port has, as the profile's own row writes it.
    /// </summary>
    public const string Version7 =
        """
        CREATE TABLE vnic_profile (
            name_key TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            ingress_bandwidth INTEGER CHECK (ingress_bandwidth > 0),
            ingress_burst INTEGER NOT NULL CHECK (ingress_burst >= 0),
            ingress_latency INTEGER NOT NULL CHECK (ingress_latency >= 0),
            ingress_jitter INTEGER NOT NULL CHECK (ingress_jitter >= 0),
            ingress_distribution INTEGER NOT NULL CHECK (ingress_distribution BETWEEN 0 AND 2),
            ingress_jitter_correlation INTEGER NOT NULL CHECK (ingress_jitter_correlation BETWEEN 0 AND 1000000),
            ingress_jitter_bound INTEGER NOT NULL CHECK (ingress_jitter_bound BETWEEN 0 AND 2),
            ingress_reorder INTEGER NOT NULL CHECK (ingress_reorder BETWEEN 0 AND 1),
            ingress_loss_rate INTEGER NOT NULL CHECK (ingress_loss_rate BETWEEN 0 AND 1000000),
            ingress_burst_loss TEXT,
            ingress_duplicate_rate INTEGER NOT NULL CHECK (ingress_duplicate_rate BETWEEN 0 AND 1000000),
            ingress_corrupt_rate INTEGER NOT NULL CHECK (ingress_corrupt_rate BETWEEN 0 AND 1000000),
            ingress_reorder_rate INTEGER NOT NULL CHECK (ingress_reorder_rate BETWEEN 0 AND 1000000),
            ingress_queue_limit INTEGER NOT NULL CHECK (ingress_queue_limit > 0),
            ingress_queue_time INTEGER NOT NULL CHECK (ingress_queue_time >= 0),
            ingress_queue_management INTEGER NOT NULL CHECK (ingress_queue_management BETWEEN 0 AND 2),
            ingress_ecn_marking INTEGER NOT NULL CHECK (ingress_ecn_marking BETWEEN 0 AND 1),
            egress_bandwidth INTEGER CHECK (egress_bandwidth > 0),
            egress_burst INTEGER NOT NULL CHECK (egress_burst >= 0),
            egress_latency INTEGER NOT NULL CHECK (egress_latency >= 0),
            egress_jitter INTEGER NOT NULL CHECK (egress_jitter >= 0),
            egress_distribution INTEGER NOT NULL CHECK (egress_distribution BETWEEN 0 AND 2),
            egress_jitter_correlation INTEGER NOT NULL CHECK (egress_jitter_correlation BETWEEN 0 AND 1000000),
            egress_jitter_bound INTEGER NOT NULL CHECK (egress_jitter_bound BETWEEN 0 AND 2),
            egress_reorder INTEGER NOT NULL CHECK (egress_reorder BETWEEN 0 AND 1),
            egress_loss_rate INTEGER NOT NULL CHECK (egress_loss_rate BETWEEN 0 AND 1000000),
            egress_burst_loss TEXT,
            egress_duplicate_rate INTEGER NOT NULL CHECK (egress_duplicate_rate BETWEEN 0 AND 1000000),
            egress_corrupt_rate INTEGER NOT NULL CHECK (egress_corrupt_rate BETWEEN 0 AND 1000000),
            egress_reorder_rate INTEGER NOT NULL CHECK (egress_reorder_rate BETWEEN 0 AND 1000000),
            egress_queue_limit INTEGER NOT NULL CHECK (egress_queue_limit > 0),
            egress_queue_time INTEGER NOT NULL CHECK (egress_queue_time >= 0),
            egress_queue_management INTEGER NOT NULL CHECK (egress_queue_management BETWEEN 0 AND 2),
            egress_ecn_marking INTEGER NOT NULL CHECK (egress_ecn_marking BETWEEN 0 AND 1),
            priority INTEGER CHECK (priority BETWEEN 0 AND 7),
            dscp INTEGER CHECK (dscp BETWEEN 0 AND 63),
            scheduling_class INTEGER NOT NULL CHECK (scheduling_class BETWEEN 0 AND 2),
            first_address INTEGER CHECK (first_address BETWEEN 0 AND 0xFFFFFFFFFFFF),
            last_address INTEGER CHECK (last_address BETWEEN first_address AND 0xFFFFFFFFFFFF),
            max_segment_size INTEGER CHECK (max_segment_size > 0),
            max_window_scale INTEGER CHECK (max_window_scale BETWEEN 0 AND 14),
            allow_ecn INTEGER CHECK (allow_ecn BETWEEN 0 AND 1),
            preset TEXT);
        CREATE TABLE profile_change (
            revision INTEGER NOT NULL);
        INSERT INTO profile_change VALUES (0);
        ALTER TABLE interface ADD COLUMN profile TEXT;
        CREATE INDEX interface_profile ON interface (profile) WHERE profile IS NOT NULL
        """;

    /// <summary>
    /// Sessions, the interface records that are instances with the profile that each was given, and the rules that give profiles. A session is named by its key, a profile as its own
    /// row writes it. An instance goes with its record, what names a session with that.
    /// </summary>
    public const string Version8 =
        """
        CREATE TABLE network_session (
            name_key TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            vlan_id INTEGER NOT NULL REFERENCES vlan ON DELETE CASCADE,
            default_profile TEXT,
            isolation INTEGER NOT NULL CHECK (isolation BETWEEN 0 AND 1),
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 1));
        CREATE INDEX network_session_vlan ON network_session (vlan_id);
        CREATE TABLE network_instance (
            interface_id INTEGER PRIMARY KEY REFERENCES interface ON DELETE CASCADE,
            session_key TEXT REFERENCES network_session ON DELETE CASCADE,
            own_profile TEXT,
            resolved_profile TEXT,
            profile_source INTEGER NOT NULL CHECK (profile_source BETWEEN 0 AND 3),
            rule_id INTEGER);
        CREATE INDEX network_instance_session ON network_instance (session_key);
        CREATE TABLE profile_rule (
            rule_id INTEGER PRIMARY KEY AUTOINCREMENT,
            use_profile TEXT NOT NULL,
            match_name TEXT,
            match_tags TEXT NOT NULL,
            session_key TEXT REFERENCES network_session ON DELETE CASCADE,
            condition TEXT,
            revert_after INTEGER CHECK (revert_after > 0),
            hold_time INTEGER NOT NULL CHECK (hold_time >= 0));
        CREATE INDEX profile_rule_session ON profile_rule (session_key);
        CREATE TABLE session_change (
            revision INTEGER NOT NULL);
        INSERT INTO session_change VALUES (0)
        """;

    /// <summary>
    /// What running enforcers measure at the ports of interface records, and when they reported last. It is observed: rows are replaced, and go with their enforcer or interface record. Rates
    /// are bits a second, shares parts per million, times steps of 100 ns.
    /// </summary>
    public const string Version9 =
        """
        CREATE TABLE nic_reporter (
            enforcer_id TEXT PRIMARY KEY NOT NULL,
            host_name TEXT NOT NULL,
            process TEXT NOT NULL,
            seen_at INTEGER NOT NULL);
        CREATE TABLE nic_metric (
            interface_id INTEGER NOT NULL REFERENCES interface ON DELETE CASCADE,
            enforcer_id TEXT NOT NULL REFERENCES nic_reporter ON DELETE CASCADE,
            direction INTEGER NOT NULL CHECK (direction BETWEEN 0 AND 1),
            profile TEXT,
            bit_rate INTEGER NOT NULL CHECK (bit_rate >= 0),
            asked_bandwidth INTEGER CHECK (asked_bandwidth > 0),
            queue_depth INTEGER NOT NULL CHECK (queue_depth >= 0),
            latency_p50 INTEGER NOT NULL CHECK (latency_p50 >= 0),
            latency_p99 INTEGER NOT NULL CHECK (latency_p99 >= 0),
            asked_latency INTEGER NOT NULL CHECK (asked_latency >= 0),
            loss INTEGER NOT NULL CHECK (loss BETWEEN 0 AND 1000000),
            asked_loss INTEGER NOT NULL CHECK (asked_loss BETWEEN 0 AND 1000000),
            frames INTEGER NOT NULL CHECK (frames >= 0),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            dropped INTEGER NOT NULL CHECK (dropped >= 0),
            PRIMARY KEY (interface_id, enforcer_id, direction)) WITHOUT ROWID;
        CREATE INDEX nic_metric_enforcer ON nic_metric (enforcer_id)
        """;

    /// <summary>Other profiles that rules have given to running instances, and rules that are suspended because they fight. What was done goes with the instance and with the rule.</summary>
    public const string Version10 =
        """
        ALTER TABLE profile_rule ADD COLUMN suspended_at INTEGER;
        CREATE TABLE profile_adjustment (
            interface_id INTEGER PRIMARY KEY REFERENCES network_instance ON DELETE CASCADE,
            rule_id INTEGER NOT NULL REFERENCES profile_rule ON DELETE CASCADE,
            began_at INTEGER NOT NULL,
            held_until INTEGER NOT NULL,
            ends_at INTEGER);
        CREATE INDEX profile_adjustment_rule ON profile_adjustment (rule_id)
        """;

    /// <summary>
    /// What was measured at ports over time, and when each enforcer that reported was there: samples hold until the next one, or until their enforcer was seen last. They are observed, thinned
    /// with their age, and go with the interface record. And an adjustment may be what an application asked for: of no rule, with the profile that it gives.
    /// </summary>
    public const string Version11 =
        """
        CREATE TABLE nic_run (
            enforcer_id TEXT PRIMARY KEY NOT NULL,
            host_name TEXT NOT NULL,
            process TEXT NOT NULL,
            seen_at INTEGER NOT NULL);
        CREATE INDEX nic_run_seen ON nic_run (seen_at);
        CREATE TABLE nic_sample (
            interface_id INTEGER NOT NULL REFERENCES interface ON DELETE CASCADE,
            direction INTEGER NOT NULL CHECK (direction BETWEEN 0 AND 1),
            taken_at INTEGER NOT NULL,
            enforcer_id TEXT NOT NULL REFERENCES nic_run ON DELETE CASCADE,
            state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 1),
            profile TEXT,
            bit_rate INTEGER NOT NULL CHECK (bit_rate >= 0),
            asked_bandwidth INTEGER CHECK (asked_bandwidth > 0),
            queue_depth INTEGER NOT NULL CHECK (queue_depth >= 0),
            latency_p50 INTEGER NOT NULL CHECK (latency_p50 >= 0),
            latency_p99 INTEGER NOT NULL CHECK (latency_p99 >= 0),
            asked_latency INTEGER NOT NULL CHECK (asked_latency >= 0),
            loss INTEGER NOT NULL CHECK (loss BETWEEN 0 AND 1000000),
            asked_loss INTEGER NOT NULL CHECK (asked_loss BETWEEN 0 AND 1000000),
            frames INTEGER NOT NULL CHECK (frames >= 0),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            dropped INTEGER NOT NULL CHECK (dropped >= 0),
            PRIMARY KEY (interface_id, direction, taken_at, enforcer_id)) WITHOUT ROWID;
        CREATE INDEX nic_sample_taken ON nic_sample (taken_at);
        CREATE INDEX nic_sample_enforcer ON nic_sample (enforcer_id);
        CREATE TABLE next_adjustment (
            interface_id INTEGER PRIMARY KEY REFERENCES network_instance ON DELETE CASCADE,
            rule_id INTEGER REFERENCES profile_rule ON DELETE CASCADE,
            profile TEXT,
            began_at INTEGER NOT NULL,
            held_until INTEGER NOT NULL,
            ends_at INTEGER);
        INSERT INTO next_adjustment (interface_id, rule_id, began_at, held_until, ends_at) SELECT interface_id, rule_id, began_at, held_until, ends_at FROM profile_adjustment;
        DROP TABLE profile_adjustment;
        ALTER TABLE next_adjustment RENAME TO profile_adjustment;
        CREATE INDEX profile_adjustment_rule ON profile_adjustment (rule_id)
        """;

    /// <summary>Recordings that profiles replay: packed, each behind its digest.</summary>
    public const string Version12 =
        """
        ALTER TABLE vnic_profile ADD COLUMN ingress_trace TEXT;
        ALTER TABLE vnic_profile ADD COLUMN egress_trace TEXT
        """;

    /// <summary>What changes profiles over time: the scenario of a session with its clock, and the schedule of an instance.</summary>
    public const string Version13 =
        """
        ALTER TABLE network_session ADD COLUMN scenario TEXT;
        ALTER TABLE network_session ADD COLUMN scenario_started_at INTEGER;
        ALTER TABLE network_session ADD COLUMN scenario_paused_at INTEGER;
        ALTER TABLE network_instance ADD COLUMN schedule TEXT;
        CREATE INDEX network_instance_schedule ON network_instance (interface_id) WHERE schedule IS NOT NULL
        """;

    /// <summary>What an enforcer makes for an instance to use, and which one does. What an interface record shows of it is read with its instance.</summary>
    public const string Version14 =
        """
        ALTER TABLE network_instance ADD COLUMN attach INTEGER NOT NULL DEFAULT 0 CHECK (attach BETWEEN 0 AND 2);
        ALTER TABLE network_instance ADD COLUMN attach_enforcer TEXT
        """;
}

using System.Collections.Frozen;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Auditing;

/// <summary>
/// Of which rows the audit keeps what they were before and after a change. The database itself writes that down, by triggers on every table that is not named here: so nothing is missed,
/// not even what goes with a row that others refer to, and a concept that is added is recorded without a word.
/// </summary>
internal static class RecordedTables
{
    /// <summary>What is no record of anybody's: the audit's own, what is observed, what follows from other rows, and what tells readers of changes.</summary>
    private static readonly FrozenSet<string> Left = new[]
    {
        "change", "audit", "audit_record", "store_identity", "store_place", "free_interval", "resting", "interface_use", "nic_reporter", "nic_metric", "nic_run", "nic_sample", "provider_state",
        "running_enforcer", "event_watch", "spooled_event", "reserved_resting",
        "removed_policy", "removed_interface", "security_group_change", "partition_change", "trigger_change", "profile_change", "session_change",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Columns that say when a row changed or was used, and not what it is; with what one gets that is written anew, null for nothing.</summary>
    private static readonly FrozenDictionary<string, string[]> Passing = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["vlan"] = ["created"],
        ["policy"] = ["revision"],
        ["interface"] = ["revision"],
        ["handle"] = ["revision", "is_reported"],
        ["provider"] = ["seen_at"],
        ["security_trigger"] = ["last_fired", "last_fired_by", "last_fired_interface", "last_evidence"],
        ["audit_settings"] = ["recorded_from"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// True if a new row is not recorded, because its event says all of it: an address that is given out is by far the most frequent change, and every tenth of its cost counts.
    /// </summary>
    public static bool SaysEventAll(string table) => table is "allocation";

    /// <summary>Those of some tables that are recorded.</summary>
    public static IEnumerable<StoreTable> Of(IEnumerable<StoreTable> tables) => tables.Where(table => !Left.Contains(table.Name));

    /// <summary>The columns of a table that are not recorded.</summary>
    public static IReadOnlyList<string> PassingColumns(StoreTable table) => Passing.GetValueOrDefault(table.Name, []);

    /// <summary>The columns of a table that are recorded.</summary>
    public static IEnumerable<StoreColumn> Columns(StoreTable table) => table.Columns.Where(column => !PassingColumns(table).Contains(column.Name, StringComparer.Ordinal));
}

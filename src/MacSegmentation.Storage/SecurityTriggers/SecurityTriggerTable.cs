using MacSegmentation.SecurityTriggers;
using MacSegmentation.Stores.Partitions;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.SecurityTriggers;

/// <summary>The tables of security triggers and of what they have done.</summary>
internal static class SecurityTriggerTable
{
    public static readonly Table<MacSecurityTrigger> Rows = new(
        "security_trigger",
        static () => new MacSecurityTrigger { Name = string.Empty, When = string.Empty },
        Table<MacSecurityTrigger>.WriteOnly("name_key", ColumnTypes.NameKey, trigger => trigger.Name, ColumnUse.Key),
        Table<MacSecurityTrigger>.Property("name", ColumnTypes.Text, trigger => trigger.Name, ColumnUse.Once),
        Table<MacSecurityTrigger>.Property("condition", ColumnTypes.Text, trigger => trigger.When),
        Table<MacSecurityTrigger>.Property("add_tags", PartitionTable.Tags, trigger => trigger.AddTag),
        Table<MacSecurityTrigger>.Property("remove_tags", PartitionTable.Tags, trigger => trigger.RemoveTag),
        Table<MacSecurityTrigger>.Property("duration", OptionalDuration, trigger => trigger.For),
        Table<MacSecurityTrigger>.Property("partition_name", ColumnTypes.OptionalText, trigger => trigger.Partition),
        Table<MacSecurityTrigger>.Property("interface_name", ColumnTypes.OptionalText, trigger => trigger.Interface),
        Table<MacSecurityTrigger>.Property("is_dry_run", ColumnTypes.Flag, trigger => trigger.IsDryRun),
        Table<MacSecurityTrigger>.Property("is_disabled", ColumnTypes.Flag, trigger => trigger.IsDisabled),
        Table<MacSecurityTrigger>.Property("last_fired", ColumnTypes.OptionalTime, trigger => trigger.LastFired),
        Table<MacSecurityTrigger>.Property("last_fired_by", ColumnTypes.OptionalText, trigger => trigger.LastFiredBy),
        Table<MacSecurityTrigger>.Property("last_fired_interface", ColumnTypes.OptionalText, trigger => trigger.LastFiredInterface),
        Table<MacSecurityTrigger>.Property("last_evidence", ColumnTypes.OptionalText, trigger => trigger.LastEvidence),
        Table<MacSecurityTrigger>.ReadOnly("(SELECT count(*) FROM trigger_hold WHERE trigger_key = name_key)", ColumnTypes.Integer, trigger => trigger.InForce));

    public static readonly Table<TriggerHold> Holds = new(
        "trigger_hold",
        "JOIN security_trigger fired ON fired.name_key = trigger_key JOIN interface held USING (interface_id)",
        static () => new TriggerHold { Trigger = string.Empty, Interface = string.Empty, Since = default },
        Table<TriggerHold>.Reference("trigger_key", "fired.name", "?", ColumnTypes.NameKey, hold => hold.Trigger, ColumnUse.Once),
        Table<TriggerHold>.Reference("interface_id", "held.name", InterfaceId, ColumnTypes.NameKey, hold => hold.Interface, ColumnUse.Once),
        Table<TriggerHold>.Property("began_at", ColumnTypes.Time, hold => hold.Since),
        Table<TriggerHold>.Property("ends_at", ColumnTypes.OptionalTime, hold => hold.Until),
        Table<TriggerHold>.Property("added_tags", PartitionTable.Tags, hold => hold.AddedTag),
        Table<TriggerHold>.Property("removed_tags", PartitionTable.Tags, hold => hold.RemovedTag));

    public static readonly string SelectSorted = Rows.Select("ORDER BY name_key");
    public static readonly string SelectByName = Rows.Select("WHERE name_key = ?");
    public static readonly string SelectHolds = Holds.Select("ORDER BY trigger_key, held.name_key");
    public static readonly string SelectHoldsOf = Holds.Select("WHERE held.name_key = ? ORDER BY trigger_key");
    public const string DeleteHold = $"DELETE FROM trigger_hold WHERE trigger_key = ? AND interface_id = {InterfaceId}";

    private const string InterfaceId = "(SELECT interface_id FROM interface WHERE name_key = ?)";

    private static ColumnType<TimeSpan?> OptionalDuration => new(
        static (to, place, value) => to.Bind(place, value?.Ticks),
        static (row, place) => row.IsNull(place) ? null : new TimeSpan(row.Number(place)));
}

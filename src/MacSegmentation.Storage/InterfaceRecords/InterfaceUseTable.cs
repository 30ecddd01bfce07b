using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.InterfaceRecords;

/// <summary>The table of who uses interface records. It is observed: nobody is told.</summary>
internal static class InterfaceUseTable
{
    public static readonly Table<InterfaceUse> Rows = new(
        "interface_use",
        static () => new InterfaceUse { InterfaceId = 0, EnforcerId = string.Empty, HostName = string.Empty, Process = string.Empty, SeenAt = default },
        Table<InterfaceUse>.Property("interface_id", ColumnTypes.Number, use => use.InterfaceId),
        Table<InterfaceUse>.Property("enforcer_id", ColumnTypes.Text, use => use.EnforcerId),
        Table<InterfaceUse>.Property("host_name", ColumnTypes.Text, use => use.HostName),
        Table<InterfaceUse>.Property("process", ColumnTypes.Text, use => use.Process),
        Table<InterfaceUse>.Property("seen_at", ColumnTypes.Time, use => use.SeenAt))
    {
        IsQuiet = true,
    };

    public static readonly string SelectOfInterface = Rows.Select("WHERE interface_id = ? ORDER BY enforcer_id");
}

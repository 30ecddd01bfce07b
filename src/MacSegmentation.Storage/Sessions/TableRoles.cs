using System.Collections.Frozen;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.NetworkSessions;
using MacSegmentation.Stores.Partitions;

namespace MacSegmentation.Stores.Sessions;

/// <summary>What follows from the tables of all concepts for each change.</summary>
internal static class TableRoles
{
    /// <summary>Forgets the tombstones up to a revision.</summary>
    public static IReadOnlyList<string> ForgetTombstones { get; } =
        [.. SqlStoreReader.Tables.Where(table => table.Tombstones is not null).Select(table => $"DELETE FROM {table.Tombstones} WHERE revision <= ?")];

    /// <summary>Leaves the tombstones of what goes with a VLAN and is not known by the VLAN itself.</summary>
    public static IReadOnlyList<string> TombstonesOfVlan { get; } = [InterfaceTable.TombstoneOfVlan, PartitionTable.MarkPeersOfVlan, SessionTable.MarkSessionsOfVlan];

    /// <summary>Names of the tables of whose changes nobody is told.</summary>
    public static FrozenSet<string> Quiet { get; } =
        SqlStoreReader.Tables.Where(table => table.IsQuiet).Select(table => table.Name).Concat(["change", "audit", "audit_settings", "audit_record", "free_interval", "write_token"]).ToFrozenSet(StringComparer.Ordinal);
}

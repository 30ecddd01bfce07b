using System.Collections.Frozen;
using MacSegmentation.Stores.Blocks;
using MacSegmentation.Stores.Clients;
using MacSegmentation.Stores.Handles;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Policies;
using MacSegmentation.Stores.Pools;
using MacSegmentation.Stores.Providers;
using MacSegmentation.Stores.SecurityGroups;
using MacSegmentation.Stores.Tables;
using MacSegmentation.Stores.Vlans;

namespace MacSegmentation.Stores.Sessions;

/// <summary>The tables of all concepts, for what is done with each of them.</summary>
internal static class StoreRecords
{
    /// <summary>The tables.</summary>
    public static IReadOnlyList<IFollowedTable> All { get; } =
    [
        VlanTable.Rows,
        AllocationTable.Rows,
        RestingTable.Rows,
        PolicyTable.Rows,
        InterfaceTable.Rows,
        InterfaceUseTable.Rows,
        SecurityGroupTable.Rows,
        SecurityGroupTable.Rules,
        HandleTable.Rows,
        ProviderTable.Rows,
        ProviderTable.State,
        BlockTable.Rows,
        ProviderClientTable.Rows,
    ];

    /// <summary>Forgets the traces up to a revision.</summary>
    public static IReadOnlyList<string> ForgetTraces { get; } =
        [.. All.Where(table => table.Trace is not null).Select(table => $"DELETE FROM {table.Trace} WHERE revision <= ?")];

    /// <summary>Leaves the traces of what goes with a VLAN and is not known by the VLAN itself.</summary>
    public static IReadOnlyList<string> TracesOfVlan { get; } = [InterfaceTable.TraceOfVlan];

    /// <summary>Names of the tables of whose changes nobody is told.</summary>
    public static FrozenSet<string> Quiet { get; } =
        All.Where(table => table.IsQuiet).Select(table => table.Name).Concat(["change", "audit", "free_interval", "write_token"]).ToFrozenSet(StringComparer.Ordinal);
}

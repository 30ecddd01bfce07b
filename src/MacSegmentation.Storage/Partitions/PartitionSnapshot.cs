using System.Collections.Immutable;
using MacSegmentation.Partitions;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.Partitions;

/// <summary>The part of a snapshot that tells of partitions: read anew when any has changed. Who is in them is told by the tags of the interface records.</summary>
internal static class PartitionSnapshot
{
    /// <summary>How the resolution of conflicts is written.</summary>
    public static StoredChoice<ConflictResolution> Resolutions { get; } = new([ConflictResolution.HighestPriority, ConflictResolution.Strictest]);

    /// <summary>The partitions by name with their policies.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<MacPartition> Read(SqlConnection connection, ConfigurationSnapshot? followed) =>
        IsSame(connection, followed) ? followed!.Of<MacPartition>() : [.. PartitionTable.List(connection)];

    /// <summary>What holds for all partitions.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<PartitionSettings> ReadSettings(SqlConnection connection, ConfigurationSnapshot? followed) =>
        IsSame(connection, followed) ? followed!.Of<PartitionSettings>() : [ReadSettings(connection)];

    /// <summary>What holds for all partitions.</summary>
    public static PartitionSettings ReadSettings(SqlConnection connection) => connection
        .Prepare("SELECT conflict_resolution, id_reuse_delay FROM partition_settings")
        .First(static row => new PartitionSettings { ConflictResolution = Resolutions.To(row.Number(0)), IdReuseDelay = new TimeSpan(row.Number(1)) }) ?? new PartitionSettings();

    private static bool IsSame(SqlConnection connection, ConfigurationSnapshot? followed) =>
        followed is not null && connection.Prepare("SELECT revision FROM partition_change").Scalar() <= followed.Revision;
}

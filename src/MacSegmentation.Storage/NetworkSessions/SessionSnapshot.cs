using System.Collections.Immutable;
using MacSegmentation.NetworkSessions;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.NetworkSessions;

/// <summary>The parts of a snapshot that tell of sessions and rules: read anew when any has changed. Which record is in which session is told by the interface records.</summary>
internal static class SessionSnapshot
{
    /// <summary>The sessions by name, without the number of their instances.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<MacSession> Read(SqlConnection connection, ConfigurationSnapshot? followed) => IsSame(connection, followed)
        ? followed!.Of<MacSession>()
        : [.. connection.Prepare(SessionTable.SelectSorted).All(SessionTable.Rows.Read).Select(session => session with { Instances = 0 })];

    /// <summary>The rules by number.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<MacProfileRule> ReadRules(SqlConnection connection, ConfigurationSnapshot? followed) =>
        IsSame(connection, followed) ? followed!.Of<MacProfileRule>() : [.. connection.Prepare(SessionTable.SelectRules).All(SessionTable.Rules.Read)];

    /// <summary>The other profiles that rules have given to instances. What goes with an instance stays until any changes.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<ProfileAdjustment> ReadAdjustments(SqlConnection connection, ConfigurationSnapshot? followed) =>
        IsSame(connection, followed) ? followed!.Of<ProfileAdjustment>() : [.. connection.Prepare(SessionTable.SelectAdjustments).All(SessionTable.Adjustments.Read)];

    /// <summary>The schedules of instances. What goes with an instance stays until any changes; nobody else gets its number.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<InstanceSchedule> ReadSchedules(SqlConnection connection, ConfigurationSnapshot? followed) =>
        IsSame(connection, followed) ? followed!.Of<InstanceSchedule>() : [.. ListSchedules(connection)];

    /// <summary>The schedules of instances, by instance.</summary>
    public static IReadOnlyList<InstanceSchedule> ListSchedules(SqlConnection connection) =>
        [.. connection.Prepare(SessionTable.SelectScheduled).All(SessionTable.Instances.Read).Select(instance => new InstanceSchedule(instance.Name, instance.InterfaceId, instance.Schedule!))];

    private static bool IsSame(SqlConnection connection, ConfigurationSnapshot? followed) =>
        followed is not null && connection.Prepare("SELECT revision FROM session_change").Scalar() <= followed.Revision;
}

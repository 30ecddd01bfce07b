using System.Collections.Immutable;
using MacSegmentation.SecurityTriggers;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.SecurityTriggers;

/// <summary>The parts of a snapshot that tell of security triggers and of what they have done: read anew when any has changed. What goes with an interface record stays until then.</summary>
internal static class SecurityTriggerSnapshot
{
    /// <summary>The triggers by name.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<MacSecurityTrigger> Read(SqlConnection connection, ConfigurationSnapshot? followed) =>
        IsSame(connection, followed) ? followed!.Of<MacSecurityTrigger>() : [.. connection.Prepare(SecurityTriggerTable.SelectSorted).All(SecurityTriggerTable.Rows.Read)];

    /// <summary>What they have done and will take back.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<TriggerHold> ReadHolds(SqlConnection connection, ConfigurationSnapshot? followed) =>
        IsSame(connection, followed) ? followed!.Of<TriggerHold>() : [.. connection.Prepare(SecurityTriggerTable.SelectHolds).All(SecurityTriggerTable.Holds.Read)];

    private static bool IsSame(SqlConnection connection, ConfigurationSnapshot? followed) =>
        followed is not null && connection.Prepare("SELECT revision FROM trigger_change").Scalar() <= followed.Revision;
}

using System.Collections.Immutable;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.SecurityGroups;

/// <summary>The part of a snapshot that tells of security groups: read anew when any has changed, without their members, which are in the interface records.</summary>
internal static class SecurityGroupSnapshot
{
    /// <summary>The groups by name with their rules.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<MacSecurityGroup> Read(SqlConnection connection, ConfigurationSnapshot? followed) =>
        connection.Prepare("SELECT revision FROM security_group_change").Scalar() <= followed?.Revision
            ? followed.Of<MacSecurityGroup>()
            : [.. connection.Prepare(SecurityGroupTable.SelectSorted).All(row => SecurityGroupTable.Read(connection, row))];
}

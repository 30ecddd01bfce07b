using System.Collections.Immutable;
using MacSegmentation.Profiles;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.Profiles;

/// <summary>The part of a snapshot that tells of vNIC profiles: read anew when any has changed. Whose port has one is told by the interface records.</summary>
internal static class ProfileSnapshot
{
    /// <summary>The profiles by name.</summary>
    /// <param name="connection">The connection, in a transaction.</param>
    /// <param name="followed">The snapshot before, or null if everything is new.</param>
    public static ImmutableArray<MacProfile> Read(SqlConnection connection, ConfigurationSnapshot? followed) =>
        followed is not null && connection.Prepare("SELECT revision FROM profile_change").Scalar() <= followed.Revision
            ? followed.Of<MacProfile>()
            : [.. connection.Prepare(ProfileTable.SelectSorted).All(ProfileTable.Rows.Read)];
}

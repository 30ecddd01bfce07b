using MacSegmentation.InterfaceRecords;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Sql;

namespace MacSegmentation.Stores.SecurityGroups;

/// <summary>The groups that interface records are members of, by name.</summary>
internal sealed class InterfaceMemberships : IInterfaceChildren
{
    private const string Select =
        "SELECT interface_id, name FROM security_group_member JOIN security_group USING (group_id) WHERE interface_id BETWEEN ? AND ? ORDER BY interface_id, name_key";

    /// <inheritdoc/>
    public Func<MacInterface, MacInterface> Read(SqlConnection connection, long first, long last)
    {
        var groups = InterfaceChildren.Read(connection.Prepare(Select), first, last, static row => row.Text(1));
        return groups.Count == 0 ? static record => record : record => record with { SecurityGroup = InterfaceChildren.Of(groups, record.InterfaceId) };
    }
}

using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Stores.Sql;

/// <content>Security groups.</content>
internal partial class SqlStoreWriter
{
    public void InsertSecurityGroup(MacSecurityGroup group)
    {
        Connection
            .Prepare("INSERT INTO security_group (name, name_key, description, is_stateless) VALUES (?, ?, ?, ?)")
            .Bind(1, group.Name)
            .Bind(2, Key(group.Name))
            .Bind(3, group.Description)
            .Bind(4, group.IsStateless)
            .Run();
        MarkGroupsChanged();
    }

    public void DeleteSecurityGroup(string name)
    {
        long groupId = GroupId(name);
        Connection
            .Prepare("UPDATE interface SET revision = ? WHERE interface_id IN (SELECT interface_id FROM security_group_member WHERE group_id = ?)")
            .Bind(1, NewRevision)
            .Bind(2, groupId)
            .Run();
        Connection.Prepare("DELETE FROM security_group WHERE group_id = ?").Bind(1, groupId).Run();
        MarkGroupsChanged();
    }

    public MacSecurityGroupRule InsertSecurityGroupRule(MacSecurityGroupRule rule)
    {
        long ruleId = Connection
            .Prepare(
                """
                INSERT INTO security_group_rule (group_id, direction, protocol, ports, remote_address, remote_length, remote_group_id)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                RETURNING rule_id
                """)
            .Bind(1, GroupId(rule.GroupName))
            .Bind(2, StoredNumbers.Directions.From(rule.Direction))
            .Bind(3, (long?)rule.Protocol.Number)
            .Bind(4, string.Join(',', rule.Port))
            .Bind(5, rule.RemoteAddress?.BaseAddress)
            .Bind(6, (long?)rule.RemoteAddress?.PrefixLength)
            .Bind(7, rule.RemoteGroup is { } remote ? GroupId(remote) : (long?)null)
            .Scalar();
        MarkGroupsChanged();
        return rule with { RuleId = ruleId };
    }

    public void DeleteSecurityGroupRule(long ruleId)
    {
        Connection.Prepare("DELETE FROM security_group_rule WHERE rule_id = ?").Bind(1, ruleId).Run();
        MarkGroupsChanged();
    }

    public void InsertSecurityGroupMember(string groupName, long interfaceId)
    {
        Connection
            .Prepare("INSERT INTO security_group_member (interface_id, group_id) VALUES (?, ?)")
            .Bind(1, interfaceId)
            .Bind(2, GroupId(groupName))
            .Run();
        MarkChanged(interfaceId);
    }

    public void DeleteSecurityGroupMember(string groupName, long interfaceId)
    {
        Connection
            .Prepare("DELETE FROM security_group_member WHERE interface_id = ? AND group_id = ?")
            .Bind(1, interfaceId)
            .Bind(2, GroupId(groupName))
            .Run();
        MarkChanged(interfaceId);
    }

    private long GroupId(string name) => Connection.Prepare("SELECT group_id FROM security_group WHERE name_key = ?").Bind(1, Key(name)).Scalar();

    private void MarkGroupsChanged() => Connection.Prepare("UPDATE security_group_change SET revision = ?").Bind(1, NewRevision).Run();
}

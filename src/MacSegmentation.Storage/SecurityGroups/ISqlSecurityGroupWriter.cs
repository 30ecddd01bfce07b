using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores.InterfaceRecords;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.SecurityGroups;

/// <summary>The changes of security groups, as statements.</summary>
internal interface ISqlSecurityGroupWriter : ISqlSecurityGroupReader, ISecurityGroupWriter, ISqlChange
{
    void ISecurityGroupWriter.InsertSecurityGroup(MacSecurityGroup group)
    {
        SecurityGroupTable.Rows.Insert(this, group);
        MarkGroupsChanged();
    }

    void ISecurityGroupWriter.UpdateSecurityGroup(string name, MacSecurityGroup group)
    {
        long groupId = GroupId(name);
        Connection
            .Prepare("UPDATE security_group SET name = ?, name_key = ?, description = ? WHERE group_id = ?")
            .Bind(1, group.Name)
            .Bind(2, NameKeys.Of(group.Name))
            .Bind(3, group.Description)
            .Bind(4, groupId)
            .Run();
        MarkMembersChanged(groupId);
        MarkGroupsChanged();
    }

    void ISecurityGroupWriter.DeleteSecurityGroup(string name)
    {
        long groupId = GroupId(name);
        MarkMembersChanged(groupId);
        Connection.Prepare("DELETE FROM security_group WHERE group_id = ?").Bind(1, groupId).Run();
        MarkGroupsChanged();
    }

    MacSecurityGroupRule ISecurityGroupWriter.InsertSecurityGroupRule(MacSecurityGroupRule rule)
    {
        long ruleId = SecurityGroupTable.Rules.InsertNew(this, rule);
        MarkGroupsChanged();
        return rule with { RuleId = ruleId };
    }

    void ISecurityGroupWriter.DeleteSecurityGroupRule(long ruleId)
    {
        SecurityGroupTable.Rules.Delete(this, ruleId);
        MarkGroupsChanged();
    }

    void ISecurityGroupWriter.InsertSecurityGroupMember(string groupName, long interfaceId)
    {
        Connection
            .Prepare("INSERT INTO security_group_member (interface_id, group_id) VALUES (?, ?)")
            .Bind(1, interfaceId)
            .Bind(2, GroupId(groupName))
            .Run();
        InterfaceChildren.MarkChanged(this, interfaceId);
    }

    void ISecurityGroupWriter.DeleteSecurityGroupMember(string groupName, long interfaceId)
    {
        Connection
            .Prepare("DELETE FROM security_group_member WHERE interface_id = ? AND group_id = ?")
            .Bind(1, interfaceId)
            .Bind(2, GroupId(groupName))
            .Run();
        InterfaceChildren.MarkChanged(this, interfaceId);
    }

    /// <summary>Records show the names of their groups.</summary>
    private void MarkMembersChanged(long groupId) => Connection
        .Prepare("UPDATE interface SET revision = ? WHERE interface_id IN (SELECT interface_id FROM security_group_member WHERE group_id = ?)")
        .Bind(1, NewRevision)
        .Bind(2, groupId)
        .Run();

    private long GroupId(string name) => Connection.Prepare("SELECT group_id FROM security_group WHERE name_key = ?").Bind(1, NameKeys.Of(name)).Scalar();

    private void MarkGroupsChanged() => Connection.Prepare("UPDATE security_group_change SET revision = ?").Bind(1, NewRevision).Run();
}

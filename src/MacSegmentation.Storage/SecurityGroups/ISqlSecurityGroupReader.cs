using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.SecurityGroups;

/// <summary>The questions about security groups, as queries.</summary>
internal interface ISqlSecurityGroupReader : ISecurityGroupReader, ISqlSession
{
    MacSecurityGroup? ISecurityGroupReader.FindSecurityGroup(string name) =>
        Connection.Prepare(SecurityGroupTable.SelectByName).Bind(1, NameKeys.Of(name)).First(ToGroup);

    string? ISecurityGroupReader.FindSecurityGroupName(string name) => Connection
        .Prepare("SELECT name FROM security_group WHERE name_key = ?")
        .Bind(1, NameKeys.Of(name))
        .First(static row => row.Text(0));

    IReadOnlyList<string> ISecurityGroupReader.ListSecurityGroupNames(string prefix, int limit) => Connection
        .Prepare("SELECT name FROM security_group WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT ?")
        .Bind(1, NameKeys.Of(prefix))
        .Bind(2, NameKeys.After(NameKeys.Of(prefix)))
        .Bind(3, limit)
        .All(static row => row.Text(0));

    IReadOnlyList<MacSecurityGroup> ISecurityGroupReader.ListSecurityGroups() => Connection.Prepare(SecurityGroupTable.SelectSorted).All(ToGroup);

    MacSecurityGroupRule? ISecurityGroupReader.FindSecurityGroupRule(long ruleId) =>
        Connection.Prepare(SecurityGroupTable.SelectRule).Bind(1, ruleId).First(SecurityGroupTable.Rules.Read);

    IReadOnlyList<MacSecurityGroupRule> ISecurityGroupReader.ListSecurityGroupRules(string? groupName, string? remoteGroup) => Connection
        .Prepare(SecurityGroupTable.SelectRulesByNames)
        .Bind(1, NameKeys.Of(groupName ?? string.Empty))
        .Bind(2, NameKeys.Of(remoteGroup ?? string.Empty))
        .All(SecurityGroupTable.Rules.Read);

    private MacSecurityGroup ToGroup(SqlStatement row) => SecurityGroupTable.ReadWithMembers(Connection, row);
}

using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Stores.Sql;

/// <content>Security groups.</content>
internal partial class SqlStoreReader
{
    public MacSecurityGroup? FindSecurityGroup(string name) =>
        Connection.Prepare(SecurityGroupRow.SelectByName).Bind(1, Key(name)).First(ToSecurityGroup);

    public string? FindSecurityGroupName(string name) => Connection
        .Prepare("SELECT name FROM security_group WHERE name_key = ?")
        .Bind(1, Key(name))
        .First(static row => row.Text(0));

    public IReadOnlyList<MacSecurityGroup> ListSecurityGroups() => Connection.Prepare(SecurityGroupRow.SelectSorted).All(ToSecurityGroup);

    public MacSecurityGroupRule? FindSecurityGroupRule(long ruleId) =>
        Connection.Prepare(SecurityGroupRow.SelectRule).Bind(1, ruleId).First(SecurityGroupRow.ReadRule);

    public IReadOnlyList<MacSecurityGroupRule> ListSecurityGroupRules(string? groupName = null, string? remoteGroup = null) => Connection
        .Prepare(SecurityGroupRow.SelectRulesByNames)
        .Bind(1, Key(groupName ?? string.Empty))
        .Bind(2, Key(remoteGroup ?? string.Empty))
        .All(SecurityGroupRow.ReadRule);

    private MacSecurityGroup ToSecurityGroup(SqlStatement row) => SecurityGroupRow.ReadWithMembers(Connection, row);
}

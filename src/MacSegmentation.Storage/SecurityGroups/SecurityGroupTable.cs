using MacSegmentation.Addressing;
using MacSegmentation.SecurityGroups;
using MacSegmentation.Stores.Sql;
using MacSegmentation.Stores.Tables;

namespace MacSegmentation.Stores.SecurityGroups;

/// <summary>The tables of security groups and their rules.</summary>
internal static class SecurityGroupTable
{
    private const string GroupId = "(SELECT group_id FROM security_group WHERE name_key = ?)";

    public static readonly Table<MacSecurityGroup> Rows = new(
        "security_group",
        static () => new MacSecurityGroup { Name = string.Empty },
        Table<MacSecurityGroup>.Property("name", ColumnTypes.Text, group => group.Name),
        Table<MacSecurityGroup>.WriteOnly("name_key", ColumnTypes.NameKey, group => group.Name),
        Table<MacSecurityGroup>.Property("description", ColumnTypes.Text, group => group.Description),
        Table<MacSecurityGroup>.Property("is_stateless", ColumnTypes.Flag, group => group.IsStateless));

    public static readonly Table<MacSecurityGroupRule> Rules = new(
        "security_group_rule",
        "JOIN security_group own USING (group_id) LEFT JOIN security_group remote ON remote.group_id = remote_group_id",
        static () => new MacSecurityGroupRule { GroupName = string.Empty, Direction = default },
        Table<MacSecurityGroupRule>.GivenKey("rule_id", rule => rule.RuleId),
        Table<MacSecurityGroupRule>.Reference("group_id", "own.name", GroupId, ColumnTypes.NameKey, rule => rule.GroupName),
        Table<MacSecurityGroupRule>.Property(
            "direction", ColumnTypes.Choice(TrafficDirection.Inbound, TrafficDirection.Outbound), rule => rule.Direction),
        Table<MacSecurityGroupRule>.Property("protocol", ColumnTypes.Protocol, rule => rule.Protocol),
        Table<MacSecurityGroupRule>.Property("ports", ColumnTypes.List(text => PortRange.Parse(text, provider: null)), rule => rule.Port),
        Table<MacSecurityGroupRule>.Property("remote_address", "remote_length", ColumnTypes.OptionalNetwork, rule => rule.RemoteAddress),
        Table<MacSecurityGroupRule>.Reference("remote_group_id", "remote.name", GroupId, ColumnTypes.OptionalNameKey, rule => rule.RemoteGroup));

    public static readonly string SelectSorted = Rows.Select("ORDER BY name_key", "group_id");
    public static readonly string SelectByName = Rows.Select("WHERE name_key = ?", "group_id");
    public static readonly string SelectRule = Rules.Select("WHERE rule_id = ?");

    public static readonly string SelectRulesByNames =
        Rules.Select("WHERE (?1 = '' OR own.name_key = ?1) AND (?2 = '' OR remote.name_key = ?2) ORDER BY rule_id");

    private static readonly string SelectRulesOfGroup = Rules.Select("WHERE security_group_rule.group_id = ? ORDER BY rule_id");

    /// <summary>The group with its rules.</summary>
    public static MacSecurityGroup Read(SqlConnection connection, SqlStatement row) => Rows.Read(row) with
    {
        Rule = [.. connection.Prepare(SelectRulesOfGroup).Bind(1, row.Number(Rows.Width)).All(Rules.Read)],
    };

    /// <summary>The group with its rules and members.</summary>
    public static MacSecurityGroup ReadWithMembers(SqlConnection connection, SqlStatement row)
    {
        long groupId = row.Number(Rows.Width);
        return Read(connection, row) with
        {
            Member =
            [
                .. connection
                    .Prepare("SELECT name FROM security_group_member JOIN interface USING (interface_id) WHERE group_id = ? ORDER BY name_key")
                    .Bind(1, groupId)
                    .All(static member => member.Text(0)),
            ],
        };
    }
}

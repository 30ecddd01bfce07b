using System.Net;
using MacSegmentation.SecurityGroups;

namespace MacSegmentation.Stores.Sql;

/// <summary>A security group and its rules as rows: which columns are read, in which order.</summary>
internal static class SecurityGroupRow
{
    public const string Select = "SELECT group_id, name, description, is_stateless FROM security_group";
    public const string SelectSorted = Select + " ORDER BY name_key";
    public const string SelectByName = Select + " WHERE name_key = ?";

    public const string SelectRules =
        """
        SELECT rule_id, own.name, direction, protocol, ports, remote_address, remote_length, remote.name
        FROM security_group_rule
        JOIN security_group own USING (group_id)
        LEFT JOIN security_group remote ON remote.group_id = remote_group_id
        """;

    public const string SelectRule = SelectRules + " WHERE rule_id = ?";
    public const string SelectRulesOfGroup = SelectRules + " WHERE security_group_rule.group_id = ? ORDER BY rule_id";
    public const string SelectRulesByNames =
        SelectRules + " WHERE (?1 = '' OR own.name_key = ?1) AND (?2 = '' OR remote.name_key = ?2) ORDER BY rule_id";

    /// <summary>The group with its rules.</summary>
    public static MacSecurityGroup Read(SqlConnection connection, SqlStatement row) => new()
    {
        Name = row.Text(1),
        Description = row.Text(2),
        IsStateless = row.Flag(3),
        Rule = [.. connection.Prepare(SelectRulesOfGroup).Bind(1, row.Number(0)).All(ReadRule)],
    };

    /// <summary>The group with its rules and members.</summary>
    public static MacSecurityGroup ReadWithMembers(SqlConnection connection, SqlStatement row) => Read(connection, row) with
    {
        Member =
        [
            .. connection
                .Prepare("SELECT name FROM security_group_member JOIN interface USING (interface_id) WHERE group_id = ? ORDER BY name_key")
                .Bind(1, row.Number(0))
                .All(static member => member.Text(0)),
        ],
    };

    public static MacSecurityGroupRule ReadRule(SqlStatement row) => new()
    {
        RuleId = row.Number(0),
        GroupName = row.Text(1),
        Direction = StoredNumbers.Directions.To(row.Number(2)),
        Protocol = row.IsNull(3) ? IpProtocol.Any : new IpProtocol((byte)row.Number(3)),
        Port = [.. row.Text(4).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(port => PortRange.Parse(port, provider: null))],
        RemoteAddress = row.IsNull(5) ? null : new IPNetwork(row.IPAddress(5), (int)row.Number(6)),
        RemoteGroup = row.IsNull(7) ? null : row.Text(7),
    };
}

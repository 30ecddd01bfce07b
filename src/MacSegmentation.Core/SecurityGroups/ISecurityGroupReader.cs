using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;

namespace MacSegmentation.SecurityGroups;

/// <summary>The rows of security groups, their rules and members.</summary>
public interface ISecurityGroupReader : IInterfaceReader
{
    /// <summary>The security group with this name, in any case, with its rules and members, or null.</summary>
    MacSecurityGroup? FindSecurityGroup(string name);

    /// <summary>The name of a security group as it was given, or null if there is no such group. Costs less than the group with all its members.</summary>
    string? FindSecurityGroupName(string name);

    /// <summary>Names of security groups that begin with a text in any case, ascending, without reading rules and members.</summary>
    /// <param name="prefix">The text.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<string> ListSecurityGroupNames(string prefix, int limit) =>
        [.. ListSecurityGroups().Select(group => group.Name).Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Take(limit)];

    /// <summary>The security groups with their rules and members, by name.</summary>
    IReadOnlyList<MacSecurityGroup> ListSecurityGroups();

    /// <summary>The security group rule with this number, or null.</summary>
    MacSecurityGroupRule? FindSecurityGroupRule(long ruleId);

    /// <summary>Rules of security groups by number; what is null does not restrict. Names are compared without regard to case.</summary>
    IReadOnlyList<MacSecurityGroupRule> ListSecurityGroupRules(string? groupName = null, string? remoteGroup = null);

    /// <summary>The security groups by their names.</summary>
    NamedRecords SecurityGroupNames => new("SecurityGroup", [.. ListSecurityGroups().Select(group => new NamedRecord(group.Name, VlanId: 0, $"{group.Rule.Count} {(group.Rule.Count == 1 ? "rule" : "rules")}, {group.Member.Count} {(group.Member.Count == 1 ? "member" : "members")}"))]);
}

using MacSegmentation.Transactions;

namespace MacSegmentation.SecurityGroups;

/// <summary>Writes the rows of security groups, their rules and members.</summary>
public interface ISecurityGroupWriter : ISecurityGroupReader, IChangeTransaction
{
    /// <summary>Records a new security group, without rules and members.</summary>
    void InsertSecurityGroup(MacSecurityGroup group);

    /// <summary>Removes a security group with its rules and memberships, and the rules of other groups that name it.</summary>
    void DeleteSecurityGroup(string name);

    /// <summary>Records a group's name and description anew; its rules, its members and the rules that name it stay.</summary>
    /// <param name="name">Its name until now.</param>
    /// <param name="group">The group as it is to be.</param>
    void UpdateSecurityGroup(string name, MacSecurityGroup group);

    /// <summary>Records a rule of an existing group and returns it with its new number.</summary>
    MacSecurityGroupRule InsertSecurityGroupRule(MacSecurityGroupRule rule);

    /// <summary>Removes a rule.</summary>
    void DeleteSecurityGroupRule(long ruleId);

    /// <summary>Records that an interface is a member of a security group.</summary>
    void InsertSecurityGroupMember(string groupName, long interfaceId);

    /// <summary>Removes an interface from a security group.</summary>
    void DeleteSecurityGroupMember(string groupName, long interfaceId);
}

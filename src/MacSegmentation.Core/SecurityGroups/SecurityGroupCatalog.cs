using MacSegmentation.Addressing;
using MacSegmentation.Auditing;
using MacSegmentation.Errors;
using MacSegmentation.InterfaceRecords;
using MacSegmentation.Naming;

namespace MacSegmentation.SecurityGroups;

/// <summary>The rules for security groups and their members. Every method either throws before its first write or succeeds.</summary>
public static partial class SecurityGroupCatalog
{
    private const int LongestDescription = 256;

    /// <summary>A group belongs to no VLAN: its members may be of any.</summary>
    private const int NoVlan = 0;

    /// <summary>The security group with its rules and members.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, in any case.</param>
    /// <exception cref="MacSegmentationException">InvalidSecurityGroupName, SecurityGroupNotFound.</exception>
    public static MacSecurityGroup Get(ISecurityGroupReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindSecurityGroup(ValidateName(name)) ?? throw NotFound($"Security group '{name}'", name);
    }

    /// <summary>Creates a security group without rules and members.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">Its name, 1 to 64 characters without wildcards.</param>
    /// <param name="description">What it is for, at most 256 characters.</param>
    /// <param name="isStateless">Whether replies to an admitted flow need a rule of their own.</param>
    /// <exception cref="MacSegmentationException">InvalidSecurityGroupName, InvalidSecurityGroupDescription, SecurityGroupExists.</exception>
    public static MacSecurityGroup Create(ISecurityGroupWriter store, string name, string description = "", bool isStateless = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(description);
        ValidateName(name);
        ValidateDescription(description);
        RequireNew(store, name);
        var group = new MacSecurityGroup { Name = name, Description = description, IsStateless = isStateless };
        store.InsertSecurityGroup(group);
        store.AppendAudit(new AuditEntry(AuditAction.CreateSecurityGroup, NoVlan, name, isStateless ? "stateless" : string.Empty));
        return group;
    }

    /// <summary>Renames a security group or describes it otherwise. Its members, its rules and the rules that name it stay.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The group.</param>
    /// <param name="newName">Its name from now on; null to leave it.</param>
    /// <param name="description">What it is for from now on; null to leave it.</param>
    /// <returns>The group as it is now.</returns>
    /// <exception cref="MacSegmentationException">InvalidSecurityGroupName, SecurityGroupNotFound, InvalidSecurityGroupDescription, SecurityGroupExists.</exception>
    public static MacSecurityGroup Change(ISecurityGroupWriter store, string name, string? newName, string? description)
    {
        var before = Get(store, name);
        var after = before with { Name = newName is null ? before.Name : ValidateName(newName), Description = description ?? before.Description };
        ValidateDescription(after.Description);
        bool isRenamed = !string.Equals(after.Name, before.Name, StringComparison.Ordinal);
        if (!isRenamed && string.Equals(after.Description, before.Description, StringComparison.Ordinal))
        {
            return before;
        }

        if (!AreSame(after.Name, before.Name))
        {
            RequireNew(store, after.Name);
        }

        store.UpdateSecurityGroup(before.Name, after);
        string[] changes =
        [
            .. isRenamed ? [$"name '{after.Name}'"] : Array.Empty<string>(),
            .. string.Equals(after.Description, before.Description, StringComparison.Ordinal) ? Array.Empty<string>() : [$"description '{after.Description}'"],
        ];
        store.AppendAudit(new AuditEntry(AuditAction.ChangeSecurityGroup, NoVlan, before.Name, string.Join(", ", changes)));
        return Get(store, after.Name);
    }

    private static void RequireNew(ISecurityGroupReader store, string name)
    {
        if (store.FindSecurityGroupName(name) is { } existing)
        {
            throw new MacSegmentationException(
                "SecurityGroupExists",
                MacErrorKind.AlreadyExists,
                $"Security group '{existing}' exists already. Add rules to it with Add-MacSecurityGroupRule, or give another name.",
                name);
        }
    }

    private static void ValidateDescription(string description)
    {
        if (description.Length > LongestDescription || description.Any(char.IsControl))
        {
            throw new MacSegmentationException(
                "InvalidSecurityGroupDescription",
                MacErrorKind.InvalidArgument,
                $"A security group's description has at most {LongestDescription} characters and no control characters; this one has {description.Length}. Give a shorter, plain one.",
                description);
        }
    }

    /// <summary>The security group, if it could be removed.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The group.</param>
    /// <param name="force">Also if it has members or is named by rules of other groups.</param>
    /// <exception cref="MacSegmentationException">
    /// InvalidSecurityGroupName, SecurityGroupNotFound, SecurityGroupInUse; LastOutboundRule, also with force, if another group's members could
    /// then send anywhere.
    /// </exception>
    public static MacSecurityGroup GetRemovable(ISecurityGroupReader store, string name, bool force)
    {
        var group = Get(store, name);
        RequireNoOpening(store, group);
        string users = force ? string.Empty : DescribeUsers(store, group);
        if (users.Length == 0)
        {
            return group;
        }

        string way = group.Member.Count == 0 ? "Remove-MacSecurityGroupRule"
            : CountNamingRules(store, group) == 0 ? "Remove-MacSecurityGroupMember"
            : "Remove-MacSecurityGroupMember and Remove-MacSecurityGroupRule";
        throw new MacSegmentationException(
            "SecurityGroupInUse", MacErrorKind.InUse, $"Security group '{group.Name}' has {users}. Remove them with {way}, or remove all with -Force.", group.Name);
    }

    /// <summary>Removes a security group with its rules; its members leave it, and rules of other groups that name it go.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="name">The group.</param>
    /// <param name="force">Also if it has members or is named by rules of other groups.</param>
    /// <returns>The group as it was.</returns>
    /// <exception cref="MacSegmentationException">InvalidSecurityGroupName, SecurityGroupNotFound, SecurityGroupInUse, LastOutboundRule.</exception>
    public static MacSecurityGroup Remove(ISecurityGroupWriter store, string name, bool force)
    {
        var group = GetRemovable(store, name, force);
        Remove(store, group);
        return group;
    }

    /// <summary>Removes a group whatever names it: for a change that settles all groups and rules in the same transaction.</summary>
    internal static void Remove(ISecurityGroupWriter store, MacSecurityGroup group)
    {
        string users = DescribeUsers(store, group);
        store.DeleteSecurityGroup(group.Name);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveSecurityGroup, NoVlan, group.Name, users.Length > 0 ? $"with {users}" : string.Empty));
    }

    /// <summary>Makes an interface a member.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="group">The group.</param>
    /// <param name="interfaceName">The interface.</param>
    /// <returns>The interface record as it is now.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidSecurityGroupName, SecurityGroupNotFound, InvalidInterfaceName, InterfaceNotFound, SecurityGroupMemberExists.
    /// </exception>
    public static MacInterface AddMember(ISecurityGroupWriter store, string group, string interfaceName)
    {
        string groupName = GetName(store, group);
        var record = InterfaceCatalog.Get(store, interfaceName);
        if (record.SecurityGroup.Any(name => AreSame(name, groupName)))
        {
            throw new MacSegmentationException(
                "SecurityGroupMemberExists",
                MacErrorKind.AlreadyExists,
                $"Interface '{record.Name}' is a member of security group '{groupName}' already. Leave it, or give another group.",
                record.Name);
        }

        store.InsertSecurityGroupMember(groupName, record.InterfaceId);
        store.AppendAudit(new AuditEntry(AuditAction.AddSecurityGroupMember, record.VlanId, record.Name, $"to security group '{groupName}'"));
        return record with { SecurityGroup = [.. record.SecurityGroup.Append(groupName).Order(StringComparer.OrdinalIgnoreCase)] };
    }

    /// <summary>Takes an interface out of a group.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="group">The group.</param>
    /// <param name="interfaceName">The interface.</param>
    /// <returns>The interface record as it is now.</returns>
    /// <exception cref="MacSegmentationException">
    /// InvalidSecurityGroupName, SecurityGroupNotFound, InvalidInterfaceName, InterfaceNotFound, SecurityGroupMemberNotFound.
    /// </exception>
    public static MacInterface RemoveMember(ISecurityGroupWriter store, string group, string interfaceName)
    {
        string groupName = GetName(store, group);
        var record = InterfaceCatalog.Get(store, interfaceName);
        if (!record.SecurityGroup.Any(name => AreSame(name, groupName)))
        {
            throw new MacSegmentationException(
                "SecurityGroupMemberNotFound",
                MacErrorKind.NotFound,
                $"Interface '{record.Name}' is not a member of security group '{groupName}'. List the members with Get-MacSecurityGroup '{groupName}'.",
                record.Name);
        }

        store.DeleteSecurityGroupMember(groupName, record.InterfaceId);
        store.AppendAudit(new AuditEntry(AuditAction.RemoveSecurityGroupMember, record.VlanId, record.Name, $"from security group '{groupName}'"));
        return record with { SecurityGroup = [.. record.SecurityGroup.Where(name => !AreSame(name, groupName))] };
    }

    private static string ValidateName(string? name) => RecordName.Validate(name, "InvalidSecurityGroupName", "A security group");

    private static string GetName(ISecurityGroupReader store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.FindSecurityGroupName(ValidateName(name)) ?? throw NotFound($"Security group '{name}'", name);
    }

    private static bool AreSame(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string DescribeUsers(ISecurityGroupReader store, MacSecurityGroup group)
    {
        int rules = CountNamingRules(store, group);
        string members = Count(group.Member.Count, "member");
        string naming = rules == 0 ? string.Empty : $"{Count(rules, "rule")} of other groups that name{(rules == 1 ? "s" : string.Empty)} it";
        return string.Join(" and ", new[] { members, naming }.Where(part => part.Length > 0));
    }

    /// <summary>Members are held to Outbound rules from the first one on: a rule that goes along must not be the last.</summary>
    private static void RequireNoOpening(ISecurityGroupReader store, MacSecurityGroup group)
    {
        var naming = store.ListSecurityGroupRules(remoteGroup: group.Name)
            .Where(rule => rule.Direction == TrafficDirection.Outbound && !AreSame(rule.GroupName, group.Name))
            .Select(rule => rule.GroupName)
            .Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (string other in naming)
        {
            bool keepsOne = store.ListSecurityGroupRules(other).Any(rule => rule.Direction == TrafficDirection.Outbound && !AreSame(rule.RemoteGroup, group.Name));
            if (!keepsOne)
            {
                throw new MacSegmentationException(
                    "LastOutboundRule",
                    MacErrorKind.InUse,
                    $"Security group '{other}' has no Outbound rule but those that name '{group.Name}': without them its members could send anywhere. "
                    + $"Add another with Add-MacSecurityGroupRule '{other}' Outbound, or remove '{other}' or its rules first with Remove-MacSecurityGroup or Remove-MacSecurityGroupRule.",
                    group.Name);
            }
        }
    }

    private static int CountNamingRules(ISecurityGroupReader store, MacSecurityGroup group) =>
        store.ListSecurityGroupRules(remoteGroup: group.Name).Count(rule => !AreSame(rule.GroupName, group.Name));

    private static string Count(int number, string noun) => number switch
    {
        0 => string.Empty,
        1 => $"1 {noun}",
        _ => $"{number} {noun}s",
    };

    private static MacSegmentationException NotFound(string what, string name) => new(
        "SecurityGroupNotFound",
        MacErrorKind.NotFound,
        $"{what} does not exist. Create it with New-MacSecurityGroup, or list the groups with Get-MacSecurityGroup.",
        name);
}

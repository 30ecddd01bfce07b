namespace MacSegmentation.SecurityGroups;

/// <summary>The membership that a record of the pipeline means.</summary>
/// <param name="GroupName">The security group.</param>
/// <param name="InterfaceName">The interface record.</param>
public readonly record struct GroupMembership(string GroupName, string InterfaceName);

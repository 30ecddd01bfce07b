namespace MacSegmentation.SecurityGroups;

/// <summary>What a record of the pipeline asks for.</summary>
/// <param name="Name">The group.</param>
/// <param name="NewName">Its name from now on; null to leave it.</param>
/// <param name="Description">What it is for from now on; null to leave it.</param>
public readonly record struct SecurityGroupChange(string Name, string? NewName, string? Description);

namespace MacSegmentation.NetworkSessions;

/// <summary>What a record of the pipeline wants of an instance.</summary>
/// <param name="Name">The instance.</param>
/// <param name="Profile">The profile of its own; the empty text for none.</param>
public readonly record struct InstanceProfile(string Name, string Profile);

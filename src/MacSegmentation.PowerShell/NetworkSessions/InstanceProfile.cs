namespace MacSegmentation.NetworkSessions;

/// <summary>What a record of the pipeline wants of an instance.</summary>
/// <param name="Name">The instance.</param>
/// <param name="Profile">The profile of its own; the empty text for none. Of no account with a schedule.</param>
/// <param name="Schedule">When it has which profile; null for no schedule.</param>
public readonly record struct InstanceProfile(string Name, string Profile, ProfileSchedule? Schedule = null);

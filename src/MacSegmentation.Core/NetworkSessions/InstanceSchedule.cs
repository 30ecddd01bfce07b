namespace MacSegmentation.NetworkSessions;

/// <summary>The schedule of an instance, as stores and running enforcers have it.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="InterfaceId">The number of its interface record.</param>
/// <param name="Schedule">When it has which profile.</param>
public sealed record InstanceSchedule(string Instance, long InterfaceId, ProfileSchedule Schedule);

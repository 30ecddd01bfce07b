namespace MacSegmentation.Profiles;

/// <summary>The profile that a port has at a time.</summary>
/// <param name="Profile">It; null for none.</param>
/// <param name="Cause">Why, if time has a part in it.</param>
/// <param name="IsPaused">True if there is none because the port's session is suspended.</param>
/// <param name="Next">When that may be otherwise, by the clock of queues; <see cref="long.MaxValue"/> for never.</param>
internal readonly record struct PortProfile(MacProfile? Profile, string? Cause, bool IsPaused, long Next);

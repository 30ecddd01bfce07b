namespace MacSegmentation.NetworkSessions;

/// <summary>The profile that a port has at a time.</summary>
/// <param name="Profile">Its name; null for none.</param>
/// <param name="Cause">Why, such as <c>scenario flaky-line, step 3</c>; null if it is what the record says.</param>
/// <param name="Next">When that may be otherwise; null if time alone changes nothing.</param>
public readonly record struct ScheduledProfile(string? Profile, string? Cause, DateTimeOffset? Next);

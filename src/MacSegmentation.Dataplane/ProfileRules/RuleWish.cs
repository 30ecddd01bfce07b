namespace MacSegmentation.ProfileRules;

/// <summary>A rule's condition was met at the port of an interface record.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Profile">The profile that it gives.</param>
/// <param name="Instance">The record's name.</param>
/// <param name="Measured">What was measured, such as <c>EgressUtilization 97% within 10s</c>.</param>
internal sealed record RuleWish(long RuleId, string Profile, string Instance, string Measured);

namespace MacSegmentation.NetworkSessions;

/// <summary>A session that could be removed, with what would end with it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Instances">Its instances, by name.</param>
/// <param name="Rules">The rules that name it, by number.</param>
public sealed record RemovedSession(MacSession Session, IReadOnlyList<MacInstance> Instances, IReadOnlyList<MacProfileRule> Rules)
{
    /// <summary>What would end with it, such as <c>instances 'web-1' and 'web-2', rule 3</c>; empty for nothing.</summary>
    public string Described => string.Join(", ", new[]
    {
        Some("instance", [.. Instances.Select(instance => $"'{instance.Name}'")]),
        Some("rule", [.. Rules.Select(rule => $"{rule.RuleId}")]),
    }.Where(part => part.Length > 0));

    private static string Some(string what, string[] names)
    {
        const int Shown = 5;
        return names.Length switch
        {
            0 => string.Empty,
            1 => $"{what} {names[0]}",
            <= Shown => $"{what}s {string.Join(", ", names[..^1])} and {names[^1]}",
            _ => $"{names.Length} {what}s ({string.Join(", ", names[..Shown])} and others)",
        };
    }
}

namespace MacSegmentation.ProfileRules;

/// <summary>The profiles that rules gave an instance and took back within the last minute.</summary>
internal sealed class ProfileHistory
{
    /// <summary>Changes back and forth within <see cref="Window"/> that show that rules fight.</summary>
    private const int Changes = 3;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<(DateTimeOffset Time, string? Profile)> changes = new();

    /// <summary>True if the last change was so long ago that nothing follows from it any more.</summary>
    public bool IsOver(DateTimeOffset time) => changes.Count == 0 || time - changes.Last().Time > Window;

    /// <summary>Takes in a change.</summary>
    /// <param name="time">When.</param>
    /// <param name="profile">The profile that the instance has now.</param>
    /// <returns>True if it is the third one that went back and forth.</returns>
    public bool Add(DateTimeOffset time, string? profile)
    {
        while (changes.Count > 0 && (time - changes.Peek().Time > Window || changes.Count >= Changes))
        {
            changes.Dequeue();
        }

        changes.Enqueue((time, profile));
        return changes.Count == Changes && string.Equals(changes.Peek().Profile, profile, StringComparison.OrdinalIgnoreCase);
    }
}

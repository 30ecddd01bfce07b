namespace MacSegmentation.NetworkSessions;

/// <summary>The profiles that somebody gave an instance and took back within the last minute, by which is told whether it goes back and forth. One thread at a time.</summary>
public sealed class ProfileHistory
{
    /// <summary>Changes back and forth within <see cref="Window"/> that show that somebody fights.</summary>
    private const int Changes = 3;

    /// <summary>The time within which changes count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<(DateTimeOffset Time, string? Profile)> changes = new();

    /// <summary>True if the last change was so long ago that nothing follows from it any more.</summary>
    /// <param name="time">The present time.</param>
    public bool IsOver(DateTimeOffset time) => changes.Count == 0 || time - changes.Last().Time > Window;

    /// <summary>True if a change would be the third one that goes back and forth.</summary>
    /// <param name="time">When.</param>
    /// <param name="profile">The profile that the instance would have.</param>
    public bool Ends(DateTimeOffset time, string? profile)
    {
        Forget(time);
        return changes.Count >= Changes - 1 && string.Equals(changes.ElementAt(changes.Count - Changes + 1).Profile, profile, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Takes in a change.</summary>
    /// <param name="time">When.</param>
    /// <param name="profile">The profile that the instance has now.</param>
    /// <returns>True if it is the third one that went back and forth.</returns>
    public bool Add(DateTimeOffset time, string? profile)
    {
        bool isFight = Ends(time, profile);
        if (changes.Count >= Changes)
        {
            changes.Dequeue();
        }

        changes.Enqueue((time, profile));
        return isFight;
    }

    private void Forget(DateTimeOffset time)
    {
        while (changes.Count > 0 && time - changes.Peek().Time > Window)
        {
            changes.Dequeue();
        }
    }
}

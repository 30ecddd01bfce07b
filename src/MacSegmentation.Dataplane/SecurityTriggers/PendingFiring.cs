using MacSegmentation.Enforcement;

namespace MacSegmentation.SecurityTriggers;

/// <summary>A trigger whose condition was met, and that has not been written to the store yet.</summary>
/// <param name="Trigger">The trigger's name.</param>
/// <param name="Interface">The record's name.</param>
/// <param name="Evidence">What was counted, and by whom.</param>
internal sealed record PendingFiring(string Trigger, string Interface, TriggerEvidence Evidence)
{
    /// <summary>When it is tried next, in ticks of 100 ns.</summary>
    public long NextTry { get; set; }

    /// <summary>How long it waits after the next failure.</summary>
    public TimeSpan Delay { get; set; } = WatchLoop.MinRetryDelay;

    /// <summary>True if it was told that it failed.</summary>
    public bool IsToldOf { get; set; }
}

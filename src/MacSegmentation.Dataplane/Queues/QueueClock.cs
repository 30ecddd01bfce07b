namespace MacSegmentation.Queues;

/// <summary>The time that queues go by: a clock that nobody sets, or in a capture that of its frames.</summary>
/// <param name="clock">The clock; null for that of the frames.</param>
internal sealed class QueueClock(TimeProvider? clock)
{
    private readonly long started = clock?.GetTimestamp() ?? 0;
    private long latest;

    /// <summary>Nanoseconds from any start.</summary>
    public long Now => clock is null ? latest : clock.GetElapsedTime(started).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>The same moment by the calendar.</summary>
    public DateTimeOffset UtcNow => clock?.GetUtcNow() ?? DateTimeOffset.UnixEpoch.AddTicks(latest / TimeSpan.NanosecondsPerTick);

    /// <summary>True if the frames' times are all the time there is.</summary>
    public bool IsOfFrames => clock is null;

    /// <summary>When it began: of frames, when the first one came; 0 until then.</summary>
    public long Start { get; private set; }

    /// <summary>False until the first frame has come that says what time it is.</summary>
    public bool HasBegun { get; private set; } = clock is not null;

    /// <summary>Takes in the time of a frame: it begins with the first one.</summary>
    public void Begin(long time)
    {
        if (!HasBegun)
        {
            (HasBegun, Start, latest) = (true, time, time);
        }
    }

    /// <summary>Takes in that a frame of this time has come; frames may come slightly out of sequence, and time does not go back.</summary>
    public void MoveTo(long time) => latest = Math.Max(latest, time);
}

namespace MacSegmentation.Profiles;

/// <summary>When the recording began that one direction of a port replays. It goes on where it was if its session was suspended meanwhile, and begins anew otherwise.</summary>
internal struct TraceClock
{
    private LinkTrace? trace;
    private long beganAt;
    private long? pausedAt;

    /// <summary>The port gets another profile.</summary>
    /// <param name="next">The profile's recording, or null.</param>
    /// <param name="isPaused">True if it gets none because its session is suspended.</param>
    /// <param name="now">The time in nanoseconds.</param>
    /// <returns>When the recording began.</returns>
    public long Use(LinkTrace? next, bool isPaused, long now)
    {
        if (isPaused)
        {
            pausedAt ??= now;
            return now;
        }

        beganAt = next is null || !next.Equals(trace) ? now : pausedAt is { } paused ? beganAt + (now - paused) : beganAt;
        (trace, pausedAt) = (next, null);
        return beganAt;
    }

    /// <summary>Time begins only now.</summary>
    public void Restart() => trace = null;
}

namespace MacSegmentation.Frames;

/// <summary>Nanoseconds since 1970, as frames carry them, and the calendar.</summary>
internal static class FrameTime
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    public static DateTimeOffset ToCalendar(long nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>The same for any time: what is beyond what a frame can carry (1677 to 2262) is the end of that.</summary>
    public static long Saturated(DateTimeOffset time) => (Int128)(time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick is var exact
        && exact > long.MaxValue ? long.MaxValue : exact < long.MinValue ? long.MinValue : (long)exact;

    public static long Now(TimeProvider clock) => Of(clock.GetUtcNow());

    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}

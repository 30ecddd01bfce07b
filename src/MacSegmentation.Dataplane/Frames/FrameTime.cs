namespace MacSegmentation.Frames;

/// <summary>Nanoseconds since 1970, as frames carry them, and the calendar.</summary>
internal static class FrameTime
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    public static DateTimeOffset ToCalendar(long nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    public static long Now(TimeProvider clock) => Of(clock.GetUtcNow());

    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}

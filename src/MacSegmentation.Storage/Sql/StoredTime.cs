namespace MacSegmentation.Stores.Sql;

/// <summary>A time as it is written: whole microseconds since 1970 in UTC.</summary>
internal static class StoredTime
{
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset To(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The time, in the precision that is stored: what a change returns equals what is read later.</summary>
    public static DateTimeOffset Now(TimeProvider clock) => To(From(clock.GetUtcNow()));
}

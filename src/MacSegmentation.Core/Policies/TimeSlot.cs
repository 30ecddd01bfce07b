namespace MacSegmentation.Policies;

/// <summary>A stretch of time in which nothing expires.</summary>
/// <param name="From">Its beginning, which belongs to it.</param>
/// <param name="Until">Its end, which does not: something expires then.</param>
internal readonly record struct TimeSlot(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>All of time.</summary>
    public static TimeSlot Always { get; } = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>True if a time lies in it.</summary>
    public bool Contains(DateTimeOffset time) => From <= time && time < Until;

    /// <summary>The part of it around a time, up to a moment at which something expires or since it.</summary>
    public TimeSlot Narrowed(DateTimeOffset expiry, DateTimeOffset time) => expiry <= time
        ? this with { From = expiry > From ? expiry : From }
        : this with { Until = expiry < Until ? expiry : Until };

    /// <summary>What two of them share; the caller makes sure that there is a time in both.</summary>
    public TimeSlot And(TimeSlot other) => new(From > other.From ? From : other.From, Until < other.Until ? Until : other.Until);
}

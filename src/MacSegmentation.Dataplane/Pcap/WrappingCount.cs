namespace MacSegmentation.Pcap;

/// <summary>
/// A count that never goes back, kept from readings of counters that are 32 bits wide, wrap, and begin at 0 again with each handle.
/// Right as long as a counter is read at least once while it counts 2^32.
/// </summary>
internal struct WrappingCount
{
    private uint last;

    /// <summary>All that was counted.</summary>
    internal long Total { get; private set; }

    /// <summary>Takes in what the counter shows now.</summary>
    internal void Read(uint reading)
    {
        Total += unchecked(reading - last);
        last = reading;
    }

    /// <summary>From now on a new counter is read, which begins at 0.</summary>
    internal void BeginAnew() => last = 0;
}

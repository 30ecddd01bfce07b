namespace MacSegmentation.Dhcpv6;

/// <summary>What came, and what became of it.</summary>
internal sealed class Dhcpv6Counters
{
    private readonly long[] silences = new long[Enum.GetValues<Dhcpv6Silence>().Length];
    private long received;
    private long answered;

    /// <summary>Datagrams that came.</summary>
    public long Received => Interlocked.Read(ref received);

    /// <summary>Datagrams that were answered.</summary>
    public long Answered => Interlocked.Read(ref answered);

    /// <summary>Datagrams that were not, by the reason; those of which there are any.</summary>
    public IEnumerable<(Dhcpv6Silence Reason, long Count)> Silent =>
        Enum.GetValues<Dhcpv6Silence>().Select(reason => (reason, Interlocked.Read(ref silences[(int)reason]))).Where(counted => counted.Item2 > 0);

    /// <summary>Counts one that came.</summary>
    public void CountReceived() => Interlocked.Increment(ref received);

    /// <summary>Counts one that was answered.</summary>
    public void CountAnswered() => Interlocked.Increment(ref answered);

    /// <summary>Counts one that was not.</summary>
    public void Count(Dhcpv6Silence reason) => Interlocked.Increment(ref silences[(int)reason]);
}

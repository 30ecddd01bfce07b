namespace MacSegmentation.Dhcpv6;

/// <summary>When a client sends a message again (RFC 9915 section 15), with the times of section 7.6.</summary>
/// <param name="Initial">IRT: the first time.</param>
/// <param name="Longest">MRT: the longest time.</param>
/// <param name="Count">MRC: how often it is sent; 0 for as long as the client waits.</param>
internal readonly record struct Retransmission(TimeSpan Initial, TimeSpan Longest, int Count)
{
    /// <summary>RAND is drawn from −0.1 to 0.1.</summary>
    private const double Spread = 0.1;

    public static Retransmission Of(Dhcpv6MessageType type) => type switch
    {
        Dhcpv6MessageType.Solicit => new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3600), 0),
        Dhcpv6MessageType.Request => new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), 10),
        Dhcpv6MessageType.Renew or Dhcpv6MessageType.Rebind => new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(600), 0),
        Dhcpv6MessageType.Release => new(TimeSpan.FromSeconds(1), TimeSpan.Zero, 4),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a message that is sent again."),
    };

    /// <summary>The time until it is sent for the second time. A Solicit waits for its whole first time, so that all servers can answer (section 18.2.1).</summary>
    public TimeSpan First(Random random, bool isSolicit) => Initial * (1 + (isSolicit ? Spread * (1 - random.NextDouble()) : Rand(random)));

    /// <summary>The time after one.</summary>
    public TimeSpan After(TimeSpan before, Random random)
    {
        var next = before * (2 + Rand(random));
        return Longest > TimeSpan.Zero && next > Longest ? Longest * (1 + Rand(random)) : next;
    }

    private static double Rand(Random random) => ((2 * random.NextDouble()) - 1) * Spread;
}

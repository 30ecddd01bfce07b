using MacSegmentation.Addressing;
using MacSegmentation.Handles;

namespace MacSegmentation.Dhcpv6;

/// <summary>What a client would like.</summary>
public sealed record Dhcpv6Wish
{
    /// <summary>Number of consecutive addresses, 1 to 2^32. A server may give fewer; those here give at most <see cref="HandleRun.MaxCount"/>.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The first address; null for any.</summary>
    public MacAddress? RequestedAddress { get; init; }

    /// <summary>Quadrants of local addresses, the best first; none for any address.</summary>
    public IReadOnlyList<SlapQuadrant> Quadrants { get; init; } = [];

    /// <summary>True to have the server answer at once, in two messages instead of four.</summary>
    public bool RapidCommit { get; init; }
}

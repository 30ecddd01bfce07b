using MacSegmentation.Addressing;

namespace MacSegmentation.Partitions;

/// <summary>Two policies of partitions that are in each other's way, with a packet that shows it.</summary>
public sealed record MacPolicyConflict
{
    /// <summary>What is wrong.</summary>
    public required PolicyConflictKind Kind { get; init; }

    /// <summary>The policy that comes first.</summary>
    public required long PolicyId { get; init; }

    /// <summary>Its partition.</summary>
    public required string Partition { get; init; }

    /// <summary>The policy that comes second.</summary>
    public required long OtherPolicyId { get; init; }

    /// <summary>Its partition.</summary>
    public required string OtherPartition { get; init; }

    /// <summary>An interface record that sends a packet which both match.</summary>
    public required string From { get; init; }

    /// <summary>The interface record that it is for.</summary>
    public required string To { get; init; }

    /// <summary>The packet's EtherType.</summary>
    public required int EtherType { get; init; }

    /// <summary>The packet's protocol above IP.</summary>
    public required IpProtocol Protocol { get; init; }

    /// <summary>The packet's destination port, or null if it has none.</summary>
    public int? Port { get; init; }

    /// <summary>What it comes to, as a sentence.</summary>
    public required string Reason { get; init; }
}
